import { createHash } from 'node:crypto'
import { type Allowances, allowancesJson } from '../model/allowances.ts'
import type { Instance } from '../model/facts.ts'
import { canonical, filled, type Json } from '../model/json.ts'
import type { Operation } from '../model/operation.ts'
import type { Selection } from '../model/plan.ts'

/** sha256, in hex, of a text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** What a digest is about, beside the instance. */
interface Identified {
  readonly selection: Selection
  readonly allow: Allowances
  readonly operations: readonly Operation[]
}

/**
 * What identifies a plan: the instance, what was selected, what was allowed, and what each operation changes from what to what. A comment in the manifest
 * or a user nobody manages does not spoil a reviewed plan; any change to a field that would be written does.
 */
export function digestOf(instance: Instance | undefined, { selection, allow, operations }: Identified): string {
  const changes = operations.map(({ address, verb, fields }) => ({ address, verb, fields }))
  const allowances = filled({ allowances: allowancesJson(allow) })
  const whole = { instance: instance?.arn ?? null, selection, ...allowances, changes }
  return sha256(canonical(whole as unknown as Json))
}
