import { nameOf } from '../../model/address.ts'
import { quoted } from '../../text/quote.ts'
import { cannotTake, takeNamed } from '../shared/take-named.ts'
import type { Differing, Into } from '../taking.ts'
import { writtenSet } from './adopt.ts'

/** Live permission sets with all that a manifest can say of them. */
export const takeSets = takeNamed<'permission-set'>({
  section: 'permission_sets',
  maps: ['tags'],
  written: (_at, { spec, partial }, isDeclared) => {
    // The rest is read once it is declared.
    if (partial === 'header') return {}
    return { ...(isDeclared ? { session_duration: spec.session_duration } : {}), ...writtenSet(spec) }
  },
  check: refuseUnsayable,
})

function refuseUnsayable(thing: Differing<'permission-set'>, { loaded }: Into): void {
  const { address: at, desired, fields } = thing
  const paths = fields.map(({ path }) => path)
  if (paths.includes('outdated_in'))
    throw cannotTake(
      at,
      'some accounts still have an older version of it, which no file can say',
      'run sso-reconcile apply, which provisions it again',
      desired,
    )
  if (paths.some((path) => path.startsWith('revoked')))
    throw cannotTake(
      at,
      'it differs in the Deny statement of a revocation',
      'run sso-reconcile apply, or undo the revocation with sso-reconcile revoke USER --undo',
      desired,
    )
  const place = loaded.position(['permission_sets', nameOf(at), 'inline_policy'])
  if (!paths.includes('inline_policy') || !desired || place === undefined || place.file === loaded.file) return
  throw cannotTake(
    at,
    `its inline policy is in ${place.file}, a file that adopt does not edit`,
    `change ${quoted(place.file)} by hand as the plan shows, or apply; or move the policy into ${quoted(loaded.file)} as inline_policy and run this again`,
    desired,
  )
}
