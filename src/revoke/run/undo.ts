import { pathsOf } from '../../access/paths.ts'
import { questionsOfSets } from '../../access/questions.ts'
import { desiredState, refinedDesired } from '../../kinds/states.ts'
import type { Revocation } from '../../manifest/types.ts'
import { Refusal } from '../../model/diagnostic.ts'
import type { PlanInput } from '../../plan/diff.ts'
import type { Planning } from '../../reconcile/planning.ts'
import { reportIn } from '../../session/report-in.ts'
import type { Session } from '../../session/runtime.ts'
import { aboutUser, grantsOf, kindsOfAccess, withRevoked } from '../about.ts'
import { denyingSets, givenBack, lastingDenials, takenOf } from '../taken.ts'
import { approvedRevocation, runRevocation } from './approved.ts'
import type { RevokeOptions } from './options.ts'
import { mustBeRecordable, record, whyNot } from './record.ts'
import { tellGivenBack, tellUnread } from './tell.ts'

/** Gives a user back what a revocation took away, and tells what the user may do now, as a new look found it. Gives the exit code. */
export async function giveBack(session: Session, options: RevokeOptions, standing: Revocation): Promise<number> {
  const { user } = options
  await mustBeRemovable(session, user)
  const without = withRevoked(session.manifest, user)
  const desired = (input: PlanInput) => {
    const desired = refinedDesired(desiredState(without, input.facts), { ...input, manifest: without })
    const back = givenBack(grantsOf(desired, user), takenOf(standing), input)
    const held = grantsOf(input.live, user)
    const grants = {
      membership: new Map([...held.membership, ...back.grants.membership]),
      assignment: new Map([...held.assignment, ...back.grants.assignment]),
      'application-assignment': new Map([...held['application-assignment'], ...back.grants['application-assignment']]),
    }
    const narrowed = aboutUser({ ...input, manifest: without, desired }, user, grants)
    return { sides: narrowed, problems: [...back.problems, ...lastingDenials(user, narrowed)] }
  }
  // Read as the revoked user's plan is, so that everything the user holds is known.
  const reading: Session = { ...session, selected: kindsOfAccess }
  const planning: Planning = {
    ...{ tolerant: true, user, about: (input) => desired(input).sides },
    // A set that is not declared may deny all the same.
    asks: ({ live, desired: { membership, assignment } }) => {
      const again = pathsOf({ ...live, membership, assignment }, user).paths
      return questionsOfSets(live, new Set(again.map(({ permission_set }) => permission_set)))
    },
  }
  const made = await approvedRevocation(reading, options, planning, (seen) => {
    reportIn(session, desired(seen.observed.input).problems)
  })
  if (!made) return 1
  const { succeeded, after } = await runRevocation(made, reading, options, planning)
  const denied = after ? denyingSets(after.observed.input.live, user) : []
  const isBack = succeeded && denied.length === 0
  // Only what was given back is forgotten: what is recorded is what another try needs.
  const why = isBack ? await whyNot(record(session, user)) : undefined
  if (why) reportIn(session, why)
  const isDone = isBack && !why
  if (!after) return tellUnread(reading, options)
  const { live: state, facts } = after.observed.input
  tellGivenBack({ user, state, facts, denied, isDone, isRecorded: takenOf(standing).length > 0 }, reading)
  return isDone ? 0 : 1
}

// As long as the file says that somebody is revoked, nothing is given back: the next apply would take it away again.
async function mustBeRemovable(session: Session, user: string): Promise<void> {
  const why = await whyNot(mustBeRecordable(session, user))
  if (!why) return
  const { file } = session.manifest
  throw new Refusal(why, { summary: `Nothing was restored: ${file} would still say that ${user} is revoked.` })
}
