import {
  AddRegionCommand,
  CreateTrustedTokenIssuerCommand,
  type CreateTrustedTokenIssuerCommandInput,
  DeleteTrustedTokenIssuerCommand,
  DescribeTrustedTokenIssuerCommand,
  ListRegionsCommand,
  ListTagsForResourceCommand,
  ListTrustedTokenIssuersCommand,
  paginateListTrustedTokenIssuers,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTrustedTokenIssuerCommand,
} from '@aws-sdk/client-sso-admin'
import { describe, expect, it } from 'vitest'
import { admin, clients, management, region, thrown } from './harness.ts'
import { world } from './world.ts'

type Changes = Partial<CreateTrustedTokenIssuerCommandInput>

const mapping = { ClaimAttributePath: 'email', IdentityStoreAttributePath: 'emails.value' }
const jwks = { JwksRetrievalOption: 'OPEN_ID_DISCOVERY' } as const
const configuration = (IssuerUrl = 'https://example.okta.com', more: object = {}) => ({
  OidcJwtConfiguration: { IssuerUrl, ...mapping, ...jwks, ...more },
})

async function newWorld() {
  const here = await world()
  const create = async (changes: Changes = {}) => {
    const request = {
      ...{ InstanceArn: here.InstanceArn, Name: 'okta', TrustedTokenIssuerType: 'OIDC_JWT' as const },
      TrustedTokenIssuerConfiguration: configuration(),
      ...changes,
    }
    return (await here.aws.admin.send(new CreateTrustedTokenIssuerCommand(request))).TrustedTokenIssuerArn ?? ''
  }
  return { here, create, send: here.aws.admin.send.bind(here.aws.admin) as typeof here.aws.admin.send }
}

