// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are manifests, not templates
import { describe, expect, test } from 'vitest'
import { bodies, files, type Row } from './bad-manifests.ts'
import { head, load, marked, placeOf, refusal } from './load.ts'

const rows: readonly Row[] = [...files, ...bodies.map(([code, body, message]): Row => [code, head + body, message])]

for (const [code, manifest, message] of rows)
  test(`${code}: ${message}`, async () => {
    const { text, places } = marked(manifest)
    const errors = await refusal(text)
    expect(errors.map((one) => [one.code, one.message])).toEqual([[code, message]])
    expect(errors.map(placeOf)).toEqual(places)
    expect(errors.every(({ hint }) => hint !== undefined && hint !== '')).toBe(true)
  })

describe('hints', () => {
  for (const [body, hint] of [
    ['user: {}', 'did you mean "users"?'],
    ['permission_sets: { A: { session-duration: 8h } }', 'did you mean "session_duration"?'],
    ['permission_sets: { A: { duration: 8h } }', 'did you mean "session_duration"?'],
    ['groups: { g: { members: [x] } }', 'declare it, or add "x": { external: true } if it is managed elsewhere'],
    [
      'groups: { new: { was: old } }\nassignments: [{ groups: [old], permission_sets: [], accounts: [management] }]',
      'it is renamed to "new"; use the new name',
    ],
    ['accounts: { dev: 12345678901 }', 'if a leading zero was lost, write "012345678901"'],
    ['accounts: { dev: 1234-5678-9012 }', 'write "123456789012"'],
    ['groups: { g: { description: 5 } }', 'put it in quotes: "5", with any zeros in front that it has'],
    ['name: "${NOPE}"', 'export NOPE first, or write $${NOPE} for a literal ${NOPE}'],
    [
      'name: "${B} ${A} ${B}"',
      'add --env B --env A, or set SSO_RECONCILE_ENV=B,A; names that begin with SSO_ need neither',
    ],
    ['users: { a: { email: ${EMAIL} } }', 'put a variable in quotes inside [ ] and { }'],
  ] as const)
    test(`say “${hint}” for “${body.replaceAll('\n', ' / ')}”`, async () => {
      const [first] = await refusal(`${head}${body}\n`)
      expect(first?.hint).toBe(hint)
    })
})

test('all errors come at once, in the order of the file, each cause once', async () => {
  const { text, places } = marked(`version: 1
«identity_centre»: { region: eu-west-1 }
users:
  taro: { «givenName»: T, family_name: Y, email: "«\${NOPE}»" }
permission_sets:
  A: { session_duration: «13h», managed_policies: «X» }
assignments:
  - { users: [«tarou»], permission_sets: [«B»], accounts: [«prod», «12»] }
«bogus»: 1
`)
  const errors = await refusal(text)
  expect(errors.map(placeOf)).toEqual(places)
})

test('an error in a repeated value says where it is repeated', async () => {
  const { text, places } = marked(`${head}permission_sets:
  A: &a
    session_duration: «13h»
  B: *a
`)
  const errors = await refusal(text)
  expect(errors.map(placeOf)).toEqual([...places, ...places])
  expect(errors.map(({ message }) => message)).toEqual([
    'session_duration: "13h" is longer than 12h',
    'session_duration: "13h" is longer than 12h (repeated by the alias on line 6)',
  ])
})

test('aliases that multiply are stopped', async () => {
  const levels = Array.from({ length: 9 }, (_, i) => `  l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`)
  const errors = await refusal(`${head}groups:\n  l0: &l0 { members: [a] }\n${levels.join('\n')}\n`)
  expect(errors.map(({ code }) => code)).toContain('alias-bomb')
})

test('nesting without end is refused', async () => {
  const [first] = await refusal(`${head}users: ${'['.repeat(3000)}${']'.repeat(3000)}\n`)
  expect(first?.code).toMatch(/too-deep|yaml-syntax/)
})

test('unset variables in the environment prototype are unset', async () => {
  await expect(load(`${head}name: "\${constructor}"\n`)).rejects.toThrow(
    'the environment variable constructor is not set',
  )
})
