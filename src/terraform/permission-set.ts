import { type Address, address } from '../model/address.ts'
import { isObject, type Json } from '../model/json.ts'
import { parsePolicy } from '../policies/document.ts'
import { customerReference, policyArn } from '../policies/names.ts'
import { type Arguments, type Block, expression, jsonEncoded, type Value } from './hcl.ts'
import { namesFor } from './names.ts'
import type { Exported, References } from './references.ts'
import { type Resource, some } from './resource.ts'
import type { SetDetails, Source } from './source.ts'

type Set = Exported<'permission-set'>

/** Permission sets with their policies. Sources: aws_ssoadmin_permission_set and the attachments beside it. */
export function setResources(source: Source, references: References): Resource[] {
  const attached = attachments(references)
  return references.exported['permission-set'].flatMap((set) => {
    const details = source.sets.get(set.id)
    if (!details) return []
    return [headerOf(set, details, source, references), ...contentOf(set, details, source, references, attached)]
  })
}

/** Arguments of the resource that a manifest can leave as they are. */
const headers = ['description', 'session_duration', 'relay_state', 'tags'] as const

function headerOf(set: Set, { header, tags }: SetDetails, { facts }: Source, references: References): Resource {
  // Tags of AWS services are no business of the resource either.
  const own = tags
    .flatMap(({ Key = '', Value = '' }) => (/^aws:/i.test(Key) ? [] : [[Key, Value] as const]))
    .sort(byText)
  const elsewhere = set.keep.filter((field) => !headers.some((one) => one === field))
  return {
    type: 'aws_ssoadmin_permission_set',
    name: references.nameOf('permission-set', set.name),
    id: `${set.id},${facts.instance.arn}`,
    ...(elsewhere.length > 0
      ? { comments: [`Left as in AWS, under keep in the manifest: ${elsewhere.join(', ')}`] }
      : {}),
    arguments: {
      instance_arn: expression('local.instance_arn'),
      name: set.name,
      description: some(header.Description),
      session_duration: header.SessionDuration,
      relay_state: some(header.RelayState),
      tags: own.length === 0 ? undefined : Object.fromEntries(own),
    },
    ignored: headers.filter((field) => set.keep.includes(field)),
  }
}

function byText([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1
}

/** What a resource beside a set has in common with the others. */
interface Beside {
  readonly of: Arguments
  readonly id: string
  readonly name: string
}

function contentOf(
  set: Set,
  { policy }: SetDetails,
  { facts }: Source,
  references: References,
  attached: (set: Address, policy: string) => string,
): Resource[] {
  const { arn } = facts.instance
  const of = {
    instance_arn: expression('local.instance_arn'),
    permission_set_arn: references.to('permission-set', set.at, set.id),
  }
  const beside = { of, id: `${set.id},${arn}`, name: references.nameOf('permission-set', set.name) }
  const { managed_policies = [], customer_managed_policies = [], permissions_boundary } = set.entry.spec
  const isKept = (field: string) => set.keep.includes(field)
  return [
    ...(policy === '' || isKept('inline_policy') ? [] : [inlineOf(policy, beside)]),
    ...(isKept('managed_policies') ? [] : managed_policies).map((name) =>
      managedOf(policyArn(name, { partitionOf: arn }), attached(set.at, name), beside),
    ),
    ...(isKept('customer_managed_policies') ? [] : customer_managed_policies).map((name) =>
      customerOf(name, attached(set.at, name), beside),
    ),
    ...(permissions_boundary && !isKept('permissions_boundary') ? [boundaryOf(permissions_boundary, arn, beside)] : []),
  ]
}

function inlineOf(policy: string, { of, id, name }: Beside): Resource {
  return {
    type: 'aws_ssoadmin_permission_set_inline_policy',
    ...{ name, id },
    arguments: { ...of, inline_policy: policyValue(policy) },
  }
}

/** A policy as Terraform makes the same document of it; one whose numbers or keys a parser would change stays text. */
function policyValue(text: string): Value {
  const document = JSON.parse(text) as Json
  const isExact = JSON.stringify(parsePolicy(text)) === JSON.stringify(document) && !text.includes('__proto__')
  return isExact && isObject(document) ? jsonEncoded(document) : text
}

// The import id is POLICY,SET,INSTANCE.
function managedOf(policy: string, name: string, { of, id }: Beside): Resource {
  return {
    type: 'aws_ssoadmin_managed_policy_attachment',
    ...{ name, id: `${policy},${id}` },
    arguments: { ...of, managed_policy_arn: policy },
  }
}

// The import id is NAME,PATH,SET,INSTANCE.
function customerOf(policy: string, name: string, { of, id }: Beside): Resource {
  const { Name, Path } = customerReference(policy)
  return {
    type: 'aws_ssoadmin_customer_managed_policy_attachment',
    ...{ name, id: `${Name},${Path},${id}` },
    arguments: of,
    blocks: [customerBlock(policy)],
  }
}

function customerBlock(policy: string): Block {
  const { Name, Path } = customerReference(policy)
  return { type: 'customer_managed_policy_reference', arguments: { name: Name, path: Path } }
}

function boundaryOf(
  boundary: NonNullable<Set['entry']['spec']['permissions_boundary']>,
  arn: string,
  { of, id, name }: Beside,
): Resource {
  const inner: Block =
    'managed_policy' in boundary
      ? {
          type: 'permissions_boundary',
          arguments: { managed_policy_arn: policyArn(boundary.managed_policy, { partitionOf: arn }) },
        }
      : { type: 'permissions_boundary', blocks: [customerBlock(boundary.customer_managed_policy)] }
  return { type: 'aws_ssoadmin_permissions_boundary_attachment', ...{ name, id }, arguments: of, blocks: [inner] }
}

/** Names of attachments: of the set and the policy. */
function attachments(references: References): (set: Address, policy: string) => string {
  const key = (set: Address, policy: string) => JSON.stringify([set, policy])
  const pairs = references.exported['permission-set'].flatMap(({ name, entry: { spec } }) =>
    [...(spec.managed_policies ?? []), ...(spec.customer_managed_policies ?? [])].map((policy) => {
      const title = `${references.nameOf('permission-set', name)}_${policy.replace(/^\/+/, '')}`
      return [key(address('permission-set', name), policy), title] as const
    }),
  )
  const names = namesFor(pairs)
  return (set, policy) => names(key(set, policy))
}
