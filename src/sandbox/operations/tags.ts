import { present } from '../../model/json.ts'
import { type PageRequest, page } from '../page.ts'
import { invalid, notFound } from '../service-error.ts'
import type { Context, Operation } from './context.ts'
import { instanceFor, instanceToChange, setsInstance } from './scope.ts'

/** A tag on the wire. */
export interface Tag {
  readonly Key: string
  readonly Value: string
}

interface ByResource {
  readonly InstanceArn?: string
  readonly ResourceArn: string
}

/** sso-admin: tags of permission sets, applications, trusted token issuers and instances. */
export const tagOperations = {
  TagResource: (context, input: ByResource & { Tags: readonly Tag[] }) => {
    refuseReservedKeys(input.Tags.map(({ Key }) => Key))
    const { tags, store } = taggable(context, input, 'write')
    store({ ...tags, ...tagMap(input.Tags) })
    return {}
  },
  UntagResource: (context, input: ByResource & { TagKeys: readonly string[] }) => {
    refuseReservedKeys(input.TagKeys)
    const { tags, store } = taggable(context, input, 'write')
    store(Object.fromEntries(Object.entries(tags).filter(([key]) => !input.TagKeys.includes(key))))
    return {}
  },
  ListTagsForResource: (context, input: ByResource & PageRequest) => {
    const { items, next } = page(tagList(taggable(context, input, 'read').tags), ({ Key }) => Key, input)
    return present({ Tags: items.map((tag) => ({ ...tag })), NextToken: next })
  },
} satisfies Record<string, Operation>

/**
 * Keys in the name of AWS are its own, whatever their case.
 * @throws ServiceError ValidationException
 */
export function refuseReservedKeys(keys: readonly string[]): void {
  const reserved = keys.find((key) => key.toLowerCase().startsWith('aws:'))
  if (reserved !== undefined) throw invalid(`The tag key ${reserved} begins with aws:, which is reserved.`)
}

/** Tags as a map. */
export function tagMap(tags: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
}

/** Tags as they go over the wire. */
export function tagList(tags: Readonly<Record<string, string>>): readonly Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

type Tags = Readonly<Record<string, string>>

function taggable(
  context: Context,
  input: ByResource,
  access: 'read' | 'write',
): { readonly tags: Tags; readonly store: (tags: Tags) => void } {
  const { state } = context
  const set = state.rows('permissionSets').get(input.ResourceArn)
  if (set) {
    setsInstance(context, set.instance)
    return { tags: set.tags, store: (tags) => state.put('permissionSets', set.arn, { ...set, tags }) }
  }
  const application = state.rows('applications').get(input.ResourceArn)
  if (application) {
    instanceFor(context, application.instance)
    const { arn, tags = {} } = application
    return { tags, store: (next) => state.put('applications', arn, { ...application, tags: next }) }
  }
  const issuer = state.rows('trustedTokenIssuers').get(input.ResourceArn)
  if (issuer) {
    const find = access === 'write' ? instanceToChange : instanceFor
    find(context, issuer.instance)
    return { tags: issuer.tags, store: (tags) => state.put('trustedTokenIssuers', issuer.arn, { ...issuer, tags }) }
  }
  if (!state.rows('instances').has(input.ResourceArn)) throw notFound(`The resource ${input.ResourceArn}`)
  const find = access === 'write' ? instanceToChange : instanceFor
  const instance = find(context, input.ResourceArn)
  return { tags: instance.tags, store: (tags) => state.put('instances', instance.arn, { ...instance, tags }) }
}
