import type { Entitlement, Entitlements } from '../model/entitlements.ts'
import type { Facts } from '../model/facts.ts'
import { partitionOf } from '../model/partition.ts'
import type { EntitlementSummary } from './account-access-model.ts'
import { unreadBecause } from './lookups.ts'
import type { Reader } from './port.ts'

/**
 * Reads who may take which IAM role through account access manager, which belongs to the management account and the Region of the
 * organization's instance, and to no partition but the commercial one (IAM User Guide, "Getting started with account access manager").
 * Nothing depends on it: where it is not answered it says so, and never fails.
 */
export async function readEntitlements(reader: Reader, facts: Facts): Promise<Entitlements> {
  if (partitionOf(facts.region) !== 'aws') return { entitlements: [] }
  try {
    const applications = await applicationsOf(reader, facts)
    if (applications.length === 0 && facts.caller?.account !== facts.instance?.account) return elsewhere
    return merged(await Promise.all(applications.map((applicationArn) => listOf(reader, applicationArn))))
  } catch (thrown) {
    return { entitlements: [], unread: unreadBecause(thrown).unread }
  }
}

/** Applications of account access manager that take their users from the instance; those of others, and none, are left out. */
async function applicationsOf(reader: Reader, { instance }: Facts): Promise<readonly string[]> {
  const rows = await reader.list('ListAccountAccessApplications', {}, { goodToHave: true })
  const all = await Promise.all(
    rows.map(async ({ applicationArn = '' }) => {
      const of = await instanceOf(reader, applicationArn)
      // Which instance it belongs to is not known of an application that does not say: what it gives may concern this one.
      return !isText(of) || of === instance?.arn ? [applicationArn] : []
    }),
  )
  return all.flat()
}

async function instanceOf(reader: Reader, applicationArn: string): Promise<unknown> {
  try {
    const { identitySource } = await reader.get('GetAccountAccessApplication', { applicationArn })
    return identitySource?.identityCenter?.instanceArn
  } catch (thrown) {
    // Throws what is no refusal.
    unreadBecause(thrown)
    return undefined
  }
}

async function listOf(reader: Reader, applicationArn: string): Promise<Entitlements> {
  try {
    return await wholeList(reader, applicationArn)
  } catch (thrown) {
    return { entitlements: [], unread: unreadBecause(thrown).unread }
  }
}

async function wholeList(reader: Reader, applicationArn: string): Promise<Entitlements> {
  const rows = await reader.list('ListEntitlements', { applicationArn, filter: {} }, { goodToHave: true })
  const known = rows.map((row) => entitlementOf(row, applicationArn))
  const entitlements = known.flatMap((one) => one ?? [])
  return entitlements.length === known.length ? { entitlements } : { entitlements, unread: unknownKind }
}

function entitlementOf(
  { entitlementId, entitlement }: EntitlementSummary,
  application: string,
): Entitlement | undefined {
  const { principal, roleArn, account } = entitlement?.principalRole ?? {}
  const { userId, groupId } = principal?.identityCenter ?? {}
  const principal_id = userId ?? groupId
  if (!isText(entitlementId) || !isText(principal_id) || !isText(roleArn)) return undefined
  const [, inArn] = roleArn.match(/^arn:[a-z0-9-]+:iam::(\d{12}):role\//) ?? []
  const where = account ?? inArn
  if (!isText(where)) return undefined
  const principal_type = userId ? 'user' : 'group'
  return { id: entitlementId, application, principal_type, principal_id, account: where, role_arn: roleArn }
}

// Nothing has checked the answer.
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function merged(lists: readonly Entitlements[]): Entitlements {
  const unread = lists.find((one) => one.unread !== undefined)?.unread
  const entitlements = lists.flatMap((one) => one.entitlements)
  return unread === undefined ? { entitlements } : { entitlements, unread, isInUse: true }
}

const unknownKind = 'account-access:ListEntitlements returned entries of a kind that is not known here'

/** What a caller is told who may not see the application: another account has it, or nobody. */
const elsewhere: Entitlements = {
  entitlements: [],
  unread: 'only the management account shows whether it is in use',
}
