import { calledOf } from '../../manifest/called.ts'
import type { Address } from '../../model/address.ts'
import type { Entry } from '../../model/state.ts'
import type { DeleteContext, DeleteReason } from '../contexts.ts'
import { listedAsAbsent } from '../shared/absent.ts'

/**
 * Why a live issuer goes: it is listed under `absent`, or carries the mark of this manifest and is no longer in it. One of several of a name
 * that the manifest declares stays, because nobody knows which of them is meant.
 */
export function reasonToDelete(
  at: Address,
  { mark, spec }: Entry<'trusted-token-issuer'>,
  { manifest, facts }: DeleteContext,
): DeleteReason | undefined {
  const issuers = manifest.manifest.trusted_token_issuers
  const isMeant = spec.name !== undefined && issuers !== undefined && Object.hasOwn(issuers, spec.name)
  const isNamed = spec.name !== undefined && manifest.manifest.absent?.trusted_token_issuers?.includes(spec.name)
  if (isMeant || isNamed) return undefined
  const listed = listedAsAbsent('trusted_token_issuers', at, manifest)
  const pruned = issuers !== undefined && mark === facts.owner
  return listed ?? (pruned ? { reason: `no longer in ${calledOf(manifest)}` } : undefined)
}
