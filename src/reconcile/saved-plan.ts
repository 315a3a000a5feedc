import { readTextFile } from '../local/files/file.ts'
import { replaceTextFile } from '../local/files/replace.ts'
import { allowanceFlags, readAllowances } from '../model/allowances.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { isObject, type JsonObject } from '../model/json.ts'
import { isTooDeep } from '../model/json-depth.ts'
import type { Plan } from '../model/plan.ts'
import { digestOfShown, documentSum } from '../plan/digest.ts'
import { planJson } from '../report/plan/json.ts'
import type { Session } from '../session/runtime.ts'
import { version } from '../session/version.ts'
import { jsonText } from '../text/json.ts'
import type { ApplyCommandOptions } from './apply.ts'
import { type SavedPlan, saveAgain } from './stale.ts'

/** The options a saved plan stands for; naming others beside it would mean another plan. `isFileNamed`: a person said which manifest. */
export async function asSaved(
  path: string,
  options: ApplyCommandOptions,
  isFileNamed: boolean,
): Promise<ApplyCommandOptions> {
  const saved = await readSavedPlan(path)
  const { file, digest: expect, only, target, allowances } = saved
  if (options.expect !== undefined && !expect.startsWith(options.expect))
    throw new Refusal(
      error('plan-file', `${path} is not the plan that --expect ${options.expect} names; nothing was done`, {
        hint: saveAgain(path),
      }),
    )
  const carried = allowanceFlags(allowances).map((words) => words.join(' '))
  const more = allowanceFlags(options)
    .map((words) => words.join(' '))
    .filter((words) => !carried.includes(words))
  if (more.length > 0) throw allowsMore(path, more)
  return {
    ...options,
    ...allowances,
    ...(isFileNamed ? {} : { file }),
    expect,
    reviewed: saved,
    ...(only ? { only } : {}),
    ...(target ? { target } : {}),
  }
}

// What is allowed besides was not allowed by whoever reviewed the plan.
function allowsMore(path: string, flags: readonly string[]): Refusal {
  return new Refusal(
    error('usage', `${flags.join(' ')} is not what the plan in ${path} was made with`, {
      hint: 'leave it out: the file names what it allows; or make a new plan with it, and review that',
    }),
  )
}

/** Writes a plan as the document that `apply plan.json` takes. */
export async function savePlan(plan: Plan, path: string, { runtime }: Session): Promise<void> {
  const snapshot = await readTextFile(path)
  // An older plan may be replaced; anything else is somebody's.
  if (snapshot.text !== undefined && parse(snapshot.text)?.format_version === undefined)
    throw new Refusal(
      error('out-exists', `${path} exists and is not a saved plan; it was left as it is`, {
        hint: 'name another file with --out',
      }),
    )
  const text = `${jsonText(planJson(plan, version), 2)}\n`
  await replaceTextFile(snapshot, text, { machine: runtime.machine, backup: false })
}

/** Reads a saved plan. It is never run as it stands: apply plans anew and refuses when the result is not the same. */
async function readSavedPlan(path: string): Promise<SavedPlan> {
  const { text } = await readTextFile(path)
  if (text === undefined) throw unusable(path, 'does not exist')
  const plan = parse(text)
  if (!plan && /\.ya?ml$/i.test(path))
    throw new Refusal(
      error('plan-file', `${path} looks like a manifest; a saved plan is expected here`, {
        hint: `run sso-reconcile apply --file ${path}`,
      }),
    )
  if (plan?.format_version !== 1) throw unusable(path, 'is not a plan of this version')
  const { digest, manifest, selection, complete } = plan
  const file = isObject(manifest) ? manifest.file : undefined
  const whole = complete === true && typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest)
  const allowances = readAllowances(plan.allowances)
  if (!whole || typeof file !== 'string' || !isObject(selection) || !allowances)
    throw unusable(path, 'holds no complete plan')
  if (digestIn(plan) !== digest) throw changed(path, 'its digest is not that of what it shows')
  if (documentSum(plan) !== plan.document_sha256) throw changed(path, 'its words are not those that were saved')
  const instance = isObject(plan.instance) ? plan.instance.arn : undefined
  const sha256 = isObject(manifest) ? manifest.sha256 : undefined
  return {
    ...{ path, file, digest, allowances },
    ...(typeof sha256 === 'string' ? { sha256 } : {}),
    ...(typeof instance === 'string' ? { instance } : {}),
    ...wordsOf(selection, 'only', path),
    ...wordsOf(selection, 'target', path),
  }
}

/** The digest of what a document shows, whatever it says its digest is. */
function digestIn(plan: JsonObject): string | undefined {
  const { instance, operations } = plan
  if (!Array.isArray(operations) || !operations.every(isObject)) return undefined
  return digestOfShown(isObject(instance) ? instance.arn : undefined, plan)
}

// Whoever reviewed it may have been shown something else than what the digest stands for.
function changed(path: string, how: string): Refusal {
  const found = `was changed after it was saved: ${how}; nothing was done`
  return new Refusal(error('plan-file', `${path} ${found}`, { hint: saveAgain(path) }))
}

function wordsOf(
  selection: JsonObject,
  key: 'only' | 'target',
  path: string,
): { readonly [key: string]: readonly string[] } {
  const words = selection[key]
  if (words === undefined) return {}
  const all = Array.isArray(words)
    ? words.filter((word): word is string => typeof word === 'string' && word !== '')
    : []
  if (!Array.isArray(words) || all.length === 0 || all.length < words.length)
    throw unusable(path, `has no usable selection.${key}`)
  return { [key]: all }
}

function parse(text: string): JsonObject | undefined {
  if (isTooDeep(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function unusable(path: string, found: string): Refusal {
  return new Refusal(
    error('plan-file', `${path} ${found}; expected a plan saved by "sso-reconcile plan --out"`, {
      hint: 'run sso-reconcile plan --out FILE, review it, then sso-reconcile apply FILE',
    }),
  )
}
