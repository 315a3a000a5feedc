import { readTextFile } from '../local/files/file.ts'
import { replaceTextFile } from '../local/files/replace.ts'
import { defaultManifest } from '../manifest/sample.ts'
import { allowanceFlags } from '../model/allowances.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Plan } from '../model/plan.ts'
import { planJson } from '../report/plan/json.ts'
import { reachFlags, suggesting } from '../session/flags.ts'
import type { Session } from '../session/runtime.ts'
import { version } from '../session/version.ts'
import { jsonText } from '../text/json.ts'
import { about, quoted } from '../text/quote.ts'
import { shown } from '../text/shown.ts'
import type { ApplyCommandOptions } from './apply.ts'
import { parsePlan, readSavedPlan } from './read-saved.ts'
import { saveAgain } from './stale.ts'

/** The options a saved plan stands for; naming others beside it would mean another plan. `isFileNamed`: a person said which manifest. */
export async function asSaved(
  path: string,
  options: ApplyCommandOptions,
  isFileNamed: boolean,
): Promise<ApplyCommandOptions> {
  const { plan: reviewed } = await readSavedPlan(path).catch((thrown: unknown) => {
    throw suggesting(thrown, { ...options, file: defaultManifest })
  })
  const { manifest, digest: expect, selection, allowances } = reviewed
  if (reviewed.sandbox && options.sandbox === undefined) throw ofSandbox(path)
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
    ...(isFileNamed ? {} : { file: manifest.file }),
    expect,
    reviewed: { path, plan: reviewed },
    ...(selection.only ? { only: selection.only } : {}),
    ...(selection.target ? { target: selection.target } : {}),
    ...(selection.due ? { due: selection.due } : {}),
  }
}

// Nothing of AWS is meant by it, whatever is alike there.
function ofSandbox(path: string): Refusal {
  return new Refusal(
    error('plan-file', `${path} is a plan of the sandbox, and AWS was to be changed; nothing was done`, {
      hint: `add --sandbox, or save a plan of AWS: sso-reconcile plan --out ${quoted(path)}`,
    }),
  )
}

// What is allowed besides was not allowed by whoever reviewed the plan.
function allowsMore(path: string, flags: readonly string[]): Refusal {
  return new Refusal(
    error('usage', `${flags.join(' ')} does not match the flags that ${path} was made with`, {
      hint: 'omit it, because the file records what it allows; or make a new plan with it and review that',
    }),
  )
}

/** Writes a plan as the document that `apply plan.json` takes, and says so. */
export async function savePlan(plan: Plan, path: string, { runtime, options }: Session): Promise<void> {
  const snapshot = await readTextFile(path)
  // An older plan may be replaced; anything else is somebody's.
  if (snapshot.text !== undefined && parsePlan(snapshot.text)?.format_version === undefined)
    throw new Refusal(
      error('out-exists', `${path} exists and is not a saved plan; it was not overwritten`, {
        hint: 'name another file with --out',
      }),
    )
  const text = `${jsonText(planJson(plan, version), 2)}\n`
  await replaceTextFile(snapshot, text, { machine: runtime.machine, backup: false })
  if (options.quiet) return
  const flags = reachFlags({ ...options, file: defaultManifest })
  const next = plan.operations.length === 0 ? 'there is nothing to apply' : `apply it: ${about('apply', [path], flags)}`
  runtime.err(`Saved to ${shown(path)}; ${shown(next)}\n`)
}
