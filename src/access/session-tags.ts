import { nameOf } from '../model/address.ts'
import { attributeBehind, enterpriseAttributes, userNameSource } from '../model/attribute-sources.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { sameText } from '../model/same-text.ts'
import type { UserSpec } from '../model/specs.ts'
import type { State } from '../model/state.ts'

/** By what a state names the reason why the attributes for access control could not be read. */
export const unreadTags = 'attributes for access control'

/** By what a state names the reason why enterprise attributes of users could not be read. */
export const unreadEnterprise = 'enterprise attributes of users'

/** A tag that sessions carry into accounts, for attribute-based access control. */
export interface SessionTag {
  readonly key: string
  /** Where its value comes from, as `${path:enterprise.costCenter}`. */
  readonly source: string
  /** The attribute that holds the value, as a manifest spells it; absent where the source is none of those that AWS documents. */
  readonly attribute?: string
}

/** The tags of new sessions, by the attributes for access control of a state; none where these are not in use. Pure. */
export function sessionTagsOf(state: State): readonly SessionTag[] {
  const [entry] = state['access-control-attributes'].values()
  if (!entry || entry.spec.status === 'creation failed') return []
  return Object.entries(entry.spec.attributes).map(([key, source]) => ({ key, source, ...attributeOf(source) }))
}

function attributeOf(source: string): Pick<SessionTag, 'attribute'> {
  const attribute = attributeBehind(source)
  return attribute === undefined ? {} : { attribute }
}

/** Keys of the tags that a change of a user touches, by what becomes of them. */
export interface TagsChanged {
  readonly gained: readonly string[]
  readonly other: readonly string[]
  readonly lost: readonly string[]
}

/** What a change of a user does to the tags of new sessions. Pure. */
export function tagsChanged(before: UserSpec, after: UserSpec, tags: readonly SessionTag[]): TagsChanged {
  const touched = tags.filter(({ attribute = '' }) => !sameText(valueIn(before, attribute), valueIn(after, attribute)))
  const keys = (some: (was: boolean, is: boolean) => boolean) =>
    touched
      .filter(({ attribute = '' }) => some(valueIn(before, attribute) !== '', valueIn(after, attribute) !== ''))
      .map(({ key }) => key)
  return {
    gained: keys((was, is) => !was && is),
    other: keys((was, is) => was && is),
    lost: keys((was, is) => was && !is),
  }
}

function valueIn(spec: UserSpec, attribute: string): string {
  const [key = '', part] = attribute.split('.')
  const value: Json | undefined = spec[key]
  const held = part === undefined ? value : isObject(value) ? value[part] : undefined
  return typeof held === 'string' ? held : ''
}

/** Users who have no value for some tags, with the keys of these. */
export interface WithoutTags {
  readonly user: string
  readonly keys: readonly string[]
  /** An identity provider owns the user, and may send a value when the user signs in, which nobody sees here (UG/configure-abac). */
  readonly provisioned?: true
}

/** What there is to say about the tags of sessions. */
export interface SeenTags {
  readonly tags: readonly SessionTag[]
  /** Why nobody knows which there are. */
  readonly unread?: string
  /** Users, of those asked about, whose sessions lack some. */
  readonly without: readonly WithoutTags[]
  /** Keys of tags of which nobody knows who has a value. */
  readonly unknown: readonly string[]
}

/** The tags of sessions, and who of some users lacks which. Pure. */
export function seenTags(state: State, users: ReadonlySet<string>): SeenTags {
  const unread = state.covers.refused.get(unreadTags)?.message
  if (unread !== undefined) return { tags: [], unread, without: [], unknown: [] }
  const tags = sessionTagsOf(state)
  const isKnown = knownIn(state)
  const told = tags.filter(isKnown)
  const without = [...state.user].flatMap(([at, { spec, provisioned }]) => {
    const keys = told.filter(({ attribute = '' }) => !hasValue(spec, attribute)).map(({ key }) => key)
    return keys.length > 0 && users.has(nameOf(at))
      ? [{ user: nameOf(at), keys, ...(provisioned ? { provisioned: true as const } : {}) }]
      : []
  })
  return {
    tags,
    without: without.sort((a, b) => (a.user < b.user ? -1 : 1)),
    unknown: tags.filter((tag) => !isKnown(tag)).map(({ key }) => key),
  }
}

// An answer says nothing of an extension that a user has not, and neither does a server that does not know it.
function knownIn({ user, covers }: State): (tag: SessionTag) => boolean {
  const seen = [...user.values()].some(({ spec }) => [...enterpriseAttributes].some((key) => spec[key] !== undefined))
  const isSeen = seen && !covers.refused.has(unreadEnterprise)
  return ({ source, attribute }) =>
    source === userNameSource || (attribute !== undefined && (isSeen || !enterpriseAttributes.has(attribute)))
}

// Which of several addresses or numbers counts depends on their types, which a spec does not hold: one that is there may be it.
function hasValue(spec: UserSpec, attribute: string): boolean {
  if (attribute === '') return true
  const [key = '', part] = attribute.split('.')
  return part === undefined ? valueIn(spec, attribute) !== '' : isHeld(spec[key])
}

function isHeld(value: Json | undefined): boolean {
  return isObject(value) && Object.keys(value as JsonObject).length > 0
}
