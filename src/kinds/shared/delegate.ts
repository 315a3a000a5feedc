import { type Address, shownAddress } from '../../model/address.ts'
import { type Diagnostic, error } from '../../model/diagnostic.ts'
import type { Verb } from '../../model/operation.ts'

/** What a delegated administrator must not touch: AWS denies it whatever is in the management account. */
export function beyondDelegate(verb: Verb, at: Address): Diagnostic {
  return error(
    'delegated-administrator',
    `a delegated administrator cannot ${verb} ${shownAddress(at)}: its permission set is used in the management account`,
    { hint: 'run this with credentials of the management account' },
  )
}
