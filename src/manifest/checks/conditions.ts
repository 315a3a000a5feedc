import { isObject, type Json } from '../../model/json.ts'
import { conditionOperators } from '../../policies/condition-operators.ts'
import { hasWildcards } from '../../policies/wildcards.ts'
import { nearest } from '../../text/near.ts'
import { atKey, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, keys } from '../view.ts'
import type { Check } from './check.ts'
import { keyFindings, type StatementContext as Statement } from './condition-keys.ts'
import { valueFindings } from './condition-values.ts'
import { inlineStatements, listOf } from './inline-statements.ts'
import { type VariableContext, versionAt } from './policy-variables.ts'

type StatementContext = Statement & VariableContext

const shape = 'condition-form'

/** Conditions of inline policies: IAM refuses unknown operators and other shapes, and takes unknown keys, which no request has. */
export const checkConditions: Check = (manifest, { spelling, forms }) => {
  if (spelling === undefined || forms === undefined) return []
  return inlineStatements(manifest).flatMap(([path, statement]) => {
    const condition = at(statement, 'Condition')
    const context = { spelling, forms, services: servicesOf(statement), version: versionAt(manifest, path) }
    return conditionFindings(condition, [...path, 'Condition'], context)
  })
}

function servicesOf(statement: Json): readonly string[] | undefined {
  const actions = listOf(at(statement, 'Action'), []).map(([, action]) => String(action).toLowerCase())
  const services = actions.map((action) => action.slice(0, Math.max(0, action.indexOf(':'))))
  return services.length === 0 || services.some((one) => one === '' || hasWildcards(one))
    ? undefined
    : [...new Set(services)]
}

function conditionFindings(condition: Json | undefined, path: Path, context: StatementContext): readonly Finding[] {
  if (condition === undefined || condition === null) return []
  if (!isObject(condition)) return [notMap(condition, path)]
  return entries(condition).flatMap(([operator, compared]) =>
    conditionOperators.has(operator)
      ? comparisons(operator, compared, [...path, operator], context)
      : notOperator(operator, compared, [...path, operator], context),
  )
}

function notMap(found: Json, path: Path): Finding {
  const message = `Condition: expected a map from operators to condition keys, found ${quote(found)}`
  return atValue(path, shape, message, example('"aws:RequestedRegion": eu-west-1'))
}

function example(pair: string): string {
  return `write OPERATOR: { KEY: VALUE }, for example StringEquals: { ${pair} }`
}

function comparisons(operator: string, compared: Json, path: Path, context: StatementContext): readonly Finding[] {
  if (compared === null) return []
  if (!isObject(compared)) {
    const message = `${operator}: expected a map from condition keys to values, found ${quote(compared)}`
    return [atValue(path, shape, message, example('"aws:RequestedRegion": eu-west-1'))]
  }
  return entries(compared).flatMap(([key, value]) => [
    ...keyFindings(key, [...path, key], context),
    ...nested(key, value, [...path, key]),
    ...valueFindings(operator, value, [...path, key], context),
  ])
}

function nested(key: string, value: Json, path: Path): readonly Finding[] {
  if (!isObject(value)) return []
  const message = `${quote(key)}: expected a value or a list of values, found ${quote(value)}`
  return [atValue(path, shape, message, 'an operator stands above its keys: OPERATOR: { KEY: VALUE }')]
}

function notOperator(name: string, compared: Json, path: Path, context: StatementContext): readonly Finding[] {
  if (isKey(name)) return [withoutOperator(name, compared, path)]
  const found = atKey(path, 'condition-operator', `IAM has no condition operator ${quote(name)}`, () =>
    operatorHint(name),
  )
  const inside = isObject(compared) ? comparisons(name, compared, path, context) : []
  return [context.spelling.unlessAllowed(found), ...inside]
}

// Operators have a colon only after the two words for all and for any.
function isKey(name: string): boolean {
  return name.includes(':') && !/^For(?:Any|All)/i.test(name)
}

function withoutOperator(key: string, compared: Json, path: Path): Finding {
  const message = `${quote(key)} is a condition key; expected an operator above it`
  const operator = keys(compared).find((one) => conditionOperators.has(one))
  const hint =
    operator === undefined
      ? `put it below an operator, for example StringEquals: { ${quote(key)}: … }`
      : `change the two over: ${operator}: { ${quote(key)}: … }`
  return atKey(path, shape, message, hint)
}

function operatorHint(name: string): string {
  if (/NullIfExists$/.test(name)) return 'write Null, which asks for the key itself and takes no IfExists.'
  const likely = nearest(name, [...conditionOperators])
  if (likely !== undefined) return `did you mean ${quote(likely)}?`
  return 'operators begin with String, Numeric, Date, Arn or are Bool, BinaryEquals, IpAddress, NotIpAddress or Null.'
}
