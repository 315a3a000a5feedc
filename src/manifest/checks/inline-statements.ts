import type { Json } from '../../model/json.ts'
import type { Path } from '../finding.ts'
import { at, entries, items } from '../view.ts'

/** The statements of all inline policies with their paths. A policy may hold one without a list. */
export function inlineStatements(manifest: Json): readonly (readonly [Path, Json])[] {
  return entries(at(manifest, 'permission_sets')).flatMap(([name, set]) =>
    listOf(at(set, 'inline_policy', 'Statement'), ['permission_sets', name, 'inline_policy', 'Statement']),
  )
}

/** The items of a list, or what stands alone in its place, with their paths. */
export function listOf(value: Json | undefined, path: Path): readonly (readonly [Path, Json])[] {
  if (Array.isArray(value)) return items(value).map(([index, one]) => [[...path, index], one] as const)
  return value === undefined ? [] : [[path, value]]
}
