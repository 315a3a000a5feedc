import { shownAddress } from '../model/address.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import { canonical, type Json } from '../model/json.ts'
import type { Operation } from '../model/operation.ts'
import type { Plan } from '../model/plan.ts'
import { passedOn } from '../plan/references.ts'
import { planFlags } from '../session/flags.ts'
import type { Session } from '../session/runtime.ts'
import { listed } from '../text/list.ts'
import { quoted } from '../text/quote.ts'

/** A saved plan that is carried out: where it was saved, and what it shows. */
export interface Reviewed {
  readonly path: string
  readonly plan: Plan
}

/** What to do about a saved plan that is no good any more. Never a way around the review. */
export function saveAgain(path: string): string {
  return `find out who replaced or changed it; to continue, run sso-reconcile plan to see what would change now, review it, and save it again: sso-reconcile plan --out ${quoted(path)}`
}

/** A plan that is no longer the one that was reviewed, which is never overridden. */
export function stale(
  plan: Plan,
  session: Session,
  { expect, reviewed: saved }: { readonly expect: string; readonly reviewed?: Reviewed },
): Diagnostic {
  const then = expect.slice(0, 16)
  if (plan.operations.length === 0)
    return error('plan-stale', `the plan that was reviewed (${then}) has nothing left to apply; nothing was done`, {
      hint: 'it was already applied, or another run made the same changes',
    })
  const differences = saved ? differencesOf(plan, saved) : []
  const why = differences.length > 0 ? `: ${differences.join('; ')}` : ''
  const again = saved
    ? `, and save it again: sso-reconcile plan --out ${quoted(saved.path)}${planFlags(session.options)}`
    : ''
  return error('plan-stale', `the plan is no longer the one that was reviewed (${then})${why}; nothing was done`, {
    hint: `the manifest, AWS or this machine has changed since, perhaps through another run: run sso-reconcile plan${planFlags(session.options)} to see what would change now, review it${again}`,
  })
}

function differencesOf(
  { manifest, instance, operations, references }: Plan,
  { path, plan }: Reviewed,
): readonly string[] {
  const place = (one: Plan['instance']) => one?.arn ?? 'this machine only'
  const isFile = plan.manifest.file === manifest.file
  return [
    ...(isFile ? [] : [`${path} was made from ${plan.manifest.file}, not from ${manifest.file}`]),
    ...(plan.instance?.arn === instance?.arn
      ? []
      : [`${path} was made for ${place(plan.instance)}, not for ${place(instance)}`]),
    ...(isFile && plan.manifest.sha256 !== manifest.sha256
      ? [`${manifest.file} has changed since ${path} was made`]
      : []),
    ...changesBetween(plan.operations, operations),
    ...(Object.keys(plan.references).length === 0 && Object.keys(references).length > 0
      ? [`${path} does not say what AWS calls the things it names, as plans saved by earlier versions do not`]
      : []),
    ...passedOn(plan.references, references).map(
      ([at, before, now]) => `${shownAddress(at)} was ${before} and is now ${now}, which is another one of that name`,
    ),
  ]
}

/** Operations that came, went and became others since a plan was reviewed, each as a sentence. */
function changesBetween(then: readonly Operation[], now: readonly Operation[]): readonly string[] {
  const meant = (list: readonly Operation[]) => new Map(list.map((one) => [one.address, whatIsDone(one)]))
  const [old, current] = [meant(then), meant(now)]
  const named = (list: readonly Operation[]) => list.map(({ verb, address }) => `${verb} ${shownAddress(address)}`)
  const came = named(now.filter(({ address }) => !old.has(address)))
  const went = named(then.filter(({ address }) => !current.has(address)))
  const others = named(now.filter(({ address }) => old.has(address) && old.get(address) !== current.get(address)))
  return [
    ...(came.length > 0 ? [`new since then: ${listed(came)}`] : []),
    ...(went.length > 0 ? [`no longer needed: ${listed(went)}`] : []),
    ...(others.length > 0 ? [`different now: ${listed(others)}`] : []),
  ]
}

function whatIsDone({ verb, fields }: Operation): string {
  return canonical({ verb, fields } as unknown as Json)
}
