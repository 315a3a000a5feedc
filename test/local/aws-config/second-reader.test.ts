import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../../src/local/aws-config/document.ts'
import { editConfig } from '../../../src/local/aws-config/edit.ts'
import { refuseHarm } from '../../../src/local/aws-config/second-reader.ts'
import type { SectionEdit } from '../../../src/local/aws-config/section-edit.ts'
import { Refusal } from '../../../src/model/diagnostic.ts'
import { goodText, LONG, RUNS } from './texts.ts'

const text = `[default]
region = eu-west-1
[sso-session main]
sso_start_url = https://d-1.awsapps.com/start/#/
  [profile indented]
  region = us-east-1
[profile noted] # mine
s3 =
  max_queue_size = 5
  region = x
[profile my.dev]
role_arn = arn:aws:iam::111122223333:role/a
[profile my]
credential_process = sh -c 'a; b'
`
const edit: SectionEdit = { verb: 'update', kind: 'profile', name: 'my', set: { region: 'x' }, unset: [] }

/** The codes and headers that are refused for an edit after which the text is this. */
function harm(after: string, edits: readonly SectionEdit[] = [edit]): string[] {
  try {
    refuseHarm(text, after, edits, 'config')
    return []
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return thrown.diagnostics.map(({ message, at }) => `${at?.line} ${/\[.*\]/.exec(message)?.[0]}`)
  }
}

describe('harm to a section that nobody edits is named with its line', () => {
  const rows: [what: string, after: string, ...found: string[]][] = [
    ['none', text],
    ['none, of the section edited', text.replace("sh -c 'a; b'", 'other')],
    ['another value', text.replace('eu-west-1', 'eu-west-2'), '1 [default]'],
    ['another value below an indented header', text.replace('us-east-1', 'us-east-2'), '5 [profile indented]'],
    ['another value below a header with a note', text.replace('= 5', '= 6'), '7 [profile noted]'],
    ['another value below a name with a dot', text.replace('role/a', 'role/b'), '11 [profile my.dev]'],
    ['a key gone', text.replace('sso_start_url = https://d-1.awsapps.com/start/#/\n', ''), '3 [sso-session main]'],
    ['a key too many', text.replace('eu-west-1\n', 'eu-west-1\nregion = x\noutput = y\n'), '1 [default]'],
    ['a section gone', text.replace('[default]\nregion = eu-west-1\n', ''), '1 [default]'],
    ['a section too many', `${text}[profile z]\n`, '1 [profile z]'],
    ['another name', text.replace('[default]', '[preview]'), '1 [default]', '1 [preview]'],
    [
      'a key that moves on',
      text.replace('  region = x\n', '').replace('role_arn', 'region = x\nrole_arn'),
      '7 [profile noted]',
      '11 [profile my.dev]',
    ],
  ]
  test.each(rows)('%s', (_what, after, ...found) => {
    expect(harm(after)).toEqual(found)
  })

  test('no value is shown, as it may be a secret', () => {
    expect(() => refuseHarm('[a]\naws_secret_access_key = wJalr\n', '[a]\nk = wJalr\n', [], 'config')).toThrow(
      /^the edit would also change \[a\] for other programs; nothing was written$/,
    )
  })
})

const set = fc.dictionary(
  fc.constantFrom('region', 'output', 'sso_session', 'sso_role_name', 's3.region', 'api.retry'),
  fc.constantFrom('x', 'https://d-1.awsapps.com/start/#/', '$&', 'a = b', '[y]', ''),
  { maxKeys: 4 },
)
const wish = fc.record({
  kind: fc.constantFrom('profile' as const, 'sso-session' as const),
  name: fc.constantFrom('a', 'b', 'c', 'default', 'my dev', 'my.dev', 'main', 'new', 'toString', 'a;b'),
  gone: fc.boolean(),
  set,
})
const wishes = fc.uniqueArray(wish, { selector: ({ kind, name }) => `${kind}/${name}`, minLength: 1, maxLength: 4 })

interface Edited {
  readonly edits: readonly SectionEdit[]
  readonly before: string
  readonly after: string
}

/** A text edited as wished; undefined where that is refused, which the second reader never is the reason of. */
function edited(
  before: string,
  list: readonly (typeof wish extends fc.Arbitrary<infer T> ? T : never)[],
): Edited | undefined {
  try {
    const { index } = parseConfig(before, 'config')
    const edits = list.map(({ kind, name, gone, set }): SectionEdit => {
      if (!index.has(`${kind}/${name}`)) return { verb: 'create', kind, name, set, owner: 'sso-reconcile' }
      return gone ? { verb: 'delete', kind, name } : { verb: 'update', kind, name, set, unset: [] }
    })
    return { edits, before, after: editConfig(before, edits, 'config') }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    expect(thrown.diagnostics.map(({ code }) => code)).not.toContain('config-second-reader')
    return undefined
  }
}

const cases = fc.tuple(goodText(true), wishes).map(([before, list]) => edited(before, list))
const options = { numRuns: RUNS * 4 }

describe('for any config text and edit', { timeout: LONG }, () => {
  test('a right edit is never refused', () => {
    let edits = 0
    fc.assert(
      fc.property(cases, (done) => {
        if (done) edits += 1
      }),
      options,
    )
    expect(edits).toBeGreaterThan(RUNS / 2)
  })

  test('one that takes or changes a line of another section is found by this reader alone', () => {
    let found = 0
    fc.assert(
      fc.property(cases, fc.nat(), fc.boolean(), (done, which, gone) => {
        if (!done) return
        const harmed = withFault(done, which, gone)
        if (!harmed) return
        found += 1
        expect(() => refuseHarm(done.before, harmed, done.edits, 'config')).toThrow('the edit would also change')
      }),
      options,
    )
    expect(found).toBeGreaterThan(RUNS / 3)
  })
})

/** The result of a wrong editor: a line of a section that was not to be edited is gone or says something else. */
function withFault({ edits, after }: Edited, which: number, gone: boolean): string | undefined {
  const document = parseConfig(after, 'config')
  const others = document.sections.filter(
    ({ kind, name }) => !edits.some((edit) => edit.kind === kind && edit.name === name),
  )
  const lines = others.flatMap(({ header, options }) =>
    [...options].map(([key, { first }]) => ({ header, key, first })),
  )
  const line = lines[which % lines.length]
  // The one key that this reader drops, whatever it holds.
  if (!line || line.key === '__proto__') return undefined
  const changed = document.lines.flatMap(({ text, end }, index) => {
    if (index !== line.first) return [text + end]
    return gone ? [] : [text.replace(/[=:]/, 'x$&') + end]
  })
  return changed.join('')
}
