import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Address } from '../../../src/model/address.ts'
import { error } from '../../../src/model/diagnostic.ts'
import type { Outcome } from '../../../src/model/operation.ts'
import { closingText, eventText, runningText } from '../../../src/report/plan/apply-text.ts'
import { failureJson, planJson } from '../../../src/report/plan/json.ts'
import { planText, type TextOptions } from '../../../src/report/plan/text.ts'
import { type Case, planOf } from '../../support/planning/planning.ts'

const taro = 'users: { taro: { given_name: Taro, family_name: Yamada, email: taro@example.com } }'
const liveTaro = { given_name: 'Taro', family_name: 'Yamada', email: 'taro@example.com', display_name: 'Taro Yamada' }
const usual: TextOptions = { width: 100, color: false, verbose: false, flags: '' }

async function textOf(one: Case, options: Partial<TextOptions> = {}, only?: string[]): Promise<string> {
  return planText(await planOf(one, {}, only ? { only } : {}), { ...usual, ...options })
}

const closing = {
  seconds: 14,
  next: 'plan shows what remains',
  proven: true,
  color: false,
  width: 140,
  login: (name: string) => [`sso-reconcile login ${name}`, `aws sts get-caller-identity --profile ${name}`] as const,
}

describe('a plan as text', () => {
  it('is one line when there is nothing to do', async () => {
    expect(await textOf({ manifest: taro, live: { users: { taro: liveTaro } } })).toBe(
      'No changes. IAM Identity Center and this machine match sso.yaml (1 checked).\n',
    )
  })

  it('speaks of this machine only when nothing was read from AWS, and of nothing when nothing is asked for', async () => {
    const { instance: _none, ...offline } = await planOf({ manifest: 'local: { profiles: {} }' })
    expect(planText(offline, usual)).toBe('No changes. sso.yaml declares nothing.\n')
    expect(planText({ ...offline, unchanged: 2 }, usual)).toBe(
      'No changes. This machine matches sso.yaml (2 checked).\n',
    )
  })

  it('offers the command that applies exactly this, flags and all', async () => {
    const { digest } = await planOf({ manifest: taro }, {}, { only: ['user'] })
    const text = await textOf({ manifest: taro }, { flags: ' --only user' }, ['user'])
    expect(text).toContain('This is a partial plan: only user.')
    expect(text).toContain(`Apply exactly this: sso-reconcile apply --expect ${digest.slice(0, 16)} --only user\n`)
  })

  it('does not offer to apply what is refused or incomplete', async () => {
    const users = 'users: { taro: { external: true }, zoe: { external: true } }'
    const admin = 'permission_sets: { Admin: { managed_policies: [AdministratorAccess] } }'
    const live = {
      users: { taro: {} },
      permission_sets: { Admin: { managed_policies: ['AdministratorAccess'], mark: 'sso-reconcile' } },
      assignments: ['Admin:user:taro@111122223333'],
    }
    expect(await textOf({ manifest: `${admin}\nassignments: []`, live })).not.toContain('Apply exactly this')
    expect(await textOf({ manifest: `${users}\ngroups: { ops: {} }`, live })).not.toContain('Apply exactly this')
  })

  it('says the same in colour', async () => {
    const one = {
      manifest: `${taro}\npermission_sets: { Admin: { session_duration: 8h } }\nchecklist: { mfa_policy: todo }`,
      live: { permission_sets: { Admin: {}, Old: { mark: 'sso-reconcile' } } },
    }
    const coloured = await textOf(one, { color: true })
    expect(coloured).toContain('\u001b[32m+\u001b[39m user/taro')
    expect(stripVTControlCharacters(coloured)).toBe(await textOf(one))
  })

  it('lists what is left alone only when asked to', async () => {
    const one = { manifest: 'groups: {}', live: { users: { a: {}, b: {} }, permission_sets: { X: {} } } }
    expect(await textOf(one)).toContain(
      'Left alone: 2 users, 1 permission set not in the manifest (--verbose lists them)',
    )
    expect(await textOf(one, { verbose: true })).toContain('Left alone\n    permission-set/X\n    user/a\n    user/b\n')
  })

  it('lets no value steer the terminal or break its line', async () => {
    const text = await textOf({
      manifest: 'groups: { ops: { description: fine } }',
      live: { groups: { ops: { description: 'red\u001b[31m\nnext' } } },
    })
    expect(text).toContain('red\\u{1b}[31m\\u{a}next -> fine')
  })
})

