// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables look like that
import type { Json } from '../../model/json.ts'
import { asWarning, atValue, type Finding, hintOf, type Path, quote } from '../finding.ts'
import { at } from '../view.ts'
import type { PolicyContext } from './check.ts'
import { keyFindings, namedKey } from './condition-keys.ts'

const code = 'policy-variable'

/** What the variables of a policy can be. */
export interface VariableContext extends PolicyContext {
  /** The Version of the policy: variables are of 2012-10-17 alone. */
  readonly version: Json | undefined
}

/** The Version of the inline policy that a path leads into. */
export function versionAt(manifest: Json, path: Path): Json | undefined {
  return at(manifest, ...path.slice(0, path.indexOf('inline_policy') + 1).map(String), 'Version')
}

/**
 * What is wrong with the variables in a value of a Resource or Condition. Source: IAM User Guide, "IAM policy elements: Variables and
 * tags". A policy without a Version has a warning of its own.
 */
export function variableFindings(text: string, path: Path, context: VariableContext): readonly Finding[] {
  if (!text.includes('${') || context.version === undefined) return []
  const written = [...new Set(text.match(/\$\{[^{}]*\}/g))]
  if (context.version !== '2012-10-17') return written.slice(0, 1).map((one) => plainText(one, path))
  return written.flatMap((one) => variableFinding(one, path, context))
}

function plainText(variable: string, path: Path): Finding {
  const message = `${quote(variable)} is plain text in Version 2008-10-17, which has no policy variables`
  return asWarning(atValue(path, code, message, 'write Version: "2012-10-17"'))
}

function variableFinding(variable: string, path: Path, context: VariableContext): readonly Finding[] {
  // These three stand for the signs themselves.
  if (/^\$\{[*?$]\}$/.test(variable)) return []
  const { key, ending } = partsOf(variable)
  if (!/^(?:\s*,\s*'[^']*'\s*)?$/.test(ending)) return [wrongDefault(variable, key, path)]
  if (key === '' || /\s/.test(key)) return [notKey(variable, path)]
  if (!key.includes(':')) return [withoutService(variable, key, path, context)]
  const unknown = keyFindings(key, path, { ...context, services: undefined })
  if (unknown.length > 0) return unknown.map((one) => ofVariable(one, variable))
  return ending === '' && hasNoValue(key) ? [withoutValue(variable, path)] : []
}

/** The key of `${key, 'default'}`, and what follows it. */
function partsOf(variable: string): { readonly key: string; readonly ending: string } {
  const inside = variable.slice(2, -1)
  const comma = inside.indexOf(',')
  return comma < 0
    ? { key: inside, ending: '' }
    : { key: inside.slice(0, comma).trimEnd(), ending: inside.slice(comma) }
}

function wrongDefault(variable: string, key: string, path: Path): Finding {
  const message = `the default value of ${quote(variable)} is not in single quotes`
  return asWarning(atValue(path, code, message, `write \${${quote(key).slice(1, -1)}, 'VALUE'}`))
}

function notKey(variable: string, path: Path): Finding {
  const message = `${quote(variable)} names no condition key`
  return asWarning(atValue(path, code, message, `write \${SERVICE:KEY} without spaces, for example \${aws:userid}`))
}

function withoutService(variable: string, key: string, path: Path, { spelling, forms }: VariableContext): Finding {
  const likely = namedKey(key, forms)
  if (likely !== undefined)
    return spelling.misspelt(path, code, `${quote(variable)} names no service`, `\${${likely}}`, forms.asOf)
  const hint =
    'nothing is filled in inside policies: write a condition key, for example ${aws:userid}, or the value itself'
  return asWarning(atValue(path, code, `${quote(variable)} is no policy variable of AWS, so it has no value`, hint))
}

function ofVariable(found: Finding, variable: string): Finding {
  const hint = hintOf(found)
  const message = `${quote(variable)}: ${found.message}`
  return { ...found, code, message, ...(hint === undefined ? {} : { hint }), of: 'value' }
}

// Only IAM users have a name; keys that begin with a host name are of sessions through that identity provider.
function hasNoValue(key: string): boolean {
  return key.toLowerCase() === 'aws:username' || /[./]/.test(key.slice(0, key.indexOf(':')))
}

function withoutValue(variable: string, path: Path): Finding {
  const message = `${quote(variable)} has no value in sessions of IAM Identity Center, so AWS may never apply the statement`
  const hint = 'these have one: ${aws:userid}, ${aws:PrincipalTag/KEY} and ${identitystore:UserId}'
  return asWarning(atValue(path, code, message, hint))
}
