import { assignmentParts, membershipParts } from '../../model/address.ts'
import type { Json } from '../../model/json.ts'
import { atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, texts } from '../view.ts'
import type { Check } from './check.ts'

/** What `revoke --undo` gives back to a user must have been that user's own. */
export const checkRevoked: Check = (manifest) =>
  entries(at(manifest, 'revoked')).flatMap(([user, entry]) =>
    taken(user, at(entry, 'taken'), ['revoked', user, 'taken']),
  )

function taken(user: string, list: Json | undefined, path: Path): readonly Finding[] {
  return texts(list).flatMap(([index, text]) => {
    const holder = holderOf(text)
    // What is no address of a grant is found by the schema.
    if (holder === undefined || holder === user) return []
    const message = `${quote(text)} is a grant of ${quote(holder)}, not of ${quote(user)}`
    return [atValue([...path, index], 'revocation', message, `move it to ${quote(holder)}, or remove it`)]
  })
}

function holderOf(text: string): string | undefined {
  const { principal } = assignmentParts(text) ?? {}
  return membershipParts(text)?.user ?? (principal?.type === 'user' ? principal.name : undefined)
}
