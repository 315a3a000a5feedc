import type { Item } from '../../aws/operations.ts'
import type { WriteContext } from '../contexts.ts'
import { settled } from './settled.ts'

/** The tag that what the tool creates in Identity Center carries from its creation on. */
export const ownershipTag = 'managed-by'

/** Tags by their keys. */
export type Tags = Readonly<Record<string, string>>

type Listed = readonly Item<'ListTagsForResource'>[]

/** Whose a thing is, by its tags; undefined for nobody's. Pure. */
export function markIn(tags: Listed): string | undefined {
  return tags.find((tag) => tag.Key === ownershipTag)?.Value
}

/**
 * Tags that a manifest may name. Those that begin with aws: belong to AWS services, such as CloudFormation: nobody else may change them.
 * Pure.
 */
export function userTags(tags: Listed): Record<string, string> {
  const own = tags.filter(({ Key = '' }) => isUserTag(Key))
  return Object.fromEntries(own.map(({ Key = '', Value = '' }) => [Key, Value]))
}

/** True for the key of a tag that a manifest may name. Pure. */
export function isUserTag(key: string): boolean {
  return key !== ownershipTag && !/^aws:/i.test(key)
}

/** Tags as requests list them. Pure. */
export function tagList(tags: Tags) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

/** Puts the tags that the manifest names, and takes those away that it no longer does. */
export async function writeTags(arn: string, was: Tags, will: Tags, context: WriteContext): Promise<void> {
  const { writer, facts } = context
  const resource = { InstanceArn: facts.instance.arn, ResourceArn: arn }
  const changed = Object.entries(will).filter(([key, value]) => was[key] !== value)
  const removed = Object.keys(was).filter((key) => !(key in will))
  const live = async () => {
    const rows = await writer.list('ListTagsForResource', resource)
    return new Map(rows.map(({ Key = '', Value = '' }) => [Key, Value]))
  }
  const put = () => writer.send('TagResource', { ...resource, Tags: tagList(Object.fromEntries(changed)) })
  const remove = () => writer.send('UntagResource', { ...resource, TagKeys: removed })
  const hasChanged = async () => live().then((tags) => changed.every(([key, value]) => tags.get(key) === value))
  const hasGone = async () => live().then((tags) => !removed.some((key) => tags.has(key)))
  if (changed.length > 0) await settled(put, hasChanged, context)
  if (removed.length > 0) await settled(remove, hasGone, context)
}
