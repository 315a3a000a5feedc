import { barredFrom } from '../../manifest/include/may-name.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import type { Unkept } from '../../model/keeping.ts'

/** Why somebody is not added to a list of a group or an application: the file that has it is limited. Undefined where it may be. Pure. */
export function beyondLimit(
  loaded: LoadedManifest,
  path: readonly string[],
  section: 'users' | 'groups',
  name: string,
): Unkept | undefined {
  const barred = barredFrom(loaded, path, section, name)
  if (!barred) return undefined
  const { file, at } = barred
  const what = `${section === 'users' ? 'user' : 'group'} ${name}`
  const why = `the limit that ${loaded.file} sets for ${file} does not let it name ${what}`
  return { why, instead: `have refer_to of ${file} in ${loaded.file} name ${what}`, at }
}
