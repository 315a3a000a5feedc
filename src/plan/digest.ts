import { createHash } from 'node:crypto'
import type { Instance } from '../model/facts.ts'
import { canonical, type Json, type JsonObject } from '../model/json.ts'
import type { Operation } from '../model/operation.ts'
import type { Selection } from '../model/plan.ts'

/** sha256, in hex, of a text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/**
 * What identifies a plan: the instance, what was selected, and what each operation changes from what to what. A comment in the manifest
 * or a user nobody manages does not spoil a reviewed plan; any change to a field that would be written does.
 */
export function digestOf(
  instance: Instance | undefined,
  selection: Selection,
  operations: readonly Operation[],
): string {
  return digestOfShown(instance?.arn, selection as JsonObject, operations as unknown as readonly JsonObject[])
}

/** The same for a plan in its documented form. */
export function digestOfShown(
  instance: Json | undefined,
  selection: JsonObject,
  operations: readonly JsonObject[],
): string {
  const changes = operations.map(({ address, verb, fields }) => ({ address, verb, fields }))
  return sha256(canonical({ instance: instance ?? null, selection, changes } as unknown as Json))
}
