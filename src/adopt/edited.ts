import { carriedOut, type NoPlace } from '../manifest/edit/carry-out.ts'
import { stepsTo } from '../manifest/edit/steps.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { canonical, isObject, type Json, type JsonObject } from '../model/json.ts'

/** The manifest's text changed so that it means `next`; every byte that this does not concern stays. Throws a Refusal where it cannot be. Pure. */
export function edited(text: string, loaded: LoadedManifest, next: JsonObject): string {
  const made = carriedOut(text, stepsTo(loaded.manifest as unknown as JsonObject, next))
  if (typeof made === 'string') return made
  throw noPlace(made, loaded)
}

const reasons: Readonly<Record<NoPlace['why'], readonly [why: string, hint: string]>> = {
  alias: [
    'it is repeated there by an alias (*), so a change would be one of every place that has it',
    'write the value out instead of the alias, then run this again',
  ],
  variable: [
    'its value comes from a variable',
    'change the variable, or write the value into the file, then run this again',
  ],
  form: [
    'it is written in a form that cannot be edited without touching more',
    'make the change by hand as the plan shows it, or write each entry on a line of its own and run this again',
  ],
}

function noPlace({ why, path }: NoPlace, loaded: LoadedManifest): Refusal {
  const [reason, hint] = reasons[why]
  const at = loaded.position([...path])
  return new Refusal(
    error('adopt-no-place', `${path.join('.')} in ${loaded.file} cannot be changed: ${reason}`, {
      hint,
      ...(at ? { at } : {}),
    }),
  )
}

/** Why a text that was edited is not taken: it would mean something else. */
export function otherMeaning({ file }: LoadedManifest): Refusal {
  const [reason, hint] = reasons.form
  return new Refusal(error('adopt-no-place', `${file} cannot be changed: ${reason}`, { hint }))
}

/** True for manifests that say the same; what is added to a list is added at its end, wherever it would be if the list were sorted. Pure. */
export function saysTheSame(a: JsonObject, b: JsonObject): boolean {
  return canonical(unordered(a)) === canonical(unordered(b))
}

function unordered(value: Json): Json {
  if (Array.isArray(value)) return value.map((one: Json) => canonical(unordered(one))).sort()
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unordered(one)]))
}
