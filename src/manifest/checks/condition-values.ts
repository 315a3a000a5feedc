import type { Json } from '../../model/json.ts'
import { arnParts } from '../../policies/arn.ts'
import { isAddressRange, isDate } from '../../text/values.ts'
import { asWarning, atValue, type Finding, type Path, quote } from '../finding.ts'
import { listOf } from './inline-statements.ts'
import { type VariableContext, variableFindings } from './policy-variables.ts'

const code = 'condition-value'

/** A type of values that an operator compares. */
interface ValueType {
  readonly operators: RegExp
  readonly what: string
  readonly hint: string
  isOne(text: string): boolean
}

// IAM User Guide, "IAM JSON policy elements: Condition operators".
const types: readonly ValueType[] = [
  {
    operators: /^(?:Bool|Null)$/,
    what: 'true or false',
    hint: 'write true or false',
    isOne: (text) => /^(?:true|false)$/i.test(text),
  },
  {
    operators: /^Numeric/,
    what: 'a number',
    hint: 'write digits, for example 3600',
    isOne: (text) => /^[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i.test(text),
  },
  {
    operators: /^Date/,
    what: 'a date',
    hint: 'write a date such as 2026-12-31T00:00:00Z, or seconds since 1970',
    isOne: isDate,
  },
  {
    operators: /^(?:Not)?IpAddress$/,
    what: 'an address or a range of addresses',
    hint: 'write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32',
    isOne: isAddressRange,
  },
  {
    operators: /^Arn/,
    what: 'an ARN',
    hint: 'write an ARN, for example arn:aws:iam::*:role/Deploy',
    isOne: isArnPattern,
  },
]

/** What is wrong with the values below a condition key that the operator cannot compare. */
export function valueFindings(
  operator: string,
  values: Json,
  path: Path,
  context: VariableContext,
): readonly Finding[] {
  const name = operator.replace(/^For(?:AnyValue|AllValues):/, '').replace(/IfExists$/, '')
  const type = types.find(({ operators }) => operators.test(name))
  return listOf(values, path).flatMap(([where, value]) => {
    if (typeof value === 'object') return []
    const text = String(value)
    // What a variable becomes, nobody knows before a request.
    if (text.includes('${')) return variableFindings(text, where, context)
    return type === undefined || type.isOne(text) ? [] : [wrongType(operator, value, where, type)]
  })
}

function wrongType(operator: string, value: Json, path: Path, { what, hint }: ValueType): Finding {
  return asWarning(atValue(path, code, `${operator}: expected ${what}, found ${quote(value)}`, hint))
}

/** Each part of an ARN may hold wildcards, and a star at the end may stand for all that follow. */
function isArnPattern(text: string): boolean {
  const parts = arnParts(text)
  const [first = ''] = parts
  if (/[*?]/.test(first)) return true
  return first === 'arn' && (parts.length === 6 || text.endsWith('*'))
}
