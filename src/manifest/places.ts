import type { Path } from './finding.ts'
import type { ScalarUse } from './yaml-scalar.ts'

/** Paths whose scalars are read in a way of their own; `*` stands for any step, `**` for any number of them. */
const special: readonly (readonly [path: string, place: ScalarUse])[] = [
  ['accounts/*', 'account'],
  ['include/*/only/accounts/*', 'account'],
  ['assignments/*/accounts/*', 'account'],
  ['assignments/*/except/*', 'account'],
  ['local/profiles/*/account', 'account'],
  ['ignore/assignments/*/account', 'account'],
  ['identity_center/delegated_administrator', 'account'],
  ['absent/delegated_administrators/*', 'account'],
  ['local/profiles/*/settings/**', 'setting'],
  ['permission_sets/*/inline_policy/**', 'policy'],
  // `${path:userName}` means something to AWS.
  ['access_control_attributes/*', 'verbatim'],
]

const patterns = special.map(([path, place]) => [path.split('/'), place] as const)

/** How the scalar at a path of a manifest is to be read. */
export function places(path: Path): ScalarUse {
  return patterns.find(([pattern]) => matches(pattern, path))?.[1] ?? 'text'
}

/** True where `${NAME}` means a variable; in policies and in sources of attributes `${` means something to AWS. */
export function takesVariables(path: Path): boolean {
  return !['policy', 'verbatim'].includes(places(path))
}

function matches(pattern: readonly string[], path: Path): boolean {
  const open = pattern.at(-1) === '**'
  const steps = open ? pattern.slice(0, -1) : pattern
  if (open ? path.length < steps.length : path.length !== steps.length) return false
  return steps.every((step, index) => step === '*' || step === path[index])
}
