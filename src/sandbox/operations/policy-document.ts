import { isObject, type Json, type JsonObject } from '../../model/json.ts'

const versions: readonly (Json | undefined)[] = [undefined, '2012-10-17', '2008-10-17']

/** What is wrong with an identity policy document by the grammar of IAM policies, in one sentence; nothing when sound. */
export function policyProblem(text: string): string | undefined {
  const document = parse(text)
  if (!isObject(document)) return 'it is not a JSON object.'
  if (!versions.includes(document.Version)) return `Version must be 2012-10-17 or 2008-10-17.`
  if (document.Statement === undefined) return 'Statement is missing.'
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement]
  const problems = statements.map((statement: Json) => statementProblem(statement))
  return problems.find((problem) => problem !== undefined)
}

function statementProblem(statement: Json): string | undefined {
  if (!isObject(statement)) return 'a statement is not an object.'
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') return 'Effect must be Allow or Deny.'
  if (!hasOneOf(statement, 'Action', 'NotAction')) return 'a statement needs one of Action and NotAction.'
  if (!hasOneOf(statement, 'Resource', 'NotResource')) return 'a statement needs one of Resource and NotResource.'
  if ('Principal' in statement || 'NotPrincipal' in statement) return 'an identity policy has no Principal.'
  return undefined
}

function hasOneOf(statement: JsonObject, one: string, other: string): boolean {
  return one in statement !== other in statement
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
