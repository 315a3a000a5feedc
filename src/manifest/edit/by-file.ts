import type { Path } from '../finding.ts'
import type { Part } from '../include/joined.ts'
import { isJoined, joinedSections, whoseOf } from '../include/whose.ts'
import { at } from '../view.ts'
import type { Step } from './steps.ts'

/**
 * Changes to a manifest as changes to the files it is read from, each with the paths of its file. What is there is changed where it is; what
 * is new goes where its kind is: into the manifest, or, where that has none, into the first file without limits that has. Pure.
 */
export function stepsByFile(steps: readonly Step[], parts: readonly Part[]): ReadonlyMap<string, readonly Step[]> {
  const values = parts.map(({ value }) => value)
  const whose = whoseOf(values)
  const changes = new Map<string, Step[]>()
  for (const step of steps)
    for (const { file, path } of placesOf(step, parts, whose)) {
      const name = parts[file]?.file ?? ''
      changes.set(name, [...(changes.get(name) ?? []), { ...step, path }])
    }
  return changes
}

type Place = ReturnType<ReturnType<typeof whoseOf>>

function placesOf({ does, path }: Step, parts: readonly Part[], whose: (path: Path) => Place): readonly Place[] {
  const [section] = path
  if (!isJoined(section)) return [{ file: 0, path }]
  const depth = joinedSections[section] === 'lists' ? 2 : 1
  const isNew = does === 'add' && path.length <= depth + 1
  if (isNew) return [{ file: homeOf(path.slice(0, -1), parts), path }]
  if (path.length > depth) return [whose(path)]
  // A section, or a list, may be in several.
  return [...parts.keys()]
    .filter((file) => at(parts[file]?.value, ...path) !== undefined)
    .map((file) => ({ file, path }))
}

function homeOf(container: Path, parts: readonly Part[]): number {
  const home = parts.findIndex(({ value, limited }) => !limited && at(value, ...container) !== undefined)
  return Math.max(home, 0)
}
