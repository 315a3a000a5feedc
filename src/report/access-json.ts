import type { Access } from '../access/rows.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { JsonObject } from '../model/json.ts'
import { diagnosticJson } from './plan-json.ts'

/** Access as one document: every way in, and the grants of groups without members. Pure. */
export function accessJson(access: Access, diagnostics: readonly Diagnostic[], toolVersion: string): JsonObject {
  return {
    format_version: 1,
    tool_version: toolVersion,
    access: access.rows.map((row) => ({ ...row })) as readonly JsonObject[],
    groups_without_members: access.idle.map((grant) => ({ ...grant })) as readonly JsonObject[],
    diagnostics: diagnostics.map(diagnosticJson),
  }
}
