import { type Address, nameOf } from '../../model/address.ts'
import type { Verb } from '../../model/operation.ts'
import type { Change } from '../contexts.ts'
import type { FieldWords } from '../declaration.ts'

/** How the fields of an issuer are shown. */
export const words: FieldWords = {
  name: (path) => names[path] ?? path,
}

const names: Readonly<Record<string, string>> = {
  issuer_url: 'issuer URL',
  claim: 'token claim',
  attribute: 'user attribute',
}

/** What a change leads to for the applications that trust an issuer. Pure. */
export function effectOf(
  verb: Verb,
  at: Address,
  { before, after }: Change<'trusted-token-issuer'>,
): string | undefined {
  const name = nameOf(at)
  const trusting = `applications that trust ${before?.name ?? name}`
  if (verb === 'delete' || !after) return `${trusting} no longer accept its tokens`
  const taken = `accept its tokens for the user whose ${after.attribute} equals the claim ${after.claim}`
  if (!before) return `applications that trust ${name} ${taken}`
  const isMapped = before.claim === after.claim && before.attribute === after.attribute
  const parts = [
    ...(isMapped ? [] : [`from now on ${trusting} ${taken}`]),
    ...(before.name === after.name ? [] : [`applications that trust it still do`]),
  ]
  return parts.join('; ') || undefined
}
