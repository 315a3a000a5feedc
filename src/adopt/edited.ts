import { stepsByFile } from '../manifest/edit/by-file.ts'
import { carriedOut, type NoPlace } from '../manifest/edit/carry-out.ts'
import { stepsTo } from '../manifest/edit/steps.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { canonical, isObject, type Json, type JsonObject } from '../model/json.ts'

/** Texts by the file they are of. */
export type Texts = ReadonlyMap<string, string>

/**
 * The texts of the manifest and of what it includes, changed so that they mean `next`; every byte that this does not concern stays. Throws a
 * Refusal where they cannot be. Pure.
 */
export function edited(texts: Texts, loaded: LoadedManifest, next: JsonObject): Texts {
  const steps = stepsTo(loaded.manifest as unknown as JsonObject, next)
  const changes = loaded.parts ? stepsByFile(steps, loaded.parts) : new Map([[loaded.file, steps]])
  const after = new Map(texts)
  for (const [file, some] of changes) {
    const made = carriedOut(texts.get(file) ?? '', some)
    if (typeof made !== 'string') throw noPlace(made, file, loaded)
    after.set(file, made)
  }
  return after
}

/** The one file that a change is in; undefined for no change. Throws a Refusal where it is in several: they cannot be written in one step. */
export function changedFile(before: Texts, after: Texts): string | undefined {
  const files = [...after].flatMap(([file, text]) => (before.get(file) === text ? [] : [file]))
  if (files.length < 2) return files[0]
  throw new Refusal(
    error(
      'adopt-several-files',
      `this would change ${files.join(' and ')}, and only one file is written at a time; nothing was written`,
      {
        hint: 'name the addresses of one file at a time, or edit the files by hand as the plan shows',
      },
    ),
  )
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

function noPlace({ why, path }: NoPlace, file: string, loaded: LoadedManifest): Refusal {
  const [reason, hint] = reasons[why]
  const found = loaded.position([...path])
  const at = found?.file === file ? found : undefined
  return new Refusal(
    error('adopt-no-place', `${path.join('.')} in ${file} cannot be changed: ${reason}`, {
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