describe('the progress of an apply', () => {
  const at = { ended: 2, total: 5, color: false }
  const one = { address: 'user/taro', verb: 'create' } as const
  it.each([
    ['what was quick', { type: 'done', ...one, seconds: 0 }, '[2/5] user/taro  created'],
    ['how long it took', { type: 'done', ...one, verb: 'delete', seconds: 12 }, '[2/5] user/taro  deleted  12s'],
    [
      'why something is skipped',
      { type: 'skipped', ...one, message: 'interrupted' },
      '[2/5] user/taro  skipped: interrupted',
    ],
    ['what failed', { type: 'failed', ...one, message: 'no', hint: 'try' }, '[2/5] user/taro  FAILED: no'],
    ['a file', { type: 'file', path: '~/.aws/config' }, '      wrote ~/.aws/config'],
    [
      'a file and its backup',
      { type: 'file', path: '~/.aws/config', backup: '~/.aws/config.1' },
      '      wrote ~/.aws/config (backup: ~/.aws/config.1)',
    ],
  ] as const)('tells %s', (_what, event, line) => {
    expect(eventText(event, at)).toBe(line)
  })

  const since = new Map<Address, number>([
    ['user/taro', 2_000],
    ['user/山田', 1_000],
    ['user/kai', 9_000],
  ])
  it.each<[string, readonly Address[], readonly Address[], string, string]>([
    ['nothing', [], [], '40 s', ''],
    ['one thing', ['user/kai'], [], '', '1 still running (user/kai for 1s)'],
    ['several, by the one that takes longest', [...since.keys()], [], '', '3 still running (user/山田 for 9s)'],
    [
      'what has ended and was not read apart from what runs',
      [...since.keys()],
      ['user/山田', 'user/kai'],
      '2 min',
      'about 2 min left; 1 still running, 2 ended, results not read yet (user/taro for 8s)',
    ],
    ['what has ended alone', ['user/kai'], ['user/kai'], '', '1 ended, results not read yet'],
  ])('counts what is in flight: %s', (_what, begun, over, left, line) => {
    const inFlight = new Map([...since].filter(([address]) => begun.includes(address)))
    expect(runningText({ since: inFlight, over: new Set(over), now: 10_000, left })).toBe(line)
  })
})

describe('the end of an apply', () => {
  const manifest = `${taro}
permission_sets: { Admin: {} }
local: { sso_session: work, profiles: { work: { account: management, permission_set: Admin } } }`

  it('sums up, and tells what the browser is going to ask', async () => {
    const plan = await planOf({ manifest })
    const outcomes = new Map(plan.operations.map(({ address }) => [address, { result: 'done' as const }]))
    expect(closingText(plan, outcomes, closing)).toBe(`
Applied: 4 created, 0 updated, 0 deleted (14s). 1 step left by hand.
Next: after the manual steps, sso-reconcile login work (the browser asks to allow "botocore-client-…": that is this login)
      then aws sts get-caller-identity --profile work
`)
  })

  it('puts what continues a next step under the step', async () => {
    const plan = await planOf({ manifest })
    const comesNext = 'sso-reconcile login work --sandbox, then sso-reconcile apply --sandbox'
    const told = closingText(plan, new Map(), { ...closing, width: 54, comesNext })
    expect(told).toContain(`
Next: sso-reconcile login work --sandbox, then
      sso-reconcile apply --sandbox
`)
  })

  it('repeats failures with their hints, and never calls a part a success', async () => {
    const plan = await planOf({ manifest })
    const outcomes = new Map<Address, Outcome>([
      ['user/taro', { result: 'failed', message: 'identitystore:CreateUser was denied', hint: 'ask for it' }],
      ['permission-set/Admin', { result: 'done' }],
      ['sso-session/work', { result: 'skipped', message: 'interrupted' }],
    ])
    const text = closingText(plan, outcomes, closing)
    expect(text).toContain('user/taro: identitystore:CreateUser was denied\n  hint: ask for it\n')
    expect(text).toContain('Stopped: 1 done, 1 failed, 1 skipped.\nNext: plan shows what remains\n')
    expect(text).not.toContain('Applied')
  })
})

describe('a plan as JSON', () => {
  it('has the same members when there is no plan, but for what only a plan has', async () => {
    const plan = planJson(await planOf({ manifest: taro }), '1.2.3')
    const failure = failureJson([error('yaml-syntax', 'broken', { hint: 'mend it' })], '1.2.3')
    const members = (document: object) =>
      Object.keys(document).filter((key) => !['instance', 'digest', 'document_sha256'].includes(key))
    expect(members(failure)).toEqual(members(plan))
    expect(failure).toMatchObject({
      complete: false,
      diagnostics: [{ severity: 'error', code: 'yaml-syntax', message: 'broken', hint: 'mend it' }],
    })
  })

  it('leaves absent values out instead of writing null', async () => {
    const document = planJson(await planOf({ manifest: taro }), '1.2.3')
    expect(JSON.stringify(document)).not.toContain('null')
    expect(document.operations).toMatchObject([
      { fields: expect.arrayContaining([{ path: 'email', after: 'taro@example.com' }]) },
    ])
  })
})
