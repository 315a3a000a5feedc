import { roleReport } from '../access/roles.ts'
import type { Access } from '../access/rows.ts'
import { parseConfig } from '../local/aws-config/document.ts'
import { awsConfigPath } from '../local/aws-config/paths.ts'
import { profilesByAccount } from '../local/aws-config/profiles.ts'
import { readTextFile } from '../local/files/file.ts'
import { Refusal } from '../model/diagnostic.ts'
import type { RolesTold } from '../report/access/roles.ts'
import { reachFlags } from '../session/flags.ts'
import type { Session } from '../session/runtime.ts'
import type { AccessLook } from './observe-access.ts'

/** What is said of roles beside a report that shows this access. */
export async function rolesTold(session: Session, look: AccessLook, seen: Access): Promise<RolesTold> {
  const { state, filter, roles: read, view } = look
  const report = roleReport(seen, { read, state, facts: view.facts, sets: filter.sets })
  const profiles = report.elsewhere.length > 0 ? await profilesHere(session) : new Map<string, string>()
  return { ...report, profiles, flags: reachFlags(session.options) }
}

// A file that cannot be read has no profile to suggest, and whoever uses it is told so elsewhere.
async function profilesHere({ env, home }: Session): Promise<ReadonlyMap<string, string>> {
  try {
    const file = awsConfigPath(env, home)
    return profilesByAccount(parseConfig((await readTextFile(file)).text ?? '', file))
  } catch (thrown) {
    if (thrown instanceof Refusal) return new Map()
    throw thrown
  }
}
