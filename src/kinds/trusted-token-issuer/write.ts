import type { Item } from '../../aws/operations.ts'
import { type Address, nameOf } from '../../model/address.ts'
import { answered } from '../../model/answer.ts'
import { canonical } from '../../model/json.ts'
import type { TrustedTokenIssuerSpec } from '../../model/specs.ts'
import type { WriteContext } from '../contexts.ts'
import { appeared } from '../shared/appeared.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { settled } from '../shared/settled.ts'
import { ownershipTag, tagList, writeTags } from '../shared/tags.ts'
import { specOf } from './live-issuers.ts'

/** Creates an issuer with the ownership tag in the same call. */
export async function createIssuer(Name: string, spec: TrustedTokenIssuerSpec, context: WriteContext): Promise<string> {
  const { writer, facts } = context
  const created = await writer.send(
    'CreateTrustedTokenIssuer',
    {
      InstanceArn: facts.instance.arn,
      Name,
      TrustedTokenIssuerType: 'OIDC_JWT',
      TrustedTokenIssuerConfiguration: {
        OidcJwtConfiguration: {
          ...mapping(spec),
          IssuerUrl: spec.issuer_url,
          // The only one there is.
          JwksRetrievalOption: 'OPEN_ID_DISCOVERY',
        },
      },
      Tags: tagList(marked(spec, context)),
    },
    async (mayBeOurs) => {
      const found = await sameName(Name, context)
      if (!found?.TrustedTokenIssuerArn) return undefined
      const isSame = found.Name === Name && (await isAsAsked(found.TrustedTokenIssuerArn, spec, context))
      const asAsked = isSame ? { TrustedTokenIssuerArn: found.TrustedTokenIssuerArn } : undefined
      return appeared({ what: `trusted token issuer ${found.Name}`, mayBeOurs, asAsked }, context)
    },
  )
  return answered(created.TrustedTokenIssuerArn, 'sso:CreateTrustedTokenIssuer', 'an ARN')
}

/** Changes what differs: the name and the mapping in one call, then the tags. */
export async function updateIssuer(
  at: Address,
  before: TrustedTokenIssuerSpec,
  after: TrustedTokenIssuerSpec,
  context: WriteContext,
): Promise<undefined> {
  const arn = context.ref(at)
  const name = before.name === after.name ? {} : { Name: nameOf(at) }
  if ('Name' in name || !isMappedAlike(before, after)) {
    const request = {
      TrustedTokenIssuerArn: arn,
      ...name,
      TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: mapping(after) },
    }
    await settled(
      () => context.writer.send('UpdateTrustedTokenIssuer', request),
      () => holds(arn, nameOf(at), after, context),
      context,
    )
  }
  await writeTags(arn, before.tags ?? {}, after.tags ?? {}, context)
}

/** Deletes an issuer. */
export function deleteIssuer(TrustedTokenIssuerArn: string, context: WriteContext): Promise<undefined> {
  const { writer } = context
  return settled(
    () => ignoreNotFound(() => writer.send('DeleteTrustedTokenIssuer', { TrustedTokenIssuerArn })),
    async () => !(await all(context)).some((one) => one.TrustedTokenIssuerArn === TrustedTokenIssuerArn),
    context,
  )
}

function mapping({ claim, attribute }: TrustedTokenIssuerSpec) {
  return { ClaimAttributePath: claim, IdentityStoreAttributePath: attribute }
}

function marked({ tags = {} }: TrustedTokenIssuerSpec, { facts }: WriteContext) {
  return { [ownershipTag]: facts.owner, ...tags }
}

function isMappedAlike(a: TrustedTokenIssuerSpec, b: TrustedTokenIssuerSpec): boolean {
  return a.claim === b.claim && a.attribute === b.attribute
}

function all({ writer, facts }: WriteContext): Promise<readonly Item<'ListTrustedTokenIssuers'>[]> {
  return writer.list('ListTrustedTokenIssuers', { InstanceArn: facts.instance.arn })
}

async function sameName(name: string, context: WriteContext) {
  const issuers = await all(context)
  const form = (text: string) => text.toLowerCase()
  return issuers.find((one) => one.Name === name) ?? issuers.find((one) => form(one.Name ?? '') === form(name))
}

async function isAsAsked(arn: string, spec: TrustedTokenIssuerSpec, context: WriteContext): Promise<boolean> {
  const { writer, facts } = context
  const [described, rows] = await Promise.all([
    writer.get('DescribeTrustedTokenIssuer', { TrustedTokenIssuerArn: arn }),
    writer.list('ListTagsForResource', { InstanceArn: facts.instance.arn, ResourceArn: arn }),
  ])
  const tags = Object.fromEntries(rows.map(({ Key = '', Value = '' }) => [Key, Value]))
  return canonical(specOf(described, tags)) === canonical({ ...spec, tags: marked(spec, context) })
}

async function holds(
  arn: string,
  name: string,
  spec: TrustedTokenIssuerSpec,
  { writer }: WriteContext,
): Promise<boolean> {
  const described = await writer.get('DescribeTrustedTokenIssuer', { TrustedTokenIssuerArn: arn })
  return described.Name === name && isMappedAlike(specOf(described, {}), spec)
}
