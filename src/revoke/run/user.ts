import { waysToApplications } from '../../access/applications.ts'
import type { RoleEntitlements } from '../../access/role-entitlements.ts'
import type { Revocation } from '../../manifest/types.ts'
import { address, nameOf } from '../../model/address.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import type { PlanInput } from '../../plan/diff.ts'
import { notCheckedBy } from '../../reconcile/not-checked.ts'
import { openApplications } from '../../reconcile/open-applications.ts'
import type { Planning, PlanResult } from '../../reconcile/planning.ts'
import { roleEntitlementsAt } from '../../reconcile/role-entitlements.ts'
import type { Session } from '../../session/runtime.ts'
import { aboutUser, type Grants, grantsOf, kindsOfAccess, withRevoked } from '../about.ts'
import { aftermathOf, isOver } from '../aftermath.ts'
import { questionsOfEarlier } from '../earlier.ts'
import { takenAway, takenOf } from '../taken.ts'
import { approvedRevocation, runRevocation } from './approved.ts'
import type { RevokeOptions } from './options.ts'
import { mustBeRecordable, record, whyNot } from './record.ts'
import { tellAftermath, tellUnread } from './tell.ts'
import { tellUnrecorded } from './unrecorded.ts'

/** Ends a user's access, or sessions alone, and tells what is left of it as a new look found it. Gives the exit code. */
export async function takeAway(session: Session, options: RevokeOptions, entry: Revocation): Promise<number> {
  const { user, sessions } = options
  // Whoever has to be kept out is kept out, also where that cannot be written down.
  const foreseen = await whyNot(mustBeRecordable(session, user, entry))
  if (foreseen) tellUnrecorded({ user, entry, why: foreseen }, session)
  const revoked: Session = { ...session, manifest: withRevoked(session.manifest, user, entry), selected: kindsOfAccess }
  const desired = ({ live, desired }: PlanInput): Grants => grantsOf(sessions ? live : desired, user)
  const isStanding = Object.hasOwn(session.manifest.manifest.revoked ?? {}, user)
  const planning: Planning = {
    ...{ tolerant: true, takesOnly: true, user, about: (input) => aboutUser(input, user, desired(input)) },
    asks: (input) => (isStanding && !sessions ? questionsOfEarlier({ ...input, user }) : []),
  }
  const made = await approvedRevocation(revoked, options, planning, mustExist(user))
  if (!made) return 1
  const taken = takenAway(made.plan.operations, made.observed.input, withRevoked(session.manifest, user))
  // Written first: a run that is cut off here is carried on by the next apply.
  const whole = withTaken(entry, taken)
  const why = await whyNot(record(session, user, whole))
  const unrecorded = why && { user, entry: whole, why }
  if (unrecorded && (!foreseen || taken.length > 0)) tellUnrecorded(unrecorded, session)
  // Asked meanwhile: nothing waits for it.
  const asked = roleEntitlementsAt(made)
  asked.catch(() => undefined)
  const { succeeded, outcomes, after } = await runRevocation(made, revoked, options, planning)
  if (!after) return tellUnread(revoked, options)
  const { live: before, desired: meant } = made.observed.input
  const { facts, live } = after.observed.input
  const [entitledBefore, entitlements] = await Promise.all([asked, roleEntitlementsAt(after)])
  const aftermath = await session.runtime.busy(() =>
    aftermathOf({
      ...{ user, sessionsOnly: sessions, isStanding, manifest: revoked.manifest, facts, outcomes },
      ...{ before, desired: meant, after: live, entitlements, entitledBefore },
    }),
  )
  const changed = made.plan.operations.length > 0
  const looked = await lookedAtApplications(after, user, entitlements)
  await session.runtime.busy(() =>
    tellAftermath(aftermath, {
      ...{ session: revoked, options, taken, changed, ...looked },
      ...(unrecorded ? { unrecorded } : {}),
    }),
  )
  return succeeded && isOver(aftermath) && !unrecorded ? 0 : 1
}

/** What of applications a look told, and what it did not. */
async function lookedAtApplications(
  { observed: { cloud, input } }: PlanResult,
  user: string,
  { unread }: RoleEntitlements,
) {
  const entitlements = unread === undefined ? 0 : { unread }
  if (!cloud) return { notChecked: { applications: undefined, entitlements }, openTo: { open: [], unread: [] } }
  const { reader, facts } = cloud.context
  const isKnown = waysToApplications(input.live, user).complete
  return {
    notChecked: {
      ...(isKnown ? { applications: 0 } : await notCheckedBy(reader, facts.instance.arn)),
      entitlements,
    },
    openTo: await openApplications(reader, input.live),
  }
}

function withTaken(entry: Revocation, taken: readonly string[]): Revocation {
  const since = typeof entry === 'string' ? entry : entry.since
  const all = [...new Set([...takenOf(entry), ...taken])]
  return since === undefined || all.length === 0 ? entry : { since, taken: all }
}

/** Refuses a plan about somebody who is not there: nothing would be found of whoever was meant. */
function mustExist(user: string): (made: PlanResult) => void {
  return ({ observed: { input } }) => {
    if (input.live.user.has(address('user', user))) return
    const names = [...input.live.user.keys()].map(nameOf)
    const twin = names.find((one) => one.toLowerCase() === user.toLowerCase())
    throw new Refusal(
      error('user-missing', `Identity Center has no user ${user}${twin ? `; ${twin} exists` : ''}`, {
        hint: twin
          ? `write ${twin} in ${input.manifest.file}: names must match exactly, including case`
          : 'sso-reconcile access lists who has access',
      }),
    )
  }
}
