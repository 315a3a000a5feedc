import { error, Refusal } from '../model/diagnostic.ts'
import type { CommonOptions, Runtime } from './runtime.ts'

/**
 * Names of the variables that a manifest may take in this run: those of `--env`, and those of SSO_RECONCILE_ENV between commas or
 * spaces. Never from a file that somebody else may have written. Throws a Refusal for what is no name, without showing it: it may be a value.
 */
export function allowedVariables(
  { variables = [] }: Pick<CommonOptions, 'variables'>,
  { SSO_RECONCILE_ENV: listed = '' }: Runtime['env'],
): ReadonlySet<string> {
  const more = listed.split(/[\s,]+/).filter((name) => name !== '')
  if (!variables.every(isName)) throw noName('--env')
  if (!more.every(isName)) throw noName('SSO_RECONCILE_ENV')
  return new Set([...variables, ...more])
}

function isName(text: string): boolean {
  return /^[A-Za-z0-9_]+$/.test(text)
}

function noName(where: string): Refusal {
  const message = `${where} takes names of environment variables: letters, digits and _, without $ and without values`
  return new Refusal(
    error('usage', message, { hint: 'for example --env COMPANY_DOMAIN, or SSO_RECONCILE_ENV=COMPANY_DOMAIN' }),
  )
}