describe('trusted token issuers', () => {
  it('are made, described, listed, changed, tagged and deleted', async () => {
    const { here, create, send } = await newWorld()
    const { InstanceArn } = here
    const arn = await create({ Tags: [{ Key: 'a', Value: 'b' }] })
    const id = InstanceArn.slice(InstanceArn.lastIndexOf('/') + 1)
    expect(arn).toMatch(
      new RegExp(`^arn:aws:sso::${management}:trustedTokenIssuer/${id}/tti-[0-9a-f]{8}-[-0-9a-f]{27}$`),
    )
    const of = { TrustedTokenIssuerArn: arn }
    const head = { ...of, Name: 'okta', TrustedTokenIssuerType: 'OIDC_JWT' }
    expect((await send(new ListTrustedTokenIssuersCommand({ InstanceArn }))).TrustedTokenIssuers).toEqual([head])
    expect(await send(new DescribeTrustedTokenIssuerCommand(of))).toMatchObject({
      ...head,
      TrustedTokenIssuerConfiguration: configuration(),
    })
    // What an update leaves out stays.
    await send(new UpdateTrustedTokenIssuerCommand({ ...of, Name: 'new' }))
    const sub = { OidcJwtConfiguration: { ClaimAttributePath: 'preferred_username' } }
    await send(new UpdateTrustedTokenIssuerCommand({ ...of, TrustedTokenIssuerConfiguration: sub }))
    expect(await send(new DescribeTrustedTokenIssuerCommand(of))).toMatchObject({
      Name: 'new',
      TrustedTokenIssuerConfiguration: configuration(undefined, { ClaimAttributePath: 'preferred_username' }),
    })
    const resource = { InstanceArn, ResourceArn: arn }
    await send(new TagResourceCommand({ ...resource, Tags: [{ Key: 'c', Value: 'd' }] }))
    await send(new UntagResourceCommand({ ...resource, TagKeys: ['a'] }))
    expect((await send(new ListTagsForResourceCommand(resource))).Tags).toEqual([{ Key: 'c', Value: 'd' }])
    await send(new DeleteTrustedTokenIssuerCommand(of))
    const gone = [
      send(new DescribeTrustedTokenIssuerCommand(of)),
      send(new UpdateTrustedTokenIssuerCommand(of)),
      send(new DeleteTrustedTokenIssuerCommand(of)),
      send(new ListTagsForResourceCommand(resource)),
    ]
    for (const error of await Promise.all(gone.map(thrown))) {
      expect(error).toMatchObject({ name: 'ResourceNotFoundException' })
    }
  })

  it('come in pages', async () => {
    const { here, create } = await newWorld()
    for (let n = 0; n < 23; n++) await create({ Name: `i${n}` })
    const pages: number[] = []
    for await (const { TrustedTokenIssuers = [] } of paginateListTrustedTokenIssuers(
      { client: here.aws.admin },
      { InstanceArn: here.InstanceArn },
    ))
      pages.push(TrustedTokenIssuers.length)
    expect(pages).toEqual([10, 10, 3])
  })

  it('are made once for one client token, which stands for one request', async () => {
    const { here, create, send } = await newWorld()
    const arn = await create({ ClientToken: 'one' })
    expect(await create({ ClientToken: 'one' })).toBe(arn)
    expect(await thrown(create({ ClientToken: 'one', Name: 'other' }))).toMatchObject({
      name: 'IdempotentParameterMismatch',
    })
    const { InstanceArn } = here
    expect((await send(new ListTrustedTokenIssuersCommand({ InstanceArn }))).TrustedTokenIssuers).toHaveLength(1)
  })

  it.each(['conflict', 'allowed'])('of the same name: %s', async (sameIssuerName) => {
    const { here, create, send } = await newWorld()
    await admin(here.url, 'PUT', 'faults', { unconfirmed: { sameIssuerName } })
    await create()
    const other = await create({ Name: 'other' })
    const calls = [create(), send(new UpdateTrustedTokenIssuerCommand({ TrustedTokenIssuerArn: other, Name: 'okta' }))]
    const ends = await Promise.all(
      calls.map((one) =>
        one.then(
          () => 'allowed',
          ({ name }: Error) => name,
        ),
      ),
    )
    expect(ends).toEqual(
      Array.from({ length: 2 }, () => (sameIssuerName === 'allowed' ? 'allowed' : 'ConflictException')),
    )
  })

  it.each<[string, Changes]>([
    ['a name with a colon', { Name: 'a:b' }],
    ['no web address', { TrustedTokenIssuerConfiguration: configuration('example.okta.com') }],
    [
      'a path of four parts',
      { TrustedTokenIssuerConfiguration: configuration(undefined, { ClaimAttributePath: 'a.b.c.d' }) },
    ],
    [
      'a path with a bracket',
      { TrustedTokenIssuerConfiguration: configuration(undefined, { IdentityStoreAttributePath: 'emails[0]' }) },
    ],
    [
      'no way to the keys',
      { TrustedTokenIssuerConfiguration: configuration(undefined, { JwksRetrievalOption: undefined }) },
    ],
    ['a tag of AWS', { Tags: [{ Key: 'aws:x', Value: 'y' }] }],
  ])('with %s are refused', async (_what, changes) => {
    const { create } = await newWorld()
    expect(await thrown(create(changes))).toMatchObject({ name: 'ValidationException' })
  })

  it('are read in further Regions, and written in the primary one alone', async () => {
    const { here, create, send } = await newWorld()
    const { InstanceArn } = here
    const TrustedTokenIssuerArn = await create()
    await send(new AddRegionCommand({ InstanceArn, RegionName: 'eu-west-1' }))
    await send(new ListRegionsCommand({ InstanceArn }))
    const away = clients(here.url, 'dummy', 'eu-west-1').admin
    expect((await away.send(new ListTrustedTokenIssuersCommand({ InstanceArn }))).TrustedTokenIssuers).toHaveLength(1)
    expect((await away.send(new DescribeTrustedTokenIssuerCommand({ TrustedTokenIssuerArn }))).Name).toBe('okta')
    const resource = { InstanceArn, ResourceArn: TrustedTokenIssuerArn }
    expect((await away.send(new ListTagsForResourceCommand(resource))).Tags).toEqual([])
    const refused = [
      away.send(new UpdateTrustedTokenIssuerCommand({ TrustedTokenIssuerArn, Name: 'new' })),
      away.send(new DeleteTrustedTokenIssuerCommand({ TrustedTokenIssuerArn })),
      away.send(new TagResourceCommand({ ...resource, Tags: [{ Key: 'a', Value: 'b' }] })),
    ]
    for (const error of await Promise.all(refused.map(thrown))) {
      const message = expect.stringContaining(`primary Region ${region}`)
      expect(error).toMatchObject({ name: 'ValidationException', message })
    }
  })

  it('are nobody else’s to see', async () => {
    const { here, create } = await newWorld()
    const TrustedTokenIssuerArn = await create()
    const member = clients(here.url, 'AKIA222233334444TEST').admin
    const { InstanceArn } = here
    expect(await thrown(member.send(new ListTrustedTokenIssuersCommand({ InstanceArn })))).toMatchObject({
      name: 'AccessDeniedException',
    })
    expect(await thrown(member.send(new DescribeTrustedTokenIssuerCommand({ TrustedTokenIssuerArn })))).toMatchObject({
      name: 'AccessDeniedException',
    })
  })
})
