import fc from 'fast-check'
import { isFull } from '../../support/effort.ts'

/** Runs of each property: 300, or 10,000 where nothing is left out. */
export const RUNS = isFull ? 10_000 : 300

/** Milliseconds the nightly runs may take. */
export const LONG = 600_000

const indent = fc.constantFrom('', '', '', '', ' ', '  ', '\t', '    ')
const lineEnd = (mixed: boolean) =>
  mixed ? fc.constantFrom('\n', '\n', '\r\n', '\r') : fc.constantFrom('\n', '\n', '\r\n')
const value = fc.constantFrom(
  'us-east-1',
  '',
  '"quoted"',
  'x # note',
  'y ; note',
  'v# y',
  'https://d-1.awsapps.com/start/#/',
  'a = b',
  'a: b',
  "sh -c 'a; b'",
  '012345678901',
  'true',
  '  spaced  ',
  'ünïcode',
  'full\u3000width',
  'brk\u2028brk',
  '\u0085',
  '$&',
  '[x]',
  '\\#',
)
const key = fc.constantFrom(
  'region',
  'Region',
  'output',
  'sso_session',
  'sso_account_id',
  'sso_role_name',
  's3',
  'endpoint_url',
  'role_arn',
  '__proto__',
  'constructor',
  'key[]',
  'a b',
  'cli_pager',
)
const delimiter = fc.constantFrom(' = ', '=', ':', ': ', ' =', '\t=\t', '= ')
const option = fc.tuple(indent, key, delimiter, value).map((parts) => parts.join(''))
const header = fc.constantFrom(
  '[default]',
  '[profile default]',
  '[profile a]',
  '[profile "a"]',
  '[profile  b]',
  '[profile b] # note',
  '[profile b]x]',
  '[profile "my dev"]',
  "[profile 'q']",
  '[profile\tc]',
  '[profile c',
  '[profile my.dev]',
  '[sso-session a]',
  '[sso-session main]',
  '[services s]',
  '[preview]',
  '[DEFAULT]',
  '[profile __proto__x]',
  '[ profile d ]',
  '["profile d"]',
  '[profile]',
  '[profile ""]',
  '[profiles e]',
  '[profile a;b]',
  '[toString]',
  '[plugins]',
)
const headerLine = fc.tuple(fc.constantFrom('', '', '', '', '  ', '\t'), header).map((parts) => parts.join(''))
const nested = fc.constantFrom(
  '  addressing_style = path',
  '    region = nested',
  '\tmax = 1',
  '   k=v',
  '      [profile z]',
  '  a',
  '  # c',
)
const filler = fc.constantFrom(
  '',
  '',
  '   ',
  '\t',
  '# note',
  '  # note',
  '; note',
  '# managed by sso-reconcile',
  '# managed by sso-reconcile/other',
  '# managed by someone',
)
const junk = fc.constantFrom('junk', '= v', ': v', '[]', '[x', '\ufeff', '\u00a0x', '\u001cregion = x')

const oneLine = fc.oneof(
  { weight: 12, arbitrary: option },
  { weight: 6, arbitrary: headerLine },
  { weight: 5, arbitrary: nested },
  { weight: 6, arbitrary: filler },
  { weight: 1, arbitrary: junk },
)

function text(mixed: boolean, line: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  const lines = fc.array(fc.tuple(line, lineEnd(mixed)), { maxLength })
  return fc.tuple(lines, fc.boolean()).map(([pairs, ended]) => {
    const whole = pairs.map((pair) => pair.join('')).join('')
    return ended ? whole : whole.replace(/(?:\r\n|\n|\r)$/, '')
  })
}

/** Config texts of any awkward kind; many of them the AWS CLI refuses. */
export const anyText: fc.Arbitrary<string> = text(true, oneLine, 14)

/** Nothing but the characters that mean something, in any order. */
export const soup: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      '[',
      ']',
      'a',
      'b',
      ' ',
      '  ',
      '\t',
      '\n',
      '\n',
      '\r',
      '\r\n',
      '=',
      ':',
      '#',
      ';',
      '"',
      "'",
      '\\',
      'profile ',
      '\u00a0',
      '\u0085',
      '\u2028',
      '\n[a]\n',
      '\nk = v\n',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

const section = fc
  .tuple(
    fc.array(filler, { maxLength: 2 }),
    headerLine,
    fc.uniqueArray(fc.tuple(option, fc.array(fc.oneof(nested, filler), { maxLength: 3 })), {
      selector: ([line]) => line.split(/[=:]/)[0]?.trim().toLowerCase(),
      maxLength: 4,
    }),
    fc.array(filler, { maxLength: 2 }),
  )
  .map(([above, head, options, below]) => ({
    head,
    lines: [...above, head, ...options.flatMap(([line, more]) => [line, ...more]), ...below],
  }))

/** Config texts built of sections, most of which the AWS CLI can read. `mixed` adds lone CR line ends. */
export function goodText(mixed: boolean): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.uniqueArray(section, { selector: ({ head }) => head.trim(), maxLength: 6 }),
      fc.array(lineEnd(mixed), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      fc.constantFrom('', '   ', '\n\n', '# end'),
    )
    .map(([sections, ends, ended, tail]) => {
      const lines = sections.flatMap(({ lines: own }) => own)
      const whole = lines
        .map((line, n) => line + (n === lines.length - 1 && !ended ? '' : ends[n % ends.length]))
        .join('')
      return ended ? whole + tail : whole
    })
}
