import { readTextFile } from '../local/files/file.ts'
import { readAllowances } from '../model/allowances.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { isObject, type JsonObject } from '../model/json.ts'
import { isTooDeep } from '../model/json-depth.ts'
import type { Plan } from '../model/plan.ts'
import { digestOfShown, documentSum } from '../plan/digest.ts'
import { planOfDocument } from '../plan/document.ts'
import { quoted } from '../text/quote.ts'
import { saveAgain } from './stale.ts'

/** A saved plan: as a document, and as what reports show. */
export interface ReadPlan {
  readonly document: JsonObject
  readonly plan: Plan
}

/**
 * Reads a saved plan. It is never run as it stands: apply plans anew and refuses when the result is not the same. Throws a Refusal
 * `plan-file` for anything but a complete plan that is word for word as it was saved.
 */
export async function readSavedPlan(path: string): Promise<ReadPlan> {
  const { text } = await readTextFile(path)
  if (text === undefined) throw unusable(path, 'does not exist')
  const document = parsePlan(text)
  if (!document && /\.ya?ml$/i.test(path))
    throw new Refusal(
      error('plan-file', `${path} looks like a manifest; a saved plan is expected here`, {
        hint: `save a plan of it first: sso-reconcile plan --file ${quoted(path)} --out plan.json`,
      }),
    )
  if (document?.format_version !== 1) throw unusable(path, 'is not a plan in a supported format')
  const { complete, digest } = document
  const isNamed = typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest)
  if (complete !== true || !isNamed || !readAllowances(document.allowances))
    throw unusable(path, 'is not a complete plan')
  if (digestIn(document) !== digest) throw changed(path, 'its digest does not match its contents')
  if (documentSum(document) !== document.document_sha256) throw changed(path, 'its text is not what was saved')
  const plan = planOfDocument(document)
  if (!plan) throw unusable(path, 'is not a complete plan')
  return { document, plan }
}

/** A text as the object that it may be in JSON. */
export function parsePlan(text: string): JsonObject | undefined {
  if (isTooDeep(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The digest of what a document shows, whatever it says its digest is. */
function digestIn(document: JsonObject): string | undefined {
  const { instance, operations } = document
  if (!Array.isArray(operations) || !operations.every(isObject)) return undefined
  return digestOfShown(isObject(instance) ? instance.arn : undefined, document)
}

// Whoever reviewed it may have been shown something else than what the digest stands for.
function changed(path: string, how: string): Refusal {
  const found = `was changed after it was saved: ${how}; nothing was done`
  return new Refusal(error('plan-file', `${path} ${found}`, { hint: saveAgain(path) }))
}

function unusable(path: string, found: string): Refusal {
  return new Refusal(
    error('plan-file', `${path} ${found}; expected a plan saved by "sso-reconcile plan --out"`, {
      hint: 'run sso-reconcile plan --out FILE, review it, then sso-reconcile apply FILE',
    }),
  )
}
