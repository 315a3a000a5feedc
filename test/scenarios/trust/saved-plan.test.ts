import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../support/here.ts'
import { type Desk, newDesk } from '../e2e/support/desk.ts'

const sandbox = ['--sandbox']

async function planned(): Promise<{ desk: Desk; read(): Record<string, unknown>; write(plan: object): void }> {
  const desk = newDesk()
  expect((await run(desk, ['plan', '--out', 'plan.json', ...sandbox])).code).toBe(0)
  const path = join(desk.work, 'plan.json')
  return {
    desk,
    read: () => JSON.parse(readFileSync(path, 'utf8')),
    write: (plan) => writeFileSync(path, JSON.stringify(plan)),
  }
}

function edited<T>(plan: Record<string, unknown>, member: string, change: (value: T) => unknown): object {
  return { ...plan, [member]: change(plan[member] as T) }
}

/** Advice leads to another review, and names no way to apply without one. */
function expectSafeAdvice(stderr: string): void {
  expect(stderr).toMatch(
    /sso-reconcile plan(?:.|\n)*review it(?:.|\n)*save it again: sso-reconcile plan(?: --sandbox)? --out plan\.json/,
  )
  expect(stderr).not.toMatch(/sso-reconcile apply|leave --expect|--yes|use its digest|now [0-9a-f]{16}/)
}

