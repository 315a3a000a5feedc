import { readTextFile } from '../local/files/file.ts'
import { replaceTextFile } from '../local/files/replace.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { isObject, type JsonObject } from '../model/json.ts'
import { isTooDeep } from '../model/json-depth.ts'
import type { Plan } from '../model/plan.ts'
import { planJson } from '../report/plan/json.ts'
import type { Session } from '../session/runtime.ts'
import { version } from '../session/version.ts'
import type { ApplyCommandOptions } from './apply.ts'

/** What a saved plan asks of the apply that carries it out. */
interface SavedPlan {
  readonly file: string
  readonly only?: readonly string[]
  readonly target?: readonly string[]
  readonly digest: string
}

/** The options a saved plan stands for; naming others beside it would mean another plan. `isFileNamed`: a person said which manifest. */
export async function asSaved(
  path: string,
  options: ApplyCommandOptions,
  isFileNamed: boolean,
): Promise<ApplyCommandOptions> {
  const { file, digest: expect, only, target } = await readSavedPlan(path)
  if (options.expect !== undefined && !expect.startsWith(options.expect))
    throw new Refusal(
      error('usage', `--expect ${options.expect} is not the plan in ${path}`, {
        hint: 'leave --expect out: the file names its own digest',
      }),
    )
  return {
    ...options,
    ...(isFileNamed ? {} : { file }),
    expect,
    ...(only ? { only } : {}),
    ...(target ? { target } : {}),
  }
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
  const text = `${JSON.stringify(planJson(plan, version), null, 2)}\n`
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
  if (!whole || typeof file !== 'string' || !isObject(selection)) throw unusable(path, 'holds no complete plan')
  return { file, digest, ...wordsOf(selection, 'only', path), ...wordsOf(selection, 'target', path) }
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
