import { accountInstance } from '../aws/account-instance.ts'
import { openLook } from '../aws/look.ts'
import { createOrganization, enablePermissionSets } from '../aws/prerequisite.ts'
import { Refusal, refusedWith } from '../model/diagnostic.ts'
import { missingPrerequisite, needsClick, type Prerequisite } from '../plan/prerequisite.ts'
import { prerequisiteReport } from '../report/plan/prerequisite.ts'
import { reportDiagnostics } from '../session/diagnostics.ts'
import type { Session } from '../session/runtime.ts'
import type { Approval } from './approve.ts'

/** Between two looks whether the click in the console was made. */
const pause = 5_000

/** How apply may put prerequisites in place. */
export interface PrerequisiteOptions extends Approval {
  /** Do not wait for a person to click in the console. */
  readonly noWait?: boolean
}

/**
 * Does something, and when a prerequisite is missing puts it in place and does it again: what an API offers is asked for and made, what
 * only a person can do is explained and waited for on a terminal. Throws the refusal where neither is possible.
 */
export async function withPrerequisites<T>(
  session: Session,
  options: PrerequisiteOptions,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let told = false; ; told = true) {
    try {
      return await attempt()
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      const missing = missingPrerequisite(thrown)
      if (missing) await establish(missing, thrown, session, options)
      else if (needsClick(thrown) && waits(session, options)) await waitForClick(thrown, session, told)
      else throw thrown
    }
  }
}

function waits({ runtime, options }: Session, { noWait }: PrerequisiteOptions): boolean {
  return runtime.terminal.interactive && !noWait && options.format === 'text' && !runtime.interrupted.aborted
}

async function waitForClick(refusal: Refusal, { runtime, sources }: Session, told: boolean): Promise<void> {
  if (!told) {
    reportDiagnostics(runtime, refusal.diagnostics, sources)
    runtime.err('waiting until it is enabled; Ctrl-C stops waiting, and apply can be run again at any time\n')
  }
  await runtime.clock.sleep(pause, runtime.interrupted)
}

// A digest was given for a plan that could be reviewed; this was not part of it.
async function establish(
  missing: Prerequisite,
  refusal: Refusal,
  session: Session,
  options: PrerequisiteOptions,
): Promise<void> {
  const { runtime } = session
  if (options.expect !== undefined) throw refusal
  const { format } = session.options
  const look = { color: runtime.terminal.color.out, width: runtime.terminal.width }
  if (format !== 'json') runtime.out(prerequisiteReport(missing, format, look))
  if (!options.yes && !(await confirmed(missing, session))) throw refusal
  const { transport } = await openLook(session.route)
  if (missing.address === 'organization') await createOrganization(transport)
  else await enableOrExplain(() => enablePermissionSets(transport), session)
  runtime.err(`${missing.address}  ${missing.verb}d\n`)
}

// The service says only here that the instance is of the kind that never can.
async function enableOrExplain(enable: () => Promise<void>, { manifest }: Session): Promise<void> {
  try {
    await enable()
  } catch (thrown) {
    if (!refusedWith(thrown, 'aws-validation')) throw thrown
    throw new Refusal(accountInstance(manifest.manifest.identity_center.region), { cause: thrown })
  }
}

async function confirmed({ verb, address }: Prerequisite, { runtime, options }: Session): Promise<boolean> {
  if (!runtime.terminal.interactive || options.format === 'json') return false
  return (
    (await runtime.terminal.ask(`${verb === 'create' ? 'Create' : 'Update'} the ${address}? Only "yes" continues.`)) ===
    'yes'
  )
}
