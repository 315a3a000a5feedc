import { unreadIssuers } from '../../access/token-issuers.ts'
import type { Item, Output } from '../../aws/operations.ts'
import type { Reader } from '../../aws/port.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import type { Manifest } from '../../manifest/types.ts'
import { type Address, address } from '../../model/address.ts'
import { answered } from '../../model/answer.ts'
import type { Facts } from '../../model/facts.ts'
import { grouped } from '../../model/grouped.ts'
import type { TrustedTokenIssuerSpec } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'
import type { Observation, ReadContext } from '../contexts.ts'
import { has } from '../shared/declares.ts'
import { renamedTo } from '../shared/renamed.ts'
import { readSetting } from '../shared/setting.ts'
import { markIn, type Tags, userTags } from '../shared/tags.ts'

type Listed = Item<'ListTrustedTokenIssuers'>

/**
 * The trusted token issuers of the instance; none where the manifest does not speak of them and nobody asks. Where nobody has
 * to know them, AWS may refuse to tell. Throws a Refusal where the manifest speaks of them and AWS says no.
 */
export function observeIssuers(context: ReadContext): Promise<Observation<'trusted-token-issuer'>> {
  const { reader, facts, manifest, scope } = context
  // Whoever asks who may open applications wants to know whose tokens these accept.
  const isAsked = scope.settings && scope.applications === 'all'
  const sought = {
    kind: 'trusted-token-issuer' as const,
    name: unreadIssuers,
    isDeclared: speaksOf(manifest.manifest),
    isAsked,
  }
  return readSetting(context, sought, async (how) => {
    const rows = await reader.list('ListTrustedTokenIssuers', { InstanceArn: facts.instance.arn }, how)
    return new Map(await Promise.all(called(rows, manifest).map((one) => entryOf(one, reader, facts))))
  })
}

function speaksOf({ trusted_token_issuers, absent }: Manifest): boolean {
  return trusted_token_issuers !== undefined || has(absent?.trusted_token_issuers)
}

/** An issuer with what addresses and the manifest call it: its ARN where the name is not its own, which no name can look like. */
interface Called {
  readonly arn: string
  readonly name: string
  readonly called: string
}

/** Whether AWS allows several of one name is documented nowhere. Pure. */
function called(rows: readonly Listed[], manifest: LoadedManifest): readonly Called[] {
  const arns = grouped(rows.map(({ Name = '', TrustedTokenIssuerArn = '' }) => [Name, TrustedTokenIssuerArn]))
  return rows.map(({ Name: name = '', TrustedTokenIssuerArn: arn = '' }) => {
    if (name === '' || arns.get(name)?.length !== 1) return { arn, name, called: arn }
    const successor = renamedTo('trusted_token_issuers', name, manifest)
    return { arn, name, called: successor === undefined || arns.has(successor) ? name : successor }
  })
}

async function entryOf(
  one: Called,
  reader: Reader,
  { instance }: Facts & ReadContext['facts'],
): Promise<[Address, Entry<'trusted-token-issuer'>]> {
  const [described, tags] = await Promise.all([
    reader.get('DescribeTrustedTokenIssuer', { TrustedTokenIssuerArn: one.arn }),
    reader.list('ListTagsForResource', { InstanceArn: instance.arn, ResourceArn: one.arn }),
  ])
  const mark = markIn(tags)
  const spec = { ...(one.name === one.called ? {} : { name: one.name }), ...specOf(described, userTags(tags)) }
  return [address('trusted-token-issuer', one.called), { spec, ref: one.arn, ...(mark === undefined ? {} : { mark }) }]
}

/** What an answer of AWS says of an issuer. Throws a Refusal where that is not all of it. Pure. */
export function specOf(
  { TrustedTokenIssuerType: type, TrustedTokenIssuerConfiguration: found }: Output<'DescribeTrustedTokenIssuer'>,
  tags: Tags,
): TrustedTokenIssuerSpec {
  const { IssuerUrl, ClaimAttributePath, IdentityStoreAttributePath } = found?.OidcJwtConfiguration ?? {}
  const isKnown = type === undefined || type === 'OIDC_JWT'
  const told = (value: string | undefined, what: string) =>
    isKnown ? answered(value, 'sso:DescribeTrustedTokenIssuer', what) : (value ?? '')
  return {
    ...(isKnown ? {} : { type }),
    issuer_url: told(IssuerUrl, 'an issuer URL'),
    claim: told(ClaimAttributePath, 'a claim'),
    attribute: told(IdentityStoreAttributePath, 'an attribute'),
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
  }
}
