/**
 * Operators of conditions, without what may stand before and after them, in the one spelling that AWS documents. IAM refuses others with
 * "Syntax errors in policy". Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
const operators: readonly string[] = [
  ...[
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'StringLike',
    'StringNotLike',
  ],
  ...[
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
  ...['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
  ...['Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress', 'ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'],
]

// The same guide, "Set operators for multivalued context keys"; IfExists goes with all but Null, which asks for the key itself.
const sets = ['', 'ForAnyValue:', 'ForAllValues:']

/** Every name that may stand under Condition, in full. */
export const conditionOperators: ReadonlySet<string> = new Set(
  sets.flatMap((set) => [`${set}Null`, ...operators.flatMap((one) => [`${set}${one}`, `${set}${one}IfExists`])]),
)
