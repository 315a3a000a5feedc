import { accountInstance } from '../aws/account-instance.ts'
import { Refusal, refusedWith } from '../model/diagnostic.ts'
import { missingPrerequisite, needsClick, type Prerequisite } from '../plan/prerequisite.ts'
import { prerequisiteText } from '../report/prerequisite.ts'
import type { Approval } from './approve.ts'
import type { Session } from './context.ts'
import { reportDiagnostics } from './diagnostics.ts'

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

function waits({ shell, options }: Session, { noWait }: PrerequisiteOptions): boolean {
  return shell.terminal.interactive && !noWait && options.format === 'text' && !shell.interrupted.aborted
}

async function waitForClick(refusal: Refusal, { shell, sources }: Session, told: boolean): Promise<void> {
  if (!told) {
    reportDiagnostics(shell, refusal.diagnostics, sources)
    shell.err('waiting until it is enabled; Ctrl-C stops waiting, and apply can be run again at any time\n')
  }
  await shell.clock.sleep(pause, shell.interrupted)
}

// A digest was given for a plan that could be reviewed; this was not part of it.
async function establish(
  missing: Prerequisite,
  refusal: Refusal,
  session: Session,
  options: PrerequisiteOptions,
): Promise<void> {
  const { shell } = session
  if (options.expect !== undefined) throw refusal
  if (session.options.format === 'text')
    shell.out(prerequisiteText(missing, { color: shell.terminal.color.out, width: shell.terminal.width }))
  if (!options.yes && !(await confirmed(missing, session))) throw refusal
  const [{ connect }, { createOrganization, enablePermissionSets }] = await Promise.all([
    import('../aws/connect.ts'),
    import('../aws/prerequisite.ts'),
  ])
  const transport = connect(session.route)
  if (missing.address === 'organization') await createOrganization(transport)
  else await enableOrExplain(() => enablePermissionSets(transport), session)
  shell.err(`${missing.address}  ${missing.verb}d\n`)
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

async function confirmed({ verb, address }: Prerequisite, { shell, options }: Session): Promise<boolean> {
  if (!shell.terminal.interactive || options.format === 'json') return false
  return (
    (await shell.terminal.ask(`${verb === 'create' ? 'Create' : 'Update'} the ${address}? Only "yes" continues.`)) ===
    'yes'
  )
}
