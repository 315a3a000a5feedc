import { type Path, pathsOf } from '../access/paths.ts'
import { type Question, questionsOfGroups } from '../access/questions.ts'
import { desiredState } from '../kinds/states.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Facts } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import { type Grants, grantsOf, withRevoked } from './about.ts'
import { takenGrants, takenOf } from './taken.ts'

/** A revocation that stands already, and what is live beside it. */
export interface StandingRevocation {
  readonly user: string
  readonly manifest: LoadedManifest
  readonly facts: Facts
  readonly live: State
}

/**
 * The ways into accounts that a standing revocation has closed, or has to close: those it recorded, and those that the manifest grants
 * without it. Pure.
 */
export function earlierPaths(standing: StandingRevocation): readonly Path[] {
  const { membership, assignment } = earlierGrants(standing)
  const { live, user } = standing
  return pathsOf({ ...live, membership, assignment: new Map([...live.assignment, ...assignment]) }, user).paths
}

/** What has to be read so that these ways are known: what the groups hold that the user was taken out of. Pure. */
export function questionsOfEarlier(standing: StandingRevocation): readonly Question[] {
  const groups = [...earlierGrants(standing).membership.values()].map(({ spec }) => spec.group)
  return questionsOfGroups(standing.live, new Set(groups))
}

function earlierGrants({ user, manifest, facts, live }: StandingRevocation): Grants {
  const taken = takenGrants(takenOf(manifest.manifest.revoked?.[user]), { manifest, live })
  const declared = grantsOf(desiredState(withRevoked(manifest, user), facts), user)
  return {
    membership: new Map([...taken.membership, ...declared.membership]),
    assignment: new Map([...taken.assignment, ...declared.assignment]),
    'application-assignment': new Map(),
  }
}
