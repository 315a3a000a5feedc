import type { Access } from '../../access/rows.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Json } from '../../model/json.ts'
import { diagnosticJson } from '../plan/json.ts'
import { applicationsJson } from './applications.ts'
import type { Beside } from './beside.ts'
import { entitlementsJson } from './role-entitlements.ts'
import { rolesJson } from './roles.ts'
import { settingsJson } from './settings.ts'
import { issuersJson } from './token-issuers.ts'
import { type NotChecked, notCheckedJson } from './words.ts'

/** A document whose rows are those of the report, because there may be very many of them. */
export type AccessDocument = Readonly<Record<string, Json | Access['rows'] | Access['idle']>>

/** Access as one document: every way in, the grants of groups without members, and what was not looked at. Pure. */
export function accessJson(
  access: Access,
  notChecked: NotChecked,
  diagnostics: readonly Diagnostic[],
  toolVersion: string,
  { roles, entitlements, applications, issuers }: Beside = {},
): AccessDocument {
  return {
    format_version: 1,
    tool_version: toolVersion,
    access: access.rows,
    ...settingsJson(access),
    groups_without_members: access.idle,
    ...entitlementsJson(entitlements),
    ...(applications ? applicationsJson(applications) : {}),
    ...issuersJson(issuers),
    ...(roles ? { roles: rolesJson(roles) } : {}),
    not_checked: notCheckedJson(notChecked),
    diagnostics: diagnostics.map(diagnosticJson),
  }
}
