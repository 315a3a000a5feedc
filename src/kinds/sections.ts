import type { LoadedManifest } from '../manifest/load.ts'
import type { Manifest } from '../manifest/types.ts'
import type { KindName } from '../model/specs.ts'
import type { Section } from './declaration.ts'
import { kindNamed, localKinds } from './index.ts'

/** Keys of a manifest that say where and how, and ask for nothing by themselves. */
export const heads: readonly Section[] = [
  'version',
  'name',
  'identity_center.region',
  'identity_center.instance',
  'identity_center.start_url',
  'include',
  'accounts',
  'checklist',
  'limits',
  'ignore',
]

/**
 * True when a manifest speaks of Identity Center: when it has any section that kinds of this machine do not read alone. A section that
 * nobody claims counts as one, so that nothing is taken for done because nobody looked. Pure.
 */
export function concernsCloud(manifest: Manifest): boolean {
  const local = new Set<string>([...heads, ...localKinds.flatMap(({ sections }) => sections)])
  return sectionsOf(manifest).some((section) => !local.has(section))
}

/** The section of a kind that a manifest would have to have to speak of it; undefined where it speaks of it. Pure. */
export function sectionMissing(kind: KindName, manifest: Manifest): Section | undefined {
  const { sections } = kindNamed(kind)
  const present = new Set(sectionsOf(manifest))
  return sections.some((one) => present.has(one)) ? undefined : sections[0]
}

// What is listed under `absent`, and the settings of the instance, are spoken of part by part.
function sectionsOf({ absent = {}, identity_center = { region: '' }, ...manifest }: Manifest): readonly string[] {
  const parts = Object.entries({ absent, identity_center }).flatMap(([section, part]) =>
    Object.keys(part).map((key) => `${section}.${key}`),
  )
  return [...Object.keys(manifest), ...parts]
}

/** True when AWS has to be asked: the manifest speaks of Identity Center, or leaves open what a kind of this machine needs. Pure. */
export function asksAws(loaded: LoadedManifest): boolean {
  if (concernsCloud(loaded.manifest)) return true
  const management = loaded.manifest.accounts?.management
  const facts = { now: new Date(0), region: '', owner: '', accounts: [], ...(management ? { management } : {}) }
  return localKinds.some((kind) => kind.asksAws?.(loaded, facts))
}
