import { address, nameOf } from '../../model/address.ts'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import type { State } from '../../model/state.ts'
import type { LiveContext } from '../contexts.ts'

/** Names under `revoked` that no user has: a misspelt one would revoke nobody, and nothing else would say so. Pure. */
export function revokedNobody({ manifest, live, desired }: LiveContext & { readonly desired: State }): Diagnostic[] {
  const names = [...live.user.keys()].map(nameOf)
  const missing = Object.keys(manifest.manifest.revoked ?? {}).filter(
    (name) => !live.user.has(address('user', name)) && !desired.user.has(address('user', name)),
  )
  return missing.map((name) => {
    const twin = names.find((one) => one.toLowerCase() === name.toLowerCase())
    const at = manifest.position(['revoked', name], 'key')
    return warning(
      'revoked-unknown',
      `${name} is revoked, but Identity Center has no such user${twin ? `; ${twin} exists` : ''}`,
      {
        hint: twin
          ? `write ${twin}: names must match exactly`
          : 'correct the name, or remove the entry if the user no longer exists',
        ...(at ? { at } : {}),
      },
    )
  })
}
