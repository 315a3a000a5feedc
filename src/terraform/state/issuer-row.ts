import { isUserTag } from '../../kinds/shared/tags.ts'
import { filled, isObject, type JsonObject } from '../../model/json.ts'
import { listOf } from './claim.ts'

/** A trusted token issuer in the manifest's words, as its resource has it. Source: aws_ssoadmin_trusted_token_issuer. */
export function issuerRow(values: JsonObject): JsonObject {
  const [configuration] = listOf(values, 'trusted_token_issuer_configuration').filter(isObject)
  const [found = {}] = configuration ? listOf(configuration, 'oidc_jwt_configuration').filter(isObject) : []
  // `tags_all` has the default tags of the provider too.
  const { tags, tags_all: all } = values
  const own = Object.entries(isObject(all) ? all : isObject(tags) ? tags : {}).filter(([key]) => isUserTag(key))
  return filled({
    issuer_url: found.issuer_url,
    claim: found.claim_attribute_path,
    attribute: found.identity_store_attribute_path,
    tags: Object.fromEntries(own),
  })
}
