import { nameOf } from '../../model/address.ts'
import type { Unkept } from '../../model/keeping.ts'
import { quoted } from '../../text/quote.ts'
import type { Behaviour } from '../behaviour.ts'
import { deniedTo } from '../shared/revoked-words.ts'
import { takeNamed } from '../shared/take-named.ts'
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
  unsayable,
})

function unsayable(
  { address: at, desired, fields }: Differing<'permission-set'>,
  { loaded }: Pick<Into, 'loaded'>,
): Unkept | undefined {
  const paths = fields.map(({ path }) => path)
  const declared = desired?.at ? { at: desired.at } : {}
  if (paths.includes('outdated_in'))
    return { why: 'some accounts still have an older version of it, which no file can say', ...declared }
  const place = loaded.position(['permission_sets', nameOf(at), 'inline_policy'])
  if (!paths.includes('inline_policy') || !desired || place === undefined || isOwn(place.file, loaded)) return undefined
  return {
    why: `its inline policy is in ${place.file}, a file that adopt does not edit`,
    instead: `change ${quoted(place.file)} by hand as the plan shows, or move the policy into ${quoted(desired.at?.file ?? loaded.file)} as inline_policy and adopt it then`,
    ...declared,
  }
}

function isOwn(file: string, { file: manifest, parts = [] }: Into['loaded']): boolean {
  return file === manifest || parts.some((one) => one.file === file)
}

/** What of its difference is the Deny statement of a revocation. Pure. */
export const decidedByDenial: NonNullable<Behaviour<'permission-set'>['decided']> = ({ fields }, { loaded }) => {
  const users = fields.flatMap(({ path }) => (path.startsWith(denied) ? [path.slice(denied.length)] : []))
  return users.length === 0 ? undefined : deniedTo(users, loaded)
}

const denied = 'revoked.'
