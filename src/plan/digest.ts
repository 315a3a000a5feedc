import { createHash } from 'node:crypto'
import { type Allowances, allowancesJson } from '../model/allowances.ts'
import type { Instance } from '../model/facts.ts'
import { canonical, filled, type Json, type JsonObject } from '../model/json.ts'
import type { Operation } from '../model/operation.ts'
import type { References, Selection } from '../model/plan.ts'

/** sha256, in hex, of a text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** What a digest is about, beside the instance. */
interface Identified {
  readonly selection: Selection
  readonly allow: Allowances
  readonly operations: readonly Operation[]
  readonly references: References
}

/**
 * What identifies a plan: the instance, what was selected, what was allowed, what each operation changes from what to what, and what AWS calls
 * the things that are named there. A comment in the manifest
 * or a user nobody manages does not spoil a reviewed plan; any change to a field that would be written does.
 */
export function digestOf(
  instance: Instance | undefined,
  { selection, allow, operations, references }: Identified,
): string {
  return digestOfShown(instance?.arn, {
    selection: selection as JsonObject,
    allowances: allowancesJson(allow),
    operations: operations as unknown as readonly JsonObject[],
    references,
  })
}

/** The same for a plan in its documented form, of which only the members that identify it count. */
export function digestOfShown(instance: Json | undefined, shown: JsonObject): string {
  const { selection = null, allowances: allowed = null, operations = [], references = null } = shown
  const changes = (operations as readonly JsonObject[]).map(({ address, verb, fields }) => ({ address, verb, fields }))
  const whole = { instance: instance ?? null, selection, ...filled({ allowances: allowed, references }), changes }
  return sha256(canonical(whole as unknown as Json))
}

/**
 * What a document is known by, whatever it says: sha256 over all of it but this sum itself. A digest stands for what would be done, this for
 * every word of what was shown about it.
 */
export function documentSum({ document_sha256: _own, ...document }: JsonObject): string {
  return sha256(canonical(document))
}
