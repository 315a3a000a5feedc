import { type Address, nameOf, shownAddress } from '../../model/address.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Unkept } from '../../model/keeping.ts'
import type { FieldChange, KindName } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'
import type { Differing, Into, Taking } from '../taking.ts'

/** How things of a section that maps names to things are written. */
export interface Named<K extends KindName> {
  readonly section: string
  readonly maps?: readonly string[]
  /** A live thing in the manifest's words; of one that is declared already, with what would be left out as the default too. */
  written(address: Address, entry: Entry<K>, isDeclared: boolean): JsonObject
  /** Why no manifest can say what is live of a thing. */
  unsayable?: Taking<K>['unsayable']
}

/** Takes live things into the section of their kind, each under its name. */
export function takeNamed<K extends KindName>(named: Named<K>): Taking<K> {
  return {
    taken: (things, into) => things.reduce((value, thing) => one(value, thing, named), into.value),
    unsayable: (thing, read) => renamed(thing, read) ?? named.unsayable?.(thing, read),
  }
}

function one<K extends KindName>(
  value: JsonObject,
  thing: Differing<K>,
  { section, maps = [], written }: Named<K>,
): JsonObject {
  const name = nameOf(thing.address)
  const rows = objectAt(value, section)
  if (!thing.live) return { ...value, [section]: without(rows, name) }
  const row = written(thing.address, thing.live, thing.desired !== undefined)
  if (!thing.desired) return { ...withoutAbsent(value, section, name), [section]: { ...rows, [name]: row } }
  return { ...value, [section]: { ...rows, [name]: withFields(objectAt(rows, name), thing.fields, row, maps) } }
}

/** A row of the manifest with the fields that differ as they are in another. Pure. */
function withFields(
  row: JsonObject,
  fields: readonly FieldChange[],
  live: JsonObject,
  maps: readonly string[] = [],
): JsonObject {
  return fields.reduce((changed, { path }) => {
    const map = maps.find((one) => path.startsWith(`${one}.`))
    if (map === undefined) return withKey(changed, path, live[path])
    const key = path.slice(map.length + 1)
    return withKey(changed, map, withKey(objectAt(changed, map), key, objectAt(live, map)[key]))
  }, row)
}

function withKey(row: JsonObject, key: string, value: Json | undefined): JsonObject {
  return value === undefined ? without(row, key) : { ...row, [key]: value }
}

/** An object without a key. Pure. */
export function without(row: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== key))
}

/** The object below a key; an empty one where there is none. Pure. */
export function objectAt(value: JsonObject, key: string): JsonObject {
  const inner = Object.hasOwn(value, key) ? value[key] : undefined
  return isObject(inner) ? inner : {}
}

/** What is kept is no longer to be removed by its name. Pure. */
export function withoutAbsent(value: JsonObject, part: string, name: string): JsonObject {
  const absent = objectAt(value, 'absent')
  const names = absent[part]
  if (!Array.isArray(names) || !names.includes(name)) return value
  return { ...value, absent: { ...absent, [part]: names.filter((one: Json) => one !== name) } }
}

/** A thing that the manifest renames differs because of that; which name it has is for a person to say. */
function renamed<K extends KindName>({ desired }: Differing<K>, { loaded }: Pick<Into, 'loaded'>): Unkept | undefined {
  if (desired?.was === undefined) return undefined
  return {
    why: `${loaded.file} renames ${shownAddress(desired.was)} to it`,
    instead: `call it ${nameOf(desired.was)} again in the file, without was:, and make a plan again`,
    ...(desired.at ? { at: desired.at } : {}),
  }
}

/** Why a manifest cannot say what is live of a thing. */
export function cannotTake(at: Address, why: string, hint: string, entry?: Pick<Entry, 'at'>): Refusal {
  return new Refusal(
    error('adopt-cannot-say', `${shownAddress(at)} cannot be adopted: ${why}`, {
      hint,
      ...(entry?.at ? { at: entry.at } : {}),
    }),
    { about: at },
  )
}
