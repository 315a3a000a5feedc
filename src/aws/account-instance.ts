import { consolePage, deleting, enabling } from '../model/console.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'

/**
 * What to say where an account instance stands in the way: it cannot hold permission sets, and nothing turns it into an organization
 * instance (UG/identity-center-instances).
 */
export function accountInstance(region: string): Diagnostic {
  return error(
    'instance-of-account',
    `only an account instance of Identity Center exists in ${region}, and it cannot hold permission sets`,
    {
      hint: `enable the organization instance in the management account: ${consolePage(region)} (${enabling}); if the account instance is in that account itself, delete it first: ${consolePage(region, 'settings')} (${deleting})`,
    },
  )
}
