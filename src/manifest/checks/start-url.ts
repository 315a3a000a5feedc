import { portalForms, startUrlProblem } from '../../model/portal-address.ts'
import { atValue, quote } from '../finding.ts'
import { textAt } from '../view.ts'
import type { Check } from './check.ts'

/** People are sent to the start URL to sign in, so that it has to be a portal of AWS. */
export const checkStartUrl: Check = (manifest) => {
  const url = textAt(manifest, 'identity_center', 'start_url')
  // Of what is no web address the schema has told.
  const problem = url !== undefined && /^https:\/\/[^\s/]\S*$/.test(url) ? startUrlProblem(url) : undefined
  if (url === undefined || problem === undefined) return []
  const hint = `write the AWS access portal URL as shown in the console: ${portalForms}; not a custom address that redirects there`
  return [atValue(['identity_center', 'start_url'], 'start-url', `start_url: ${quote(url)} ${problem}`, hint)]
}
