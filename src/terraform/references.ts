import type { Address } from '../model/address.ts'
import { nameOf } from '../model/address.ts'
import type { Entry } from '../model/state.ts'
import { type Block, type Expression, expression, quotedText, type Value } from './hcl.ts'
import { namesFor } from './names.ts'
import { isWhole, type Source } from './source.ts'

/** Kinds that others refer to. */
const referred = ['user', 'group', 'permission-set'] as const

type Referred = (typeof referred)[number]

/** For each: the resource, the attribute that others need, and the map of those that are not part of the file. */
const forms: Readonly<Record<Referred, readonly [type: string, attribute: string, others: string]>> = {
  user: ['aws_identitystore_user', 'user_id', 'other_users'],
  group: ['aws_identitystore_group', 'group_id', 'other_groups'],
  'permission-set': ['aws_ssoadmin_permission_set', 'arn', 'other_permission_sets'],
}

/** Which things become resources, under which names, and how others refer to them. */
export interface References {
  /** What becomes a resource: its address, its name, and what is live. */
  readonly exported: { readonly [K in Referred]: readonly Exported<K>[] }
  /** Name of the resource of a thing; for one that is none, what its name would be. */
  nameOf(kind: Referred, name: string): string
  to(kind: Referred, at: Address, id: string): Expression
  /** The block that says the ids of what is referred to and no resource. Complete after the last reference was made. */
  locals(): Block
}

/** A thing that becomes a resource. */
export interface Exported<K extends Referred = Referred> {
  readonly at: Address
  readonly name: string
  readonly id: string
  readonly entry: Entry<K>
  readonly keep: readonly string[]
}

/** Everything that resources refer to. */
export function referencesOf(source: Source): References {
  const { facts } = source
  const exported = {
    user: declared('user', source),
    group: declared('group', source),
    'permission-set': declared('permission-set', source),
  }
  const known = new Set<Address>(referred.flatMap((kind) => exported[kind].map(({ at }) => at)))
  const others = new Map<Referred, Map<string, string>>()
  const names = Object.fromEntries(
    referred.map((kind) => [kind, namesFor([...source.desired[kind].keys()].map((at) => [nameOf(at), nameOf(at)]))]),
  ) as Record<Referred, (title: string) => string>
  return {
    exported,
    nameOf: (kind, name) => names[kind](name),
    to(kind, at, id) {
      const [type, attribute, map] = forms[kind]
      const name = nameOf(at)
      if (known.has(at)) return expression(`${type}.${names[kind](name)}.${attribute}`)
      others.set(kind, (others.get(kind) ?? new Map()).set(name, id))
      return expression(`local.${map}[${quotedText(name)}]`)
    },
    locals: () => ({
      type: 'locals',
      arguments: {
        instance_arn: facts.instance.arn,
        identity_store_id: facts.instance.identity_store_id,
        ...Object.fromEntries([...others].map(([kind, ids]) => [forms[kind][2], sortedMap(ids)])),
      },
    }),
  }
}

function declared<K extends Referred>(kind: K, { desired, live, users }: Source): Exported<K>[] {
  return [...(desired[kind] as ReadonlyMap<Address, Entry<K>>)].flatMap(([at, { external, keep = [] }]) => {
    const entry = (live[kind] as ReadonlyMap<Address, Entry<K>>).get(at)
    if (external || entry?.ref === undefined) return []
    if (kind === 'user' && !isWhole(users.get(entry.ref))) return []
    return [{ at, name: nameOf(at), id: entry.ref, entry, keep }]
  })
}

function sortedMap(ids: ReadonlyMap<string, string>): Value {
  return Object.fromEntries([...ids].sort(([a], [b]) => (a < b ? -1 : 1)))
}
