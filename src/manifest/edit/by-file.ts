import type { Part } from '../include/joined.ts'
import { isJoined, joinedSections, whoseOf } from '../include/whose.ts'
import { at } from '../view.ts'
import type { Step } from './steps.ts'

/**
 * Changes to a manifest as changes to the files it is read from, each with the paths of its file. What is there is changed where it is; what
 * is new goes where its kind is: into the manifest, or, where that has none, into the first file without limits that has. Pure.
 */
export function stepsByFile(steps: readonly Step[], parts: readonly Part[]): ReadonlyMap<string, readonly Step[]> {
  const whose = whoseOf(parts.map(({ value }) => value))
  const changes = new Map<string, Step[]>()
  const begun = new Set<string>()
  for (const one of steps)
    for (const { file, step } of ownSteps(one, parts, whose, begun)) {
      const name = parts[file]?.file ?? ''
      changes.set(name, [...(changes.get(name) ?? []), step])
    }
  return changes
}

interface OwnStep {
  readonly file: number
  readonly step: Step
}

/** `begun` are sections that steps before have put into the manifest. */
function ownSteps(
  step: Step,
  parts: readonly Part[],
  whose: ReturnType<typeof whoseOf>,
  begun: Set<string>,
): readonly OwnStep[] {
  const { path } = step
  const [section] = path
  if (!isJoined(section)) return [{ file: 0, step }]
  const depth = joinedSections[section] === 'lists' ? 2 : 1
  if (step.does === 'add' && path.length <= depth + 1) return [added(step, parts, begun)]
  if (path.length > depth) {
    const own = whose(path)
    return [{ file: own.file, step: { ...step, path: own.path } }]
  }
  // A section, or a list, may be in several.
  return [...parts.keys()]
    .filter((file) => at(parts[file]?.value, ...path) !== undefined)
    .map((file) => ({ file, step }))
}

function added(step: Extract<Step, { does: 'add' }>, parts: readonly Part[], begun: Set<string>): OwnStep {
  const container = step.path.slice(0, -1)
  const [section = ''] = container
  const home = parts.findIndex(({ value, limited }) => !limited && at(value, ...container) !== undefined)
  if (home >= 0 || container.length !== 1 || begun.has(String(section))) return { file: Math.max(home, 0), step }
  begun.add(String(section))
  return { file: 0, step: { does: 'add', path: container, value: { [String(step.path.at(-1))]: step.value } } }
}
