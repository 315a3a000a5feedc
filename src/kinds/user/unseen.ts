import { nameOf } from '../../model/address.ts'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import type { State } from '../../model/state.ts'
import { listed } from '../../text/list.ts'
import type { LiveContext } from '../contexts.ts'
import { enterpriseKeys, speaksOfEnterprise } from './enterprise.ts'

/**
 * Attributes that are to be empty, where no answer showed one of any user: an answer leaves the extension out of which a user has nothing,
 * and so does a server that does not know it. What is to be set needs no warning, because the result is verified. Pure.
 */
export function clearsUnseen({ manifest, live, desired }: LiveContext & { readonly desired: State }): Diagnostic[] {
  if ([...live.user.values()].some(({ spec }) => speaksOfEnterprise(spec))) return []
  const cleared = [...desired.user].flatMap(([at, { spec }]) => {
    const key = live.user.has(at) ? enterpriseKeys.find((one) => spec[one] === '') : undefined
    return key === undefined ? [] : [{ name: nameOf(at), key }]
  })
  const [first] = cleared
  if (!first) return []
  const at = manifest.position(['users', first.name, first.key], 'key')
  const names = listed(cleared.map(({ name }) => name))
  return [
    warning(
      'enterprise-unseen',
      `${first.key.replaceAll('_', ' ')} of ${names} is to be empty, but Identity Center returned no such attributes of any user, so whether it is cannot be told`,
      {
        hint: 'ignore this if no user has any; otherwise check in the console, since older servers do not return them',
        ...(at ? { at } : {}),
      },
    ),
  ]
}
