import type { Allowances } from '../model/allowances.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Plan } from '../model/plan.ts'
import { planFlags } from '../session/flags.ts'
import type { Session } from '../session/runtime.ts'

/** What a saved plan asks of the apply that carries it out. */
export interface SavedPlan {
  /** Where it was saved. */
  readonly path: string
  /** The manifest that it was made from, and the sha256 of its text. */
  readonly file: string
  readonly sha256?: string
  /** ARN of the instance it was made for; absent where it is about this machine alone. */
  readonly instance?: string
  readonly only?: readonly string[]
  readonly target?: readonly string[]
  readonly allowances: Allowances
  readonly digest: string
}

/** What to do about a saved plan that is no good any more. Never a way around the review. */
export function saveAgain(path: string): string {
  return `find out who replaced or changed it; to go on, look at what would change now with sso-reconcile plan, review it, and save it again: sso-reconcile plan --out ${path}`
}

/** A plan that is no longer the one that was reviewed, which is never overridden. */
export function stale(
  plan: Plan,
  session: Session,
  { expect, reviewed: saved }: { readonly expect: string; readonly reviewed?: SavedPlan },
): Diagnostic {
  const then = expect.slice(0, 16)
  if (plan.operations.length === 0)
    return error('plan-stale', `nothing is left of the plan that was reviewed (${then}); nothing was done`, {
      hint: 'it was applied already, or another run made the same changes',
    })
  const differences = saved ? differencesOf(plan, saved) : []
  const why = differences.length > 0 ? `: ${differences.join('; ')}` : ''
  const again = saved ? `, and save it again: sso-reconcile plan --out ${saved.path}${planFlags(session.options)}` : ''
  return error('plan-stale', `the plan is no longer the one that was reviewed (${then})${why}; nothing was done`, {
    hint: `the manifest, AWS or this machine has changed since, perhaps through another run: look at what would change now with sso-reconcile plan${planFlags(session.options)}, review it${again}`,
  })
}

function differencesOf({ manifest, instance }: Plan, saved: SavedPlan): readonly string[] {
  const { path } = saved
  return [
    ...(saved.file === manifest.file ? [] : [`${path} was made from ${saved.file}, not from ${manifest.file}`]),
    ...(saved.instance === instance?.arn
      ? []
      : [
          `${path} was made for ${saved.instance ?? 'this machine alone'}, not for ${instance?.arn ?? 'this machine alone'}`,
        ]),
    ...(saved.file === manifest.file && saved.sha256 !== manifest.sha256
      ? [`${manifest.file} is not the text that ${path} was made from`]
      : []),
  ]
}
