import type { RoleEntitlement, RoleEntitlements } from '../../access/role-entitlements.ts'
import type { JsonObject } from '../../model/json.ts'
import { plural } from '../../text/count.ts'
import { escapeHtml } from '../../text/html.ts'
import { shownIn } from '../../text/shown.ts'
import { hanging, listItem } from '../../text/wrap.ts'
import { inline } from '../markdown.ts'
import { accountText } from './words.ts'

const heading = 'IAM roles through account access manager'

function lineOf(one: RoleEntitlement): string {
  return `${holder(one)}: ${one.role_arn} on ${accountText(one)}`
}

function holder({ principal_type, principal, principal_id, members }: RoleEntitlement): string {
  if (principal === principal_id) return `${principal_type} ${principal}`
  return principal_type === 'user' ? principal : `group ${principal} (${plural(members.length, 'member')})`
}

/** As lines of a report, a blank one first; none where there is nothing to tell. Pure. */
export function entitlementsText(seen: RoleEntitlements | undefined, width: number): readonly string[] {
  const { roles } = shownIn(seen ?? { roles: [] })
  if (roles.length === 0) return []
  return ['', ...hanging(`${heading}:`, width), ...roles.flatMap((one) => listItem(lineOf(one), width, 2))]
}

/** As a part of a Markdown page. Pure. */
export function entitlementsMarkdown({ roles }: RoleEntitlements = { roles: [] }): readonly string[] {
  if (roles.length === 0) return []
  return ['', `${heading}:`, '', ...roles.map((one) => `- ${inline(lineOf(one))}`)]
}

/** As a part of an HTML page. Pure. */
export function entitlementsHtml({ roles }: RoleEntitlements = { roles: [] }): string {
  if (roles.length === 0) return ''
  const lines = roles.map((one) => `<li>${escapeHtml(lineOf(one))}`)
  return `<h2>${heading}</h2>\n<ul>\n${lines.join('\n')}\n</ul>\n`
}

/** As members of a document; none where nobody asked. Pure. */
export function entitlementsJson(seen: RoleEntitlements | undefined): JsonObject {
  if (seen === undefined) return {}
  return {
    account_access_manager: seen.roles.map((one) => ({ ...one, members: [...one.members] })),
    ...(seen.unread === undefined ? {} : { account_access_manager_unread: seen.unread }),
  }
}
