import { type RoleEntitlements, roleEntitlementsOf } from '../access/role-entitlements.ts'
import { readEntitlements } from '../aws/entitlements.ts'
import type { PlanResult } from './planning.ts'

/** What account access manager gives at the time of a look, with the names that the look knows. */
export async function roleEntitlementsAt({ observed: { cloud, input } }: PlanResult): Promise<RoleEntitlements> {
  if (!cloud) return { roles: [], unread: 'AWS was not read' }
  const { reader, facts } = cloud.context
  return roleEntitlementsOf(await readEntitlements(reader, facts), input.live, facts)
}
