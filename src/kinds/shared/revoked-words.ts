import type { LoadedManifest } from '../../manifest/load.ts'
import type { Unkept } from '../../model/keeping.ts'
import { about } from '../../text/quote.ts'
import { isRevoked, revokedSince } from './revocation.ts'

/** Why nothing of these users is kept, where one of them has lost all access by the manifest. Pure. */
export function ofRevoked(users: readonly string[], loaded: LoadedManifest): Unkept | undefined {
  const user = users.find((one) => revokedSince(one, loaded) !== undefined)
  return user === undefined ? undefined : revocationWords(user, loaded)
}

/** Why what a revocation changes of a thing is not kept: the one of the first of these users whom the manifest names. Pure. */
export function deniedTo(users: readonly string[], loaded: LoadedManifest): Unkept {
  const user = users.find((one) => isRevoked(one, loaded))
  if (user !== undefined) return revocationWords(user, loaded)
  return { why: 'it differs in the Deny statement of a revocation', decides: 'revocation' }
}

function revocationWords(user: string, loaded: LoadedManifest): Unkept {
  const since = revokedSince(user, loaded)
  const at = loaded.position(['revoked', user], 'key')
  const what = since === undefined ? `sessions of ${user}` : `access of ${user} revoked at ${since}`
  return {
    why: `the plan changes it because of a revocation (${what})`,
    instead: `undo the revocation${at ? ` at ${at.file}:${at.line}` : ''} with ${about('revoke', [user], ' --undo')}`,
    decides: 'revocation',
    ...(at ? { at } : {}),
  }
}
