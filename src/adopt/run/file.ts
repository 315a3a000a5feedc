import { error, Refusal } from '../../model/diagnostic.ts'
import { sha256 } from '../../plan/digest.ts'
import { editManifest } from '../../session/manifest.ts'
import type { Session } from '../../session/runtime.ts'
import type { Texts } from '../edited.ts'

/** A change of one file. */
export interface FileEdit {
  readonly file: string
  readonly before: string
  readonly after: string
}

/** The texts that the manifest was read from, with those of what it includes. Throws a Refusal where there is no file. */
export function textsOf({ sources, options, manifest, manifestDigest }: Session): Texts {
  if (manifest.parts) return new Map(manifest.parts.map(({ file }) => [file, sources.get(file) ?? '']))
  const text = sources.get(options.file)
  if (text !== undefined && sha256(text) === manifestDigest) return new Map([[options.file, text]])
  throw new Refusal(
    error('file-missing', `there is no ${options.file} to write into`, {
      hint: 'run "sso-reconcile init" to write one',
    }),
  )
}

/** Replaces the text that a file was read with. Throws a Refusal where it is no longer that text; nothing is written then. */
export async function write({ runtime }: Session, { file, before, after }: FileEdit): Promise<void> {
  const edit = (now: string) => {
    if (now === before) return after
    throw new Refusal(
      error('file-changed', `${file} changed since it was read`, {
        hint: 'run this again to go by the current file',
      }),
    )
  }
  await editManifest(file, edit, runtime)
}
