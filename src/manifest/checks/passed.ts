import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Json } from '../../model/json.ts'
import { hintOf } from '../finding.ts'
import type { LoadedManifest } from '../load.ts'
import { checkDates } from './dates.ts'

/** The warnings of a manifest, with those about dates that have passed as they are at a moment: by AWS's clock, where it is known. Pure. */
export function warningsAt(loaded: LoadedManifest, now: Date): readonly Diagnostic[] {
  const passed = checkDates(JSON.parse(JSON.stringify(loaded.manifest)) as Json, { today: now })
  return [
    ...loaded.warnings.filter(({ code }) => code !== 'until-passed'),
    ...passed.map(({ path, of, hint, ...told }) => {
      const at = loaded.position(path, of)
      const next = hint === undefined ? undefined : hintOf({ hint })
      return { ...told, ...(next === undefined ? {} : { hint: next }), ...(at ? { at } : {}) }
    }),
  ]
}
