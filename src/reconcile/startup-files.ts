import { kindNamed } from '../kinds/index.ts'
import { localFiles } from '../kinds/local-files.ts'
import { setNow, shownPath, sourceNow } from '../local/shell/syntax.ts'
import { concernsLoginsAlone } from '../local/shell/verdict.ts'
import type { Address } from '../model/address.ts'
import type { Operation, Outcome } from '../model/operation.ts'
import type { Plan } from '../model/plan.ts'
import type { FileChange } from '../plan/file-changes.ts'
import type { Session } from '../session/runtime.ts'

/** The start-up file that each operation on one changes, as people write it. */
export function startupPlaces(
  { operations }: Plan,
  changes: readonly FileChange[],
  home: string,
): ReadonlyMap<Address, string> {
  const places = changes.flatMap(({ name, path }) =>
    localFiles[name].startup ? operationsOn(name, operations).map(({ address }) => [address, path] as const) : [],
  )
  return new Map(places.map(([address, path]) => [address, shownPath(path, home) ?? path]))
}

/**
 * How shells that run already get the profile that new ones now have, one command a shell. None for a sandbox, whose files are no
 * shell's, nor where the plan said that the profile will not come out.
 */
export function loadingNow(
  plan: Plan,
  changes: readonly FileChange[],
  outcomes: ReadonlyMap<Address, Outcome>,
  session: Session,
): ReadonlyMap<string, string> {
  if (session.options.sandbox !== undefined) return new Map()
  const unmet = new Set(plan.diagnostics.flatMap((one) => (concernsLoginsAlone(one) ? [] : (one.unmet ?? []))))
  const isIn = ({ address, verb }: Operation) =>
    verb !== 'delete' && outcomes.get(address)?.result === 'done' && !unmet.has(address)
  const changed = changes.filter(({ name }) => operationsOn(name, plan.operations).some(isIn))
  return new Map(changed.flatMap((change) => commandFor(change, session) ?? []))
}

// A block leaves a value that is set alone, so reading the file again changes nothing where there is one.
function commandFor({ name, path }: FileChange, { manifest, env, home }: Session): [string, string][] | undefined {
  const { startup } = localFiles[name]
  const profile = startup?.profile(manifest.manifest)
  if (!startup || profile === undefined) return undefined
  return [[startup.shell, env.AWS_PROFILE ? setNow(startup.shell, profile) : sourceNow(startup.shell, path, home)]]
}

function operationsOn(name: FileChange['name'], operations: readonly Operation[]): readonly Operation[] {
  return operations.filter(({ kind, address }) => {
    const one = kindNamed(kind)
    return one.side === 'local' && one.fileOf(address) === name
  })
}
