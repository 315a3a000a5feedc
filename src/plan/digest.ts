import { createHash } from 'node:crypto'
import type { Instance } from '../model/facts.ts'
import { canonical, type Json } from '../model/json.ts'
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
  const changes = operations.map(({ address, verb, fields }) => ({ address, verb, fields }))
  return sha256(canonical({ instance: instance?.arn ?? null, selection, changes } as unknown as Json))
}
