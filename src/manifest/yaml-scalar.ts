import type { Scalar } from 'yaml'
import { type Diagnostic, error, type Position, warning } from '../model/diagnostic.ts'
import type { Json } from '../model/json.ts'
import { policyNumber } from '../policies/document.ts'
import { isAccountId } from './account-id.ts'
import type { Path } from './finding.ts'
import { expand, type Variables } from './variables.ts'
import { nodeSpan } from './yaml-place.ts'
import type { Syntax } from './yaml-syntax.ts'

/** What stands at a path, as far as reading a scalar depends on it. */
export type ScalarUse = 'text' | 'account' | 'setting' | 'policy' | 'verbatim'

/** What reading a scalar needs to know. */
export interface ScalarRules {
  readonly variables: Variables
  place(path: Path): ScalarUse
}

/** A scalar's value, with what is to be said about it. */
export interface ScalarReading {
  readonly value: Json
  readonly diagnostics: readonly Diagnostic[]
  /** Variables that the run does not allow. */
  readonly notAllowed?: readonly string[]
}

/** Reads one scalar: fills variables in, and keeps the digits of unquoted account ids as they are written. */
export function readScalar(node: Scalar, path: Path, rules: ScalarRules, syntax: Syntax): ScalarReading {
  const { value } = node
  if (typeof value === 'string' && node.type === 'PLAIN' && isInTypographicQuotes(value))
    return { value, diagnostics: [typographicQuotes(node, value, syntax)] }
  // Most texts, and they mean the same everywhere.
  if (typeof value === 'string' && !value.includes('${')) return plain(value)
  const place = rules.place(path)
  if (typeof value === 'string')
    return place === 'policy' || place === 'verbatim'
      ? asWritten(node, value, place, syntax)
      : filled(node, value, rules, syntax)
  if (typeof value !== 'number' && typeof value !== 'boolean') return plain(null)
  const source = node.source ?? String(value)
  if (place === 'setting') return plain(source)
  if (typeof value === 'boolean') return plain(value)
  if (place === 'account') return unquoted(source, syntax, node)
  if (place === 'policy') return numberInPolicy(source, value, syntax, node)
  return plain(value)
}

function isInTypographicQuotes(text: string): boolean {
  return /^[\u201c-\u201f\u2018-\u201b].*[\u201c-\u201f\u2018-\u201b]$/s.test(text)
}

function typographicQuotes(node: Scalar, text: string, syntax: Syntax): Diagnostic {
  const bare = text.slice(1, -1)
  return error(
    'quotes-typographic',
    `${text.slice(0, 1)} and ${text.slice(-1)} are not quotes in YAML: they would be part of the text`,
    {
      hint: `write "${bare}"; to keep them in the text, put plain quotes around them`,
      at: nodeSpan(syntax, node),
    },
  )
}

function plain(value: Json): ScalarReading {
  return { value, diagnostics: [] }
}

/** In a policy `$${` is no escape, but a slip of somebody who knows it from the rest of the manifest. */
function asWritten(node: Scalar, value: string, place: ScalarUse, syntax: Syntax): ScalarReading {
  if (place !== 'policy' || !value.includes('$${')) return plain(value)
  const message =
    'manifest variables are not filled in inside a policy, so "$${" is not an escape here: AWS would get both dollar signs'
  const hint = `write \${aws:userid} as AWS has it; a literal \${ is \${$}{ in a policy`
  return { value, diagnostics: [warning('policy-escape', message, { hint, at: tokenPlaces(node, syntax)('$${') })] }
}

function filled(node: Scalar, value: string, { variables }: ScalarRules, syntax: Syntax): ScalarReading {
  const { text, problems } = expand(value, variables)
  const places = tokenPlaces(node, syntax)
  const diagnostics = problems.map(({ token, code, message, hint }) =>
    error(code, message, { hint, at: places(token) }),
  )
  return { value: text, diagnostics, notAllowed: problems.flatMap(({ name }) => (name === undefined ? [] : [name])) }
}

/** Tokens of one text that are searched for to its end although escapes hide them; behind them the text as a whole is pointed at. */
const mostHidden = 100

/** Finds the tokens of a scalar one after the other in the text, since escapes and folding change offsets. */
function tokenPlaces(node: Scalar, syntax: Syntax): (token: string) => Position {
  const [start, end] = node.range ?? [0, 0]
  const written = syntax.text.slice(start, end)
  let from = 0
  let hidden = 0
  return (token) => {
    const found = hidden < mostHidden ? written.indexOf(token, from) : -1
    if (found < 0) {
      hidden++
      return nodeSpan(syntax, node)
    }
    from = found + token.length
    return syntax.span(start + found, start + from)
  }
}

function unquoted(source: string, syntax: Syntax, node: Scalar): ScalarReading {
  if (!isAccountId(source)) return plain(source)
  const hint = `write "${source}": without quotes, other YAML tools read a number and drop leading zeros`
  const at = nodeSpan(syntax, node)
  return { value: source, diagnostics: [warning('account-id-unquoted', 'account id without quotes', { hint, at })] }
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** In a policy an unquoted number with a leading zero, or of twelve digits, is an account id; all others are read as in JSON. */
function numberInPolicy(source: string, value: number, syntax: Syntax, node: Scalar): ScalarReading {
  if (/^(?:0\d+|\d{12})$/.test(source)) return unquoted(source, syntax, node)
  if (jsonNumber.test(source)) return plain(policyNumber(source))
  // YAML has spellings that JSON does not know, such as .5 and 0x10.
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return plain(value)
  const message = `${source} is not a valid JSON number`
  return { value: null, diagnostics: [error('policy', message, { hint: 'quote it', at: nodeSpan(syntax, node) })] }
}
