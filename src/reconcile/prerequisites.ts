import { accountInstance } from '../aws/account-instance.ts'
import { openLook } from '../aws/look.ts'
import { createOrganization, enablePermissionSets } from '../aws/prerequisite.ts'
import { consolePage, enabling } from '../model/console.ts'
import { error, Refusal, refusedWith } from '../model/diagnostic.ts'
import { missingPrerequisite, needsClick, type Prerequisite } from '../plan/prerequisite.ts'
import { prerequisiteReport } from '../report/plan/prerequisite.ts'
import type { Session } from '../session/runtime.ts'
import { type Approval, agreed } from './approve.ts'
import { pause, waitingForClick } from './click.ts'

/** How apply may put prerequisites in place. */
export interface PrerequisiteOptions extends Approval {
  /** Do not wait for a person to click in the console. */
  readonly noWait?: boolean
}

/** Looks, a minute of them, in which AWS may not know yet of what it has just made. */
const looksUntilKnown = 12

/**
 * Does something, and when a prerequisite is missing puts it in place and does it again: what an API offers is asked for and made, what
 * only a person can do is explained and waited for on a terminal. Throws a refusal where neither is possible.
 */
export async function withPrerequisites<T>(
  session: Session,
  options: PrerequisiteOptions,
  attempt: () => Promise<T>,
): Promise<T> {
  const establish = establishing(session, options)
  const waitForClick = waitingForClick(session)
  for (;;) {
    try {
      return await attempt()
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      const missing = missingPrerequisite(thrown)
      const left = missing ? await establish(missing, thrown) : thrown
      if (left && !(needsClick(left) && waits(session, options))) throw left
      if (left) await waitForClick(left)
    }
  }
}

function waits({ runtime, options }: Session, { noWait }: PrerequisiteOptions): boolean {
  return runtime.terminal.interactive && !noWait && options.format === 'text' && !runtime.interrupted.aborted
}

/** Puts what is missing in place and gives undefined, or what stands in its way. Once: what AWS still calls missing then is waited for. */
function establishing(session: Session, options: PrerequisiteOptions) {
  const { clock, interrupted } = session.runtime
  const tried = new Map<Prerequisite['address'], { readonly inTheWay: Refusal | undefined; looks: number }>()
  return async (missing: Prerequisite, refusal: Refusal): Promise<Refusal | undefined> => {
    const before = tried.get(missing.address)
    if (!before) {
      const inTheWay = await make(missing, refusal, session, options)
      tried.set(missing.address, { inTheWay, looks: 0 })
      return inTheWay
    }
    before.looks += 1
    if (before.inTheWay || before.looks > looksUntilKnown) return before.inTheWay ?? refusal
    await clock.sleep(pause, interrupted)
    return undefined
  }
}

async function make(
  missing: Prerequisite,
  refusal: Refusal,
  session: Session,
  options: PrerequisiteOptions,
): Promise<Refusal | undefined> {
  const { runtime } = session
  const { format } = session.options
  const look = { color: runtime.terminal.color.out, width: runtime.terminal.width.out }
  if (format !== 'json') runtime.out(prerequisiteReport(missing, format === 'markdown' ? format : 'text', look))
  await permit(missing, refusal, session, options)
  const { transport } = await openLook(session.route)
  if (missing.address === 'organization') await createOrganization(transport)
  else if (!(await isEnabled(() => enablePermissionSets(transport))))
    return new Refusal(accountInstance(session.manifest.manifest.identity_center.region), { cause: refusal })
  runtime.err(`${missing.address}  ${missing.verb}d\n`)
  return undefined
}

// The service says only here that the instance is of the kind that never can.
async function isEnabled(enable: () => Promise<void>): Promise<boolean> {
  try {
    await enable()
    return true
  } catch (thrown) {
    if (!['aws-validation', 'instance-of-account'].some((code) => refusedWith(thrown, code))) throw thrown
    return false
  }
}

/** Throws, unless a person agrees. The refusal that told what is missing goes along as the cause. */
async function permit(
  missing: Prerequisite,
  cause: Refusal,
  session: Session,
  { expect, yes }: PrerequisiteOptions,
): Promise<void> {
  const { runtime, options } = session
  const refused = (code: string, why: string, hint: string) => new Refusal(error(code, why, { hint }), { cause })
  const undone = `the ${missing.address} was not ${missing.verb}d`
  // A digest was given for a plan that could be reviewed; this was not part of it.
  if (expect !== undefined)
    throw refused(
      'not-approved',
      `the reviewed plan does not ${missing.verb} the ${missing.address}; ${undone}`,
      'run sso-reconcile apply, which asks first, then plan again',
    )
  if (yes) return
  if (!runtime.terminal.interactive || options.format === 'json')
    throw refused(
      'not-approved',
      `apply needs a terminal to confirm; ${undone}`,
      `pass --yes to let it ${missing.verb} the ${missing.address}; ${instead(missing, session)}`,
    )
  const question = `${missing.verb === 'create' ? 'Create' : 'Update'} the ${missing.address}? Only "yes" continues.`
  if (!(await agreed(runtime, question)))
    throw refused(
      'declined',
      `not confirmed; ${undone}`,
      `type the whole word yes to ${missing.verb} it; ${instead(missing, session)}`,
    )
}

function instead({ address }: Prerequisite, { manifest }: Session): string {
  const { region } = manifest.manifest.identity_center
  return address === 'organization'
    ? `enabling IAM Identity Center with AWS Organizations in the console creates it too: ${consolePage(region)} (${enabling})`
    : `the console offers it too: ${consolePage(region)}`
}
