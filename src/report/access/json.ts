import type { Access } from '../../access/rows.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { JsonObject } from '../../model/json.ts'
import { diagnosticJson } from '../plan/json.ts'
import { applicationsJson } from './applications.ts'
import type { Beside } from './beside.ts'
import { rolesJson } from './roles.ts'
import { settingsJson } from './settings.ts'
import { issuersJson } from './token-issuers.ts'
import { type NotChecked, notCheckedJson } from './words.ts'

/** Access as one document: every way in, the grants of groups without members, and what was not looked at. Pure. */
export function accessJson(
  access: Access,
  notChecked: NotChecked,
  diagnostics: readonly Diagnostic[],
  toolVersion: string,
  { roles, applications, issuers }: Beside = {},
): JsonObject {
  return {
    format_version: 1,
    tool_version: toolVersion,
    access: access.rows.map((row) => ({ ...row })),
    ...settingsJson(access),
    groups_without_members: access.idle.map((grant) => ({ ...grant })),
    ...(applications ? applicationsJson(applications) : {}),
    ...issuersJson(issuers),
    ...(roles ? { roles: rolesJson(roles) } : {}),
    not_checked: notCheckedJson(notChecked),
    diagnostics: diagnostics.map(diagnosticJson),
  }
}
