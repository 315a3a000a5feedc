import type { LoadedManifest } from './load.ts'

/** The manifest as a sentence names it: `sso.yaml`, or `sso.yaml and its 2 included files`. Pure. */
export function calledOf({ file, parts = [] }: Pick<LoadedManifest, 'file' | 'parts'>): string {
  const others = parts.length - 1
  return others < 1 ? file : `${file} and its ${others === 1 ? 'included file' : `${others} included files`}`
}
