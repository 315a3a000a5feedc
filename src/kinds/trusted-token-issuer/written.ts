import type { JsonObject } from '../../model/json.ts'
import type { TrustedTokenIssuerSpec } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'

/** A spec in the manifest's words. Pure. */
export function writtenIssuer({ issuer_url, claim, attribute, tags }: TrustedTokenIssuerSpec): JsonObject {
  return { issuer_url, claim, attribute, ...(tags ? { tags } : {}) }
}

/** Why no manifest can say what is live of an issuer; undefined where one can. Pure. */
export function whyUnsayable(called: string, { spec, ref }: Entry<'trusted-token-issuer'>): string | undefined {
  if (spec.type !== undefined) return `it is of type ${spec.type}, which is unknown`
  return called === ref ? 'another one has the same name' : undefined
}
