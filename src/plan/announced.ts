import { kindNamed, kindNames } from '../kinds/index.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { PlanInput } from './diff.ts'

/** What comes to be later by the same manifest, which whoever reviews a plan of today reviews too. Pure. */
export function announced(input: PlanInput): readonly Diagnostic[] {
  return kindNames
    .filter((name) => input.selected.has(name))
    .flatMap((name) => kindNamed(name).announces?.(input) ?? [])
}
