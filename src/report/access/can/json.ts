import type { Can, Finding } from '../../../access/can.ts'
import type { Diagnostic } from '../../../model/diagnostic.ts'
import type { JsonObject } from '../../../model/json.ts'
import { diagnosticJson } from '../../plan/json.ts'
import { rolesJson } from '../roles.ts'
import { answerKey, type CanReport, isWhole, notLookedAtJson } from './words.ts'

/** Who may do what is asked as one document: what was asked of which policies, every way in, and the best answer of each person. Pure. */
export function canJson(report: CanReport, diagnostics: readonly Diagnostic[], toolVersion: string): JsonObject {
  const { can, request, source, notChecked, roles } = report
  return {
    format_version: 1,
    tool_version: toolVersion,
    can: { action: request.action, resource: request.resource ?? '*', ...source, complete: isWhole(can, source) },
    access: can.rows.map(told),
    users: can.people.map(({ verdict, ...person }) => ({ ...person, verdict: answerKey(verdict) })),
    summary: summaryJson(can),
    groups_without_members: can.idle.map(told),
    ...(roles ? { roles: rolesJson(roles) } : {}),
    not_checked: notLookedAtJson(notChecked),
    diagnostics: diagnostics.map(diagnosticJson),
  }
}

/** Users by the best answer of each, and those who may not. */
function summaryJson({ counts, others }: Can): JsonObject {
  const { yes, limited: under_conditions, unknown, denied } = counts
  return { yes, under_conditions, unknown, denied, no: others }
}

function told<T extends Finding>(found: T): JsonObject {
  const { verdict, ...rest } = found
  const lists = { conditions: conditionsOf(found), resources: resourcesOf(found) }
  return { ...rest, verdict: answerKey(verdict), ...lists } as unknown as JsonObject
}

/** Condition keys that an answer depends on, whichever statement names them. */
export function conditionsOf({ through, within, denied_by }: Finding): readonly string[] {
  return [...new Set([...through, ...within, ...denied_by].flatMap(({ conditions = [] }) => conditions))]
}

/** Patterns of the resources that an answer is limited to, whichever statement allows them. */
export function resourcesOf({ through }: Finding): readonly string[] {
  return [...new Set(through.flatMap(({ resources = [] }) => resources))]
}
