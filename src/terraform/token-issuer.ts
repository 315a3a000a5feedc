import { ownershipTag } from '../kinds/shared/tags.ts'
import { nameOf } from '../model/address.ts'
import { sortedEntries } from '../model/state.ts'
import { expression } from './hcl.ts'
import { namesFor } from './names.ts'
import type { Resource } from './resource.ts'
import type { Source } from './source.ts'

/** Trusted token issuers. The import id is the ARN. Source: aws_ssoadmin_trusted_token_issuer. */
export function issuerResources({ desired, live }: Source): Resource[] {
  const declared = sortedEntries(desired['trusted-token-issuer']).filter(([, { external }]) => !external)
  const names = namesFor(declared.map(([at]) => [nameOf(at), nameOf(at)]))
  return declared.flatMap(([at]) => {
    const { spec, ref, mark } = live['trusted-token-issuer'].get(at) ?? {}
    if (spec === undefined || ref === undefined || spec.type !== undefined) return []
    const tags = { ...(mark === undefined ? {} : { [ownershipTag]: mark }), ...spec.tags }
    const sorted = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))
    return {
      type: 'aws_ssoadmin_trusted_token_issuer',
      ...{ name: names(nameOf(at)), id: ref },
      arguments: {
        name: spec.name ?? nameOf(at),
        instance_arn: expression('local.instance_arn'),
        trusted_token_issuer_type: 'OIDC_JWT',
        tags: sorted.length === 0 ? undefined : Object.fromEntries(sorted),
      },
      blocks: [
        {
          type: 'trusted_token_issuer_configuration',
          blocks: [
            {
              type: 'oidc_jwt_configuration',
              arguments: {
                claim_attribute_path: spec.claim,
                identity_store_attribute_path: spec.attribute,
                issuer_url: spec.issuer_url,
                jwks_retrieval_option: 'OPEN_ID_DISCOVERY',
              },
            },
          ],
        },
      ],
    }
  })
}
