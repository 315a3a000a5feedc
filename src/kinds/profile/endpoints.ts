import { endpointsOn } from '../../local/identity/endpoint.ts'
import type { Sources } from '../../local/identity/settings.ts'
import { type Address, nameOf } from '../../model/address.ts'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import type { Entry } from '../../model/state.ts'

/**
 * Desired profiles whose login is asked of another address than AWS: who one is there, a stand-in for AWS says. Nothing is said of what the manifest
 * asks for itself. Pure.
 */
export function otherEndpoints(
  desired: readonly (readonly [Address, Entry<'profile'>])[],
  sources: Sources,
): readonly Diagnostic[] {
  const endpointOf = endpointsOn(sources)
  return desired.flatMap(([at, { spec }]) => {
    const other = endpointOf(nameOf(at))
    if (!other || spec[other.key]) return []
    return [
      warning(
        'profile-endpoint',
        `profile ${nameOf(at)} checks its identity at ${other.url} instead of AWS, because of ${other.key}; that may not be this Identity Center`,
        {
          hint: `delete that address to use AWS itself; otherwise declare ${other.key} under settings of the profile in the manifest`,
          unmet: at,
          at: other.at,
        },
      ),
    ]
  })
}
