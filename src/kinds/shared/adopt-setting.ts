import type { Json } from '../../model/json.ts'
import type { Adoption } from '../adoption.ts'
import { sectionSize } from './adopt-rows.ts'
import { objectAt } from './take-named.ts'

/** What `init` does alike about each setting of the instance: `several` is what more than one of them is called. */
export function adoptedSetting(
  key: string,
  one: string,
  several: string,
): Pick<Adoption, 'section' | 'count' | 'refused'> {
  return {
    section: `identity_center.${key}`,
    count: (manifest) => [settingSize(objectAt(manifest, 'identity_center')[key]), one, several],
    refused: ({ path, why }) => [{ about: path.join('.'), treatment: 'out', why }],
  }
}

/** A list has as many as are on it, and a single value is one. */
function settingSize(value: Json | undefined): number {
  return value === undefined || Array.isArray(value) ? sectionSize(value) : 1
}
