import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answers, completed, filledIn, gaps } from '../../../src/manifest/edit/gaps.ts'
import { loadManifest } from '../../../src/manifest/load.ts'
import { Refusal } from '../../../src/model/diagnostic.ts'

const answers: Answers = {
  startUrl: 'https://d-1234567890.awsapps.com/start',
  management: '012345678901',
  accounts: [
    { id: '444455556666', name: 'Sandbox', label: 'Sandbox', active: true },
    { id: '777788889999', name: 'Twin', label: 'Twin', active: true },
    { id: '777788889990', name: 'Twin', label: 'Twin', active: true },
  ],
}

async function complete(text: string): Promise<string> {
  const variables = { env: { REGION: 'eu-west-1' }, allowed: new Set(['REGION']) }
  const loaded = await loadManifest(
    { file: 'sso.yaml', text },
    { ...variables, readPolicy: () => Promise.reject(new Error('none')) },
  )
  const known = gaps(loaded, answers).filter(({ value }) => value !== undefined)
  return completed(text, filledIn(text, known), known, loaded, variables)
}

const url = 'start_url: https://d-1234567890.awsapps.com/start'
const rows: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'block style, with comments behind the keys',
    '# mine\nversion: 1\nidentity_center: # here\n  region: eu-west-1   # home\n\n# people\nusers: {}\n',
    `# mine\nversion: 1\nidentity_center: # here\n  region: eu-west-1   # home\n  ${url}\n\naccounts:\n  management: "012345678901"\n\n# people\nusers: {}\n`,
  ],
  [
    'flow style',
    'version: 1\nidentity_center: { region: eu-west-1 }\naccounts: {dev: "444455556666"}\n',
    `version: 1\nidentity_center: { region: eu-west-1, ${url} }\naccounts: {dev: "444455556666", management: "012345678901"}\n`,
  ],
  [
    'a trailing comma and an empty map',
    'version: 1\nidentity_center: { region: eu-west-1, }\naccounts: {}\n',
    `version: 1\nidentity_center: { region: eu-west-1, ${url} }\naccounts: { management: "012345678901" }\n`,
  ],
  [
    'Windows line ends and deeper indentation',
    'version: 1\r\nidentity_center:\r\n    region: eu-west-1\r\naccounts:\r\n    dev: "444455556666"\r\n',
    `version: 1\r\nidentity_center:\r\n    region: eu-west-1\r\n    ${url}\r\naccounts:\r\n    dev: "444455556666"\r\n    management: "012345678901"\r\n`,
  ],
  [
    'no line end behind the last line',
    'version: 1\nidentity_center:\n  region: eu-west-1',
    `version: 1\nidentity_center:\n  region: eu-west-1\n  ${url}\n\naccounts:\n  management: "012345678901"`,
  ],
  [
    'one flow map over several lines',
    '{\n  version: 1, # one\n  identity_center: { region: eu-west-1 } # here\n}\n',
    `{\n  version: 1, # one\n  identity_center: { region: eu-west-1, ${url} }, # here\n  accounts: { management: "012345678901" }\n}\n`,
  ],
  [
    'variables',
    `version: 1\nidentity_center:\n  region: \${REGION}\naccounts: { management: "012345678901" }\n`,
    `version: 1\nidentity_center:\n  region: \${REGION}\n  ${url}\naccounts: { management: "012345678901" }\n`,
  ],
  [
    'profiles by account name, where the name is one account',
    `version: 1\nidentity_center: { region: eu-west-1, ${url} }\nlocal:\n  sso_session: s\n  profiles:\n    a: { account: { name: Sandbox }, permission_set: A }\n    b: { account: { name: Twin }, permission_set: A }\naccounts: { management: "012345678901" }\n`,
    `version: 1\nidentity_center: { region: eu-west-1, ${url} }\nlocal:\n  sso_session: s\n  profiles:\n    a: { account: { name: Sandbox }, permission_set: A }\n    b: { account: { name: Twin }, permission_set: A }\naccounts: { management: "012345678901", Sandbox: "444455556666" }\n`,
  ],
]

describe('completing a manifest', () => {
  it.each(rows)('adds keys and touches nothing else: %s', async (_name, before, after) => {
    expect(await complete(before)).toBe(after)
  })

  it.each(rows)('has nothing to do twice: %s', async (_name, before) => {
    const once = await complete(before)
    expect(await complete(once)).toBe(once)
  })

  it('only ever inserts', async () => {
    const comment = fc.constantFrom('', '  # note', '   ', ' # "x: {')
    const layout = fc.record({
      indent: fc.constantFrom('  ', ' ', '      '),
      comments: fc.array(comment, { minLength: 4, maxLength: 4 }),
      gap: fc.constantFrom('', '\n', '\n# between\n', '\n\n'),
      end: fc.constantFrom('\n', '\r\n'),
      accounts: fc.constantFrom(
        '',
        'accounts:\n INDENTdev: "444455556666"COMMENT\n',
        'accounts: { dev: "444455556666" }COMMENT\n',
      ),
      last: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(layout, async ({ indent, comments: [a, b, c, d], gap, end, accounts, last }) => {
        const section = accounts.replace(' INDENT', indent).replace('COMMENT', c ?? '')
        const lf = `version: 1${a}\n${gap}identity_center:${b}\n${gap}${indent}region: eu-west-1${c}\n${gap}${section}users: {}${d}`
        const text = (last ? lf : `${lf}\n`).replaceAll('\n', end)
        const done = await complete(text)
        let kept = 0
        for (const char of done) if (char === text[kept]) kept += 1
        expect(kept).toBe(text.length)
        expect(done.includes('\r\n')).toBe(text.includes('\r\n'))
        expect(done.replaceAll('\r\n', '').includes('\n')).toBe(end === '\n')
      }),
    )
  })

  it('refuses a place that is not in the text itself, and says what to write', async () => {
    const text =
      'version: 1\nusers: &u {}\nidentity_center: { region: eu-west-1, start_url: https://x.awsapps.com/start }\naccounts: *u\n'
    const thrown = await complete(text).catch((cause: unknown) => cause)
    expect(thrown).toBeInstanceOf(Refusal)
    expect((thrown as Refusal).diagnostics[0]?.hint).toBe('add it by hand: management: "012345678901" under accounts')
  })
})
