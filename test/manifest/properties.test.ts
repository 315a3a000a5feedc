import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Diagnostic, Refusal } from '../../src/model/diagnostic.ts'
import { renderDiagnostics } from '../../src/report/diagnostic.ts'
import { bodies } from './bad-manifests.ts'
import { head, load, marked } from './load.ts'

const example = `${head}name: home
accounts: { management: "111122223333", dev: 012345678901 }
users: &u
  taro: { given_name: Taro, family_name: 山田, email: "\${EMAIL}" }
groups: { admins: { members: [taro] } }
permission_sets:
  Admin: &a
    session_duration: 8h
    inline_policy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "*", Resource: "*" }] }
assignments:
  - users: [taro]
    permission_sets: [Admin]
    accounts: [management, { tag: { env: dev } }, all]
    until: 2026-12-31
local:
  sso_session: s
  profiles: { p: { account: dev, permission_set: Admin, settings: { s3: { a: 1 } } } }
`

/** The diagnostics of any text; whatever else is thrown is a defect. */
async function diagnostics(text: string): Promise<readonly Diagnostic[]> {
  const result = await load(text).catch((cause: unknown) => cause)
  if (result instanceof Refusal) return result.diagnostics
  if (result instanceof Error) throw result
  return []
}

async function expectInside(text: string): Promise<void> {
  const found = await diagnostics(text)
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  for (const { at } of found) {
    const line = lines[(at?.line ?? 0) - 1]
    expect(line, `line ${at?.line} of ${lines.length}`).toBeDefined()
    expect(at?.column).toBeGreaterThanOrEqual(1)
    expect(at?.endColumn ?? at?.column).toBeLessThanOrEqual((line?.length ?? 0) + 1)
  }
  const rendered = renderDiagnostics(found, { sources: new Map([['sso.yaml', text]]), width: 60 })
  expect(rendered).not.toMatch(/undefined|\[object/)
}

/** Pieces that mean something to YAML or to us, so that random texts get past the first character. */
const piece = fc.oneof(
  fc.constantFrom(
    ...['version', 'identity_center', 'users', 'groups', 'accounts', 'assignments', 'local', 'taro', 'all', '8h', '~'],
    ...[': ', ':\n  ', '\n', '\n- ', '- ', '{', '}', '[', ']', ', ', '"', "'", '&a ', '*a', '<<', '? ', '| \n', '> \n'],
    ...[
      '!!str ',
      '%YAML 1.1\n',
      '---\n',
      '\t',
      '# ',
      '$' + '{X}',
      '$$' + '{',
      '012345678901',
      '.inf',
      '\uFEFF',
      '\r\n',
    ],
  ),
  fc.string({ maxLength: 4, unit: 'binary' }),
)

describe('any text', () => {
  test('made of YAML pieces', async () => {
    const texts = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))
    await fc.assert(fc.asyncProperty(texts, expectInside), { numRuns: 600 })
  })

  test('made by damaging a good manifest', async () => {
    const damage = fc.tuple(fc.nat(example.length), fc.nat(12), fc.oneof(piece, fc.constant('')))
    const texts = fc
      .array(damage, { minLength: 1, maxLength: 3 })
      .map((cuts) => cuts.reduce((text, [at, size, put]) => text.slice(0, at) + put + text.slice(at + size), example))
    await fc.assert(fc.asyncProperty(texts, expectInside), { numRuns: 600 })
  })

  test('of the table, two at a time', async () => {
    const row = fc.constantFrom(...bodies.map(([, body]) => marked(body).text))
    await fc.assert(
      fc.asyncProperty(row, row, (a, b) => expectInside(head + a + b)),
      { numRuns: 200 },
    )
  })
})

test('the undamaged manifest is good', async () => expect(await diagnostics(example)).toEqual([]))
