import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TablesJson } from '../../../src/sandbox/state/state.ts'
import { run, runAt } from '../../support/here.ts'
import { newTime } from '../../support/time.ts'
import { type Center, startCenter } from '../e2e/support/center.ts'
import { type Desk, journey, newDesk } from '../e2e/support/desk.ts'

let center: Center
let empty: TablesJson
beforeAll(async () => {
  center = await startCenter()
  empty = await center.export()
})
beforeEach(() => center.restore(empty))
afterAll(() => center.close())

const people = (names: readonly string[]) =>
  names
    .map((name, at) => `  "${name}": { given_name: A, family_name: B, email: a${at}@example.com } # ${at}`)
    .join('\n')

const manifest = (checklist: string, names: readonly string[] = ['taro']) =>
  `version: 1\nidentity_center: { region: ap-northeast-1 }\nusers: # who\n${people(names)}\n${checklist}`

function textOf(desk: Desk): string {
  return readFileSync(join(desk.work, 'sso.yaml'), 'utf8')
}

/** Checklists before and after an apply that creates users. */
const lists: [what: string, before: string, after: string, names?: string[]][] = [
  [
    'of lines',
    'checklist: # by hand\n  mfa_policy: todo # soon\n  send_email_otp: 2026-01-02 # done\n# the end\n',
    'checklist: # by hand\n  mfa_policy: todo # soon\n  send_email_otp: 2026-01-02 # done\n  activated: { taro: todo }\n# the end\n',
  ],
  [
    'between braces',
    'checklist: { mfa_policy: todo }\n',
    'checklist: { mfa_policy: todo, activated: { taro: todo } }\n',
  ],
  ['with nothing in it', 'checklist: {}\n', 'checklist: { activated: { taro: todo } }\n'],
  [
    'with others in it',
    'checklist:\n  activated:\n    jiro: 2026-01-02 # him\n',
    'checklist:\n  activated:\n    jiro: 2026-01-02 # him\n    taro: todo\n',
    ['jiro', 'taro'],
  ],
  [
    'for several people, some of them with names that are no plain words',
    'checklist: { activated: { jiro: todo } }\n',
    'checklist: { activated: { jiro: todo, hanako@corp.example: todo, "no": todo, 山田: todo } }\n',
    ['hanako@corp.example', 'jiro', 'no', '山田'],
  ],
]

