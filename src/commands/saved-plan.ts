import { readTextFile } from '../local/file.ts'
import { replaceTextFile } from '../local/replace.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { isObject, type JsonObject } from '../model/json.ts'
import type { Plan } from '../model/plan.ts'
import { planJson } from '../report/plan-json.ts'
import type { Session } from './context.ts'
import { version } from './version.ts'

/** What a saved plan asks of the apply that carries it out. */
export interface SavedPlan {
  readonly file: string
  readonly only?: readonly string[]
  readonly target?: readonly string[]
  readonly digest: string
}

/** Writes a plan as the document that `apply plan.json` takes. */
export async function savePlan(plan: Plan, path: string, { shell }: Session): Promise<void> {
  const snapshot = await readTextFile(path)
  const text = `${JSON.stringify(planJson(plan, version), null, 2)}\n`
  await replaceTextFile(snapshot, text, { machine: shell.machine, backup: false })
}

/** Reads a saved plan. It is never run as it stands: apply plans anew and refuses when the result is not the same. */
export async function readSavedPlan(path: string): Promise<SavedPlan> {
  const { text } = await readTextFile(path)
  if (text === undefined) throw unusable(path, 'does not exist')
  const plan = parse(text)
  if (plan?.format_version !== 1) throw unusable(path, 'is not a plan of this version')
  const { digest, manifest, selection } = plan
  if (typeof digest !== 'string' || !isObject(manifest ?? null) || plan.complete !== true)
    throw unusable(path, 'holds no complete plan')
  const file = isObject(manifest ?? null) ? String((manifest as JsonObject).file) : ''
  const words = (key: string) => {
    const value = isObject(selection ?? null) ? (selection as JsonObject)[key] : undefined
    return Array.isArray(value) ? { [key]: value.map(String) } : {}
  }
  return { file, digest, ...words('only'), ...words('target') }
}

function parse(text: string): JsonObject | undefined {
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
      hint: `run sso-reconcile plan --out ${path}, review it, then apply it`,
    }),
  )
}
