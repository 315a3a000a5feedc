import { allowancesJson } from '../../model/allowances.ts'
import type { Diagnostic, Position } from '../../model/diagnostic.ts'
import { filled, type Json, type JsonObject, present } from '../../model/json.ts'
import type { Keeping } from '../../model/keeping.ts'
import type { Operation } from '../../model/operation.ts'
import type { Plan } from '../../model/plan.ts'
import { documentSum } from '../../plan/digest.ts'
import type { Prerequisite } from '../../plan/prerequisite.ts'
import { prerequisiteJson } from './prerequisite.ts'

/** A plan as one document; its JSON Schema is `schema/plan.schema.json`. A saved plan is this document. Pure. */
export function planJson(plan: Plan, toolVersion: string): JsonObject {
  const document = documentOf(plan, toolVersion)
  // As it is once it was written and read.
  const written = plan.complete ? (JSON.parse(JSON.stringify(document)) as JsonObject) : undefined
  return written ? { ...document, document_sha256: documentSum(written) } : document
}

function documentOf(plan: Plan, toolVersion: string): JsonObject {
  const count = (verb: Operation['verb']) => plan.operations.filter((operation) => operation.verb === verb).length
  return present({
    format_version: 1,
    tool_version: toolVersion,
    manifest: plan.manifest as unknown as JsonObject,
    selection: plan.selection as JsonObject,
    ...filled({ allowances: allowancesJson(plan.allowances) }),
    sandbox: plan.sandbox,
    instance: plan.instance as JsonObject | undefined,
    complete: plan.complete,
    operations: plan.operations.map(operationJson),
    ...filled({ references: plan.references }),
    by_hand: plan.byHand.map(({ key, link, steps, at }) => present({ key, link, steps, at: placeJson(at) })),
    summary: {
      create: count('create'),
      update: count('update'),
      delete: count('delete'),
      by_hand: plan.byHand.length,
      unchanged: plan.unchanged,
    },
    access: plan.access as unknown as JsonObject,
    policies_as_of: plan.policiesAsOf,
    required_policies: plan.requiredPolicies?.map(({ name, permissionSets, accounts }) => ({
      name,
      permission_sets: permissionSets,
      accounts: accounts.map(({ id, label }) => ({ id, label })),
    })),
    refusals: plan.refusals.map(diagnosticJson),
    diagnostics: plan.diagnostics.map(diagnosticJson),
    unmanaged: plan.unmanaged,
    // What must not be applied has nothing to be named by.
    digest: plan.complete ? plan.digest : undefined,
  })
}

/** The document of a run that ended before there was a plan: same shape, nothing in it but what went wrong. */
export function failureJson(
  diagnostics: readonly Diagnostic[],
  toolVersion: string,
  missing?: Prerequisite,
): JsonObject {
  return {
    format_version: 1,
    tool_version: toolVersion,
    manifest: {},
    selection: {},
    complete: false,
    operations: missing ? [prerequisiteJson(missing)] : [],
    by_hand: [],
    summary: {
      create: missing?.verb === 'create' ? 1 : 0,
      update: missing?.verb === 'update' ? 1 : 0,
      delete: 0,
      by_hand: 0,
      unchanged: 0,
    },
    access: { gained: [], lost: [] },
    refusals: [],
    diagnostics: diagnostics.map(diagnosticJson),
    unmanaged: [],
  }
}

/** A diagnostic as data: `code` is stable, `message` and `hint` are not. */
export function diagnosticJson({ severity, code, message, hint, at, unmet }: Diagnostic): JsonObject {
  return present({ severity, code, message, hint, at: placeJson(at), unmet })
}

function operationJson(operation: Operation): JsonObject {
  const { address, kind, verb, reason, effect, rights, attention, fields, needs, keep, at } = operation
  return present({
    ...{ address, kind, verb, reason, effect },
    rights: rights as unknown as Json | undefined,
    attention,
    fields: fields as unknown as Json,
    ...{ needs, keep: keep && keepingJson(keep), at: placeJson(at) },
  })
}

function keepingJson({ by, decides, why, instead, at }: Keeping): JsonObject {
  return present({ by, decides, why, instead, at: placeJson(at) })
}

function placeJson(at: Position | undefined): JsonObject | undefined {
  return at && { file: at.file, line: at.line, column: at.column }
}