describe('a saved plan', () => {
  it.each([
    ['plan.html', 'html'],
    ['my plan.MD', 'markdown'],
  ])('is no page: --out %s is refused, and the advice makes the page', async (file, format) => {
    const desk = newDesk()
    const { code, stdout, stderr } = await run(desk, ['plan', '--format', format, '--out', file, ...sandbox])
    expect([code, stdout]).toEqual([1, ''])
    expect(readdirSync(desk.work)).not.toContain(file)
    const [, advised, to] = / (--format \w+) > (\S.*?)\.?\n/.exec(stderr) ?? []
    expect(to?.replaceAll("'", '')).toBe(file)
    const page = await run(desk, ['plan', ...(advised ?? '').split(' '), ...sandbox])
    expect(page.stdout).toMatch(format === 'html' ? /^<!doctype html>/ : /^<!-- sso-reconcile -->/)
  })

  it('is approval enough, once', async () => {
    const { desk } = await planned()
    expect((await run(desk, ['apply', 'plan.json', ...sandbox])).code).toBe(0)
    const again = await run(desk, ['apply', 'plan.json', ...sandbox])
    expect(again.code).toBe(1)
    expect(again.stderr).toMatch(/the plan that was reviewed .* has nothing left to apply/)
  })

  it.each([
    [
      'a digest of one digit',
      (plan: Record<string, unknown>) => ({ ...plan, digest: String(plan.digest).slice(0, 1) }),
    ],
    ['no digest', (plan: Record<string, unknown>) => ({ ...plan, digest: '' })],
    ['another digest', (plan: Record<string, unknown>) => ({ ...plan, digest: '0'.repeat(64) })],
    ['an empty selection', (plan: Record<string, unknown>) => ({ ...plan, selection: { only: [] } })],
    ['a selection of something else', (plan: Record<string, unknown>) => ({ ...plan, selection: { target: [{}] } })],
    ['no manifest', (plan: Record<string, unknown>) => ({ ...plan, manifest: {} })],
  ])('with %s is not applied, not even with --yes', async (_name, change) => {
    const { desk, read, write } = await planned()
    write(change(read()))
    expect((await run(desk, ['apply', 'plan.json', '--yes', ...sandbox])).code).toBe(1)
    expect((await run(desk, ['plan', '--check', ...sandbox])).code).toBe(2)
  })

  const swapped: readonly (readonly [string, (plan: Record<string, unknown>) => object, string])[] = [
    [
      'fewer changes than were planned',
      (plan) => ({ ...plan, operations: (plan.operations as object[]).slice(1) }),
      'was changed after it was saved',
    ],
    [
      'another value',
      (plan) => JSON.parse(JSON.stringify(plan).replaceAll('AdministratorAccess', 'ReadOnlyAccess')),
      'was changed after it was saved',
    ],
    [
      'a verb changed',
      (plan) => JSON.parse(JSON.stringify(plan).replace('"create"', '"update"')),
      'was changed after it was saved',
    ],
    [
      'another instance',
      (plan) => ({
        ...plan,
        instance: { ...(plan.instance as object), arn: 'arn:aws:sso:::instance/ssoins-ffffffffffffffff' },
      }),
      'was changed after it was saved',
    ],
    ['no operations', ({ operations: _none, ...plan }) => plan, 'was changed after it was saved'],
    ...(
      [
        [
          'another reason',
          (plan) => edited(plan, 'operations', (list: object[]) => list.map((one) => ({ ...one, reason: 'harmless' }))),
        ],
        [
          'another effect',
          (plan) =>
            edited(plan, 'operations', (list: object[]) =>
              list.map((one) => ({ ...one, effect: 'nobody gets anything' })),
            ),
        ],
        [
          'other needs',
          (plan) => edited(plan, 'operations', (list: object[]) => list.map((one) => ({ ...one, needs: [] }))),
        ],
        [
          'another kind',
          (plan) => edited(plan, 'operations', (list: object[]) => list.map((one) => ({ ...one, kind: 'group' }))),
        ],
        ['nobody who gains', (plan) => ({ ...plan, access: { gained: [], lost: [] } })],
        ['no manual steps', (plan) => ({ ...plan, by_hand: [] })],
        ['other counts', (plan) => edited(plan, 'summary', (counts: object) => ({ ...counts, create: 0 }))],
        [
          'no warnings',
          (plan) => ({ ...plan, diagnostics: [{ severity: 'warning', code: 'x', message: 'all is well' }] }),
        ],
        ['other things left alone', (plan) => ({ ...plan, unmanaged: ['user/x'] })],
        ['another file', (plan) => edited(plan, 'manifest', (file: object) => ({ ...file, file: 'other.yaml' }))],
        [
          'another identity store',
          (plan) => edited(plan, 'instance', (one: object) => ({ ...one, identity_store_id: 'd-0000000000' })),
        ],
        ['a member more', (plan) => ({ ...plan, note: 'approved' })],
        ['no sum', ({ document_sha256: _sum, ...plan }) => plan],
      ] as readonly (readonly [string, (plan: Record<string, unknown>) => object])[]
    ).map(([what, change]) => [what, change, 'its text is not what was saved'] as const),
    ['a digest of its own', (plan) => ({ ...plan, digest: '0'.repeat(64) }), 'was changed after it was saved'],
  ]
  it.each(swapped)(
    'that shows %s is refused, and nothing is asked for that goes around a review',
    async (_what, change, says) => {
      const { desk, read, write } = await planned()
      write(change(read()))
      const { code, stdout, stderr } = await run(desk, ['apply', 'plan.json', '--yes', ...sandbox])
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain(says)
      expectSafeAdvice(stderr)
      expect((await run(desk, ['plan', '--check', ...sandbox])).code).toBe(2)
    },
  )

  it('of other things is named by what differs', async () => {
    const { desk } = await planned()
    const manifest = readFileSync(join(desk.work, 'sso.yaml'), 'utf8')
    writeFileSync(join(desk.work, 'other.yaml'), manifest.replace('session_duration: 8h', 'session_duration: 2h'))
    const elsewhere = ['--sandbox', '--sandbox-dir', 'elsewhere']
    for (const [words, says] of [
      [['-f', 'other.yaml', ...sandbox], 'plan.json was made from sso.yaml, not from other.yaml'],
      [elsewhere, /plan\.json was made for arn:aws:sso:::instance\/\S+, not for arn:aws:sso:::instance/],
    ] as const) {
      const { code, stderr } = await run(desk, ['apply', 'plan.json', '--yes', ...words])
      expect(code, stderr).toBe(1)
      expect(stderr).toContain('the plan is no longer the one that was reviewed')
      expect(stderr).toMatch(says)
      expectSafeAdvice(stderr)
    }
    writeFileSync(join(desk.work, 'sso.yaml'), manifest.replace('session_duration: 8h', 'session_duration: 2h'))
    const { stderr } = await run(desk, ['apply', 'plan.json', ...sandbox])
    expect(stderr).toContain('sso.yaml has changed since plan.json was made')
    expectSafeAdvice(stderr)
  })

  it('written anew by another program, with the same in it, is the same', async () => {
    const { desk, read, write } = await planned()
    const backwards = (value: unknown): unknown =>
      value instanceof Object && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, inner]) => [key, backwards(inner)]),
          )
        : value
    write(backwards(read()) as object)
    expect((await run(desk, ['apply', 'plan.json', ...sandbox])).code).toBe(0)
  })

  it('does not override another --expect', async () => {
    const { desk } = await planned()
    const { code, stderr } = await run(desk, ['apply', 'plan.json', '--expect', '0'.repeat(16), ...sandbox])
    expect(code).toBe(1)
    expectSafeAdvice(stderr)
    expect((await run(desk, ['plan', '--check', ...sandbox])).code).toBe(2)
  })

  it('is never written over anything but a saved plan', async () => {
    const { desk, read } = await planned()
    const manifest = readFileSync(join(desk.work, 'sso.yaml'), 'utf8')
    const refused = await run(desk, ['plan', '--out', 'sso.yaml', ...sandbox])
    expect(refused.code).toBe(1)
    expect(readFileSync(join(desk.work, 'sso.yaml'), 'utf8')).toBe(manifest)
    expect((await run(desk, ['plan', '--out', 'plan.json', ...sandbox])).code).toBe(0)
    expect(read().complete).toBe(true)
  })

  it('is not a manifest, and a manifest is not one', async () => {
    const { desk } = await planned()
    const { code, stderr } = await run(desk, ['apply', 'sso.yaml', '--yes', ...sandbox])
    expect(code).toBe(1)
    expect(stderr).toContain('save a plan of it first: sso-reconcile plan --sandbox --file sso.yaml --out plan.json')
  })

  it('of the sandbox says so, is shown with how to apply it there, and is not applied to AWS', async () => {
    const { desk, read } = await planned()
    expect(read().sandbox).toBe(true)
    const shown = await run(desk, ['show', 'plan.json'])
    expect(shown.stderr).toContain('apply it: sso-reconcile apply plan.json --sandbox\n')
    expect((await run(desk, ['show', 'plan.json', '--format', 'markdown'])).stdout).toMatch(
      /apply --expect \w+ --sandbox/,
    )
    const { code, stderr } = await run(desk, ['apply', 'plan.json', '--yes'])
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /plan\.json is a plan of the sandbox, and AWS was to be changed; nothing was done\n {2}hint: add --sandbox/,
    )
    expect((await run(desk, ['apply', 'plan.json', '--yes', '--sandbox'])).code).toBe(0)
  })
})
