import { canonical } from '../../model/json.ts'
import { newId } from '../ids.ts'
import { answer, type PageRequest, page } from '../page.ts'
import { partitionOf } from '../partition.ts'
import { conflict, notFound, ServiceError } from '../service-error.ts'
import type { TrustedTokenIssuerRow } from '../state/tables.ts'
import type { Context, Operation, OperationOutput } from './context.ts'
import { instanceFor, instanceToChange } from './scope.ts'
import { refuseReservedKeys, type Tag, tagMap } from './tags.ts'

interface ByIssuer {
  readonly TrustedTokenIssuerArn: string
}

/** Which claim of a token is compared with which attribute of a user. */
interface Mapping {
  readonly ClaimAttributePath: string
  readonly IdentityStoreAttributePath: string
}

/** Where the keys are that tokens are signed with; the model knows one way to find them. */
interface Configuration<M> {
  readonly OidcJwtConfiguration: M & { readonly JwksRetrievalOption?: string }
}

interface NewIssuer {
  readonly InstanceArn: string
  readonly Name: string
  readonly TrustedTokenIssuerConfiguration: Configuration<Mapping & { readonly IssuerUrl: string }>
  readonly ClientToken?: string
  readonly Tags?: readonly Tag[]
}

type Change = ByIssuer & {
  readonly Name?: string
  readonly TrustedTokenIssuerConfiguration?: Configuration<Partial<Mapping>>
}

/** sso-admin: identity providers whose tokens applications may take for users of the instance. */
export const trustedTokenIssuerOperations = {
  CreateTrustedTokenIssuer: (context, input: NewIssuer) => {
    const { arn: instance } = instanceToChange(context, input.InstanceArn)
    refuseReservedKeys((input.Tags ?? []).map(({ Key }) => Key))
    const again = sameRequest(context, input)
    if (again) return { TrustedTokenIssuerArn: again.arn }
    refuseTaken(context, { instance, name: input.Name })
    const row = newIssuer(context, instance, input)
    context.state.put('trustedTokenIssuers', row.arn, row)
    return { TrustedTokenIssuerArn: row.arn }
  },
  UpdateTrustedTokenIssuer: (context, input: Change) => {
    const row = issuerFor(context, input)
    instanceToChange(context, row.instance)
    const { Name: name = row.name, TrustedTokenIssuerConfiguration: configuration } = input
    if (name !== row.name) refuseTaken(context, { instance: row.instance, name })
    const { ClaimAttributePath: claim = row.claim, IdentityStoreAttributePath: attribute = row.attribute } =
      configuration?.OidcJwtConfiguration ?? {}
    context.state.put('trustedTokenIssuers', row.arn, { ...row, name, claim, attribute })
    return {}
  },
  DeleteTrustedTokenIssuer: (context, input: ByIssuer) => {
    const { arn, instance } = issuerFor(context, input)
    instanceToChange(context, instance)
    context.state.remove('trustedTokenIssuers', arn)
    return {}
  },
  DescribeTrustedTokenIssuer: (context, input: ByIssuer) => {
    const row = issuerFor(context, input)
    return {
      ...shown(row),
      TrustedTokenIssuerConfiguration: {
        OidcJwtConfiguration: {
          IssuerUrl: row.issuerUrl,
          ClaimAttributePath: row.claim,
          IdentityStoreAttributePath: row.attribute,
          JwksRetrievalOption: 'OPEN_ID_DISCOVERY',
        },
      },
    }
  },
  ListTrustedTokenIssuers: (context, input: { readonly InstanceArn: string } & PageRequest) => {
    const { arn } = instanceFor(context, input.InstanceArn)
    const rows = [...context.state.rows('trustedTokenIssuers').values()].filter(({ instance }) => instance === arn)
    return answer(
      'TrustedTokenIssuers',
      page(rows, (row) => row.arn, input),
      shown,
    )
  },
} satisfies Record<string, Operation>

/** The issuer behind an ARN, for reading. */
function issuerFor(context: Context, { TrustedTokenIssuerArn }: ByIssuer): TrustedTokenIssuerRow {
  const row = context.state.rows('trustedTokenIssuers').get(TrustedTokenIssuerArn)
  if (!row) throw notFound(`The trusted token issuer ${TrustedTokenIssuerArn}`)
  instanceFor(context, row.instance)
  return row
}

function newIssuer({ state, random }: Context, instance: string, input: NewIssuer): TrustedTokenIssuerRow {
  const owner = state.rows('instances').get(instance)?.owner ?? ''
  const id = instance.slice(instance.lastIndexOf('/') + 1)
  const { OidcJwtConfiguration: configuration } = input.TrustedTokenIssuerConfiguration
  return {
    arn: `arn:${partitionOf(state)}:sso::${owner}:trustedTokenIssuer/${id}/${newId.trustedTokenIssuer(random)}`,
    instance,
    name: input.Name,
    issuerUrl: configuration.IssuerUrl,
    claim: configuration.ClaimAttributePath,
    attribute: configuration.IdentityStoreAttributePath,
    tags: tagMap(input.Tags ?? []),
    ...(input.ClientToken === undefined
      ? {}
      : { request: { token: input.ClientToken, input: canonical(asked(input)) } }),
  }
}

/** What a request asks for, but for the token that makes it known again. */
function asked(input: NewIssuer): OperationOutput {
  const { ClientToken: _token, ...rest } = input
  return JSON.parse(JSON.stringify(rest)) as OperationOutput
}

/**
 * The issuer that an earlier request with the same token has made.
 * @throws ServiceError where that asked for something else.
 */
function sameRequest({ state }: Context, input: NewIssuer): TrustedTokenIssuerRow | undefined {
  if (input.ClientToken === undefined) return undefined
  const found = [...state.rows('trustedTokenIssuers').values()].find(
    ({ request }) => request?.token === input.ClientToken,
  )
  if (found && found.request?.input !== canonical(asked(input)))
    throw new ServiceError(
      'IdempotentParameterMismatch',
      'The client token belongs to a request with other parameters.',
    )
  return found
}

function refuseTaken(
  { state, choices }: Context,
  { instance, name }: Pick<TrustedTokenIssuerRow, 'instance' | 'name'>,
): void {
  if (choices.sameIssuerName === 'allowed') return
  const isTaken = [...state.rows('trustedTokenIssuers').values()].some(
    (row) => row.instance === instance && row.name === name,
  )
  if (isTaken) throw conflict(`A trusted token issuer with the name ${name} already exists.`)
}

function shown({ arn, name }: TrustedTokenIssuerRow): OperationOutput {
  return { TrustedTokenIssuerArn: arn, Name: name, TrustedTokenIssuerType: 'OIDC_JWT' }
}