describe('the activation of a user whom apply creates', () => {
  it.each(lists)('is written into a checklist %s, and nothing else is', async (_what, before, after, names) => {
    const desk = newDesk(center.relay.url, manifest(before, names))
    const applied = await run(desk, ['apply', '--yes'])
    expect(applied, applied.stderr).toMatchObject({ code: 0 })
    expect(textOf(desk)).toBe(manifest(after, names))
    expect(applied.stderr).toMatch(/recorded in sso\.yaml, under checklist:\s+activated:\s+\{ [\s\S]*: todo/)
    // It is listed from then on, and no change.
    const next = await run(desk, ['plan', '--check'])
    expect(next).toMatchObject({ code: 0, stderr: '' })
    expect(next.stdout).toContain('! activated:')
  })

  it('is written with the line ends of the file', async () => {
    const before = manifest('checklist: # by hand\n  mfa_policy: todo\n').replaceAll('\n', '\r\n')
    const desk = newDesk(center.relay.url, before)
    expect((await run(desk, ['apply', '--yes'])).code).toBe(0)
    expect(textOf(desk)).toBe(`${before}  activated: { taro: todo }\r\n`)
  })

  it('is told with what to add where there is no checklist', async () => {
    const desk = newDesk(center.relay.url, manifest(''))
    const applied = await run(desk, ['apply', '--yes'])
    expect(applied.code).toBe(0)
    expect(applied.stderr.replace(/\s+/g, ' ')).toContain(
      'activated:taro is still to do; to have every plan list it, add to sso.yaml: checklist: { activated: { taro: todo } }',
    )
    expect(textOf(desk)).toBe(manifest(''))
  })

  it('is told where the checklist cannot be added to, and the file stays as it is', async () => {
    const text = manifest('checklist: { "mfa_policy": "todo" }\n')
    const json = JSON.stringify({
      version: 1,
      identity_center: { region: 'ap-northeast-1' },
      users: { taro: { given_name: 'A', family_name: 'B', email: 'a@example.com' } },
      checklist: { mfa_policy: 'todo' },
    })
    const desk = newDesk(center.relay.url, text)
    writeFileSync(join(desk.work, 'sso.json'), json)
    const applied = await run(desk, ['apply', '--yes', '-f', 'sso.json'])
    expect(applied.code).toBe(0)
    const after = readFileSync(join(desk.work, 'sso.json'), 'utf8')
    // Whatever was written can be read, and says it; else it was told.
    if (after === json) expect(applied.stderr).toContain('is still to do')
    else expect((await run(desk, ['plan', '-f', 'sso.json'])).stdout).toContain('! activated:taro')
  })

  it('is shown, and told, where the file says that it was done before the user was created', async () => {
    const text = manifest('checklist: { activated: { taro: 2026-01-02 } }\n')
    const desk = newDesk(center.relay.url, text)
    const { stdout, stderr } = await run(desk, ['apply', '--yes'])
    expect(stdout).toContain('! activated:taro')
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      'sso.yaml lists as done: activated:taro on 2026-01-02, which was before this run created the user; it has to be done again',
    )
    expect(stderr).not.toMatch(/recorded|still to do/)
    expect(textOf(desk)).toBe(text)
  })

  it('is part of a plan in a pipeline, which leaves out the machine and not the checklist', async () => {
    const desk = newDesk(center.relay.url)
    expect((await run(desk, ['apply', '--yes'], { CI: 'true' })).code).toBe(0)
    const { stdout } = await run(desk, ['plan'], { CI: 'true' })
    expect(stdout).toMatch(/^No changes\..* 3 steps left by hand\.$/m)
  })

  it('is recorded by a partial apply too', async () => {
    const desk = newDesk(center.relay.url, journey.replace(/ {2}activated: .*\n/, ''))
    expect((await run(desk, ['apply', '--yes', '--only', 'user'])).code).toBe(0)
    expect(textOf(desk)).toContain('  activated: { taro: todo }\n')
  })

  it('is offered after apply to somebody at a terminal, with the other steps', async () => {
    const desk = newDesk(center.relay.url, journey.replace(/ {2}activated: .*\n/, ''))
    let offered: readonly string[] = []
    const screen = {
      interactive: true,
      ask: async (question: string) => (question.startsWith('Apply') ? 'yes' : undefined),
      choose: async (_question: string, words: readonly string[]) => {
        offered = words
        return ['activated:taro']
      },
    }
    const applied = await runAt(newTime(), desk, ['apply'], {}, screen)
    expect(applied, applied.stderr).toMatchObject({ code: 0 })
    expect(offered).toEqual(['mfa_policy', 'send_email_otp', 'activated:taro'])
    expect(textOf(desk)).toMatch(/ {2}activated: \{ taro: \d{4}-\d\d-\d\d \}\n/)
  })
})

describe('steps by hand', () => {
  it('come in their order, each with its page and with the labels of the Japanese console', async () => {
    const desk = newDesk(center.relay.url)
    const { stdout } = await run(desk, ['plan', '--json'])
    const { by_hand: steps } = JSON.parse(stdout) as { by_hand: { key: string; link: string; steps: string[] }[] }
    expect(steps.map(({ key }) => key)).toEqual(['mfa_policy', 'send_email_otp', 'activated:taro'])
    const page = 'https://ap-northeast-1.console.aws.amazon.com/singlesignon/home?region=ap-northeast-1#!/'
    expect(steps.map(({ link }) => link)).toEqual([`${page}settings`, `${page}settings`, `${page}users`])
    expect(steps[0]?.steps[0]).toContain(
      'Settings (設定) > Authentication (認証) > Multi-factor authentication (多要素認証)',
    )
    expect(steps[1]?.steps[0]).toContain('Send email OTP (E メール送信 OTP)')
    expect(steps[2]?.steps[0]).toMatch(
      /^with Send email OTP .* on, taro signs in .*; otherwise Users \(ユーザー\) > taro > Reset password/,
    )
    for (const words of [['plan'], ['plan', '--format', 'markdown']])
      expect((await run(desk, words)).stdout).toContain(`${page}users`)
  })

  it('lead to the console of the partition', async () => {
    const desk = newDesk(undefined, manifest('').replace('ap-northeast-1', 'cn-north-1'))
    const { stdout } = await run(desk, ['plan', '--sandbox'])
    expect(stdout).toContain('https://cn-north-1.console.amazonaws.cn/singlesignon/home?region=cn-north-1#!/users')
  })
})
