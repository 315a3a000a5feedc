import type { Revocation } from '../manifest/types.ts'
import { address, nameOf } from '../model/address.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Sides } from '../plan/diff.ts'
import type { NotChecked } from '../report/access-words.ts'
import { aboutUser, type Grants, grantsOf, kindsOfAccess, withRevoked } from '../revoke/about.ts'
import { aftermathOf, isOver } from '../revoke/aftermath.ts'
import { questionsOfEarlier } from '../revoke/earlier.ts'
import { takenAway, takenOf } from '../revoke/taken.ts'
import type { Session } from './context.ts'
import { notCheckedBy } from './not-checked.ts'
import type { PlanMade, Planning } from './planning.ts'
import type { RevokeOptions } from './revoke.ts'
import { mustBeRecordable, record } from './revoke-record.ts'
import { approvedPlan, runPlan } from './revoke-run.ts'
import { tellAftermath, tellUnread } from './revoke-tell.ts'

/** What is to be recorded, and the text it goes into. */
interface Order {
  readonly text: string
  readonly entry: Revocation
}

/** Ends a user's access, or sessions alone, and tells what is left of it as a new look found it. Gives the exit code. */
export async function takeAway(session: Session, options: RevokeOptions, { text, entry }: Order): Promise<number> {
  const { user, sessions } = options
  await mustBeRecordable(session, text, user, entry)
  const revoked: Session = { ...session, manifest: withRevoked(session.manifest, user, entry), selected: kindsOfAccess }
  const wanted = ({ live, desired }: Sides): Grants => grantsOf(sessions ? live : desired, user)
  const isStanding = Object.hasOwn(session.manifest.manifest.revoked ?? {}, user)
  const planning: Planning = {
    ...{ tolerant: true, user, about: (sides) => aboutUser(sides, user, wanted(sides)) },
    asks: (sides) => (isStanding && !sessions ? questionsOfEarlier({ ...sides, user }) : []),
  }
  const made = await approvedPlan(revoked, options, planning, mustExist(user))
  if (!made) return 1
  const taken = takenAway(made.plan.operations, made.seen.sides, withRevoked(session.manifest, user))
  // Written first: a run that is cut off here is carried on by the next apply.
  await record(session, user, withTaken(entry, taken))
  const { succeeded, outcomes, after } = await runPlan(made, revoked, options, planning)
  if (!after) return tellUnread(revoked, options)
  const aftermath = aftermathOf({
    ...{
      user,
      sessionsOnly: sessions,
      isStanding,
      manifest: revoked.manifest,
      facts: after.seen.sides.facts,
      outcomes,
    },
    ...{ before: made.seen.sides.live, desired: made.seen.sides.desired, after: after.seen.sides.live },
  })
  const changed = made.plan.operations.length > 0
  tellAftermath(aftermath, { session: revoked, options, taken, changed, notChecked: await notCheckedIn(after) })
  return succeeded && isOver(aftermath) ? 0 : 1
}

async function notCheckedIn({ seen: { cloud } }: PlanMade): Promise<NotChecked> {
  if (!cloud) return { applications: undefined }
  const { reader, facts } = cloud.look
  return notCheckedBy(reader, facts.instance.arn)
}

function withTaken(entry: Revocation, taken: readonly string[]): Revocation {
  const since = typeof entry === 'string' ? entry : entry.since
  const all = [...new Set([...takenOf(entry), ...taken])]
  return since === undefined || all.length === 0 ? entry : { since, taken: all }
}

/** Refuses a plan about somebody who is not there: nothing would be found of whoever was meant. */
function mustExist(user: string): (made: PlanMade) => void {
  return ({ seen: { sides } }) => {
    if (sides.live.user.has(address('user', user))) return
    const names = [...sides.live.user.keys()].map(nameOf)
    const twin = names.find((one) => one.toLowerCase() === user.toLowerCase())
    throw new Refusal(
      error('user-missing', `Identity Center has no user ${user}${twin ? `; ${twin} exists` : ''}`, {
        hint: twin
          ? `write ${twin} in ${sides.manifest.file}: names must match exactly, including case`
          : 'sso-reconcile access lists who has access',
      }),
    )
  }
}
