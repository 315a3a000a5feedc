import { canonical, isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Path } from '../finding.ts'

/** One change to a value of the manifest. Paths are those of the manifest as the steps before have left it. */
export type Step =
  | { readonly does: 'put'; readonly path: Path; readonly value: Json }
  | { readonly does: 'add'; readonly path: Path; readonly value: Json }
  | { readonly does: 'remove'; readonly path: Path }

/** The smallest changes that lead from one value of the manifest to another, in an order in which they can be made. Pure. */
export function stepsTo(before: Json, after: Json, path: Path = []): readonly Step[] {
  if (canonical(before) === canonical(after)) return []
  if (isObject(before) && isObject(after)) return mapSteps(before, after, path)
  if (Array.isArray(before) && Array.isArray(after)) return listSteps(before, after, path)
  return [{ does: 'put', path, value: after }]
}

function mapSteps(before: JsonObject, after: JsonObject, path: Path): readonly Step[] {
  const keys = Object.keys(before)
  const kept = keys.filter((key) => Object.hasOwn(after, key))
  const fresh = Object.keys(after).filter((key) => !Object.hasOwn(before, key))
  return [
    ...kept.flatMap((key) => stepsTo(before[key] as Json, after[key] as Json, [...path, key])),
    ...fresh.map((key): Step => ({ does: 'add', path: [...path, key], value: after[key] as Json })),
    ...keys.filter((key) => !Object.hasOwn(after, key)).map((key): Step => ({ does: 'remove', path: [...path, key] })),
  ]
}

/** Items that stay are kept as they are; of the others those that are most alike are one item that changes. */
function listSteps(before: readonly Json[], after: readonly Json[], path: Path): readonly Step[] {
  const pairs = paired(before, after)
  const gone = before.map((_, index) => index).filter((index) => !pairs.has(index))
  const taken = new Set(pairs.values())
  const fresh = after.filter((_, index) => !taken.has(index))
  return [
    ...[...pairs].flatMap(([from, to]) => stepsTo(before[from] as Json, after[to] as Json, [...path, from])),
    ...fresh.map((value, index): Step => ({ does: 'add', path: [...path, before.length + index], value })),
    ...gone.reverse().map((index): Step => ({ does: 'remove', path: [...path, index] })),
  ]
}

/** Which item before becomes which item after. */
function paired(before: readonly Json[], after: readonly Json[]): ReadonlyMap<number, number> {
  const open = new Set(after.keys())
  const pairs = new Map<number, number>()
  const match = (likeness: (a: Json, b: Json) => number) => {
    for (const [from, item] of before.entries()) {
      if (pairs.has(from)) continue
      const [best] = [...open].map((to) => [to, likeness(item, after[to] as Json)] as const).sort((a, b) => b[1] - a[1])
      if (!best || best[1] <= 0) continue
      pairs.set(from, best[0])
      open.delete(best[0])
    }
  }
  match((a, b) => (canonical(a) === canonical(b) ? 1 : 0))
  match(alike)
  return pairs
}

// Lists of names change by coming and going; only mappings change by a part of them.
function alike(a: Json, b: Json): number {
  if (!isObject(a) || !isObject(b)) return 0
  return Object.keys(a).filter(
    (key) => Object.hasOwn(b, key) && canonical(a[key] as Json) === canonical(b[key] as Json),
  ).length
}
