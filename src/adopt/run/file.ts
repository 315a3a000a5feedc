import { error, Refusal } from '../../model/diagnostic.ts'
import { sha256 } from '../../plan/digest.ts'
import { editManifest } from '../../session/manifest.ts'
import type { Session } from '../../session/runtime.ts'

/** The text that the manifest was read from. Throws a Refusal where there is no file. */
export function textOf({ sources, options, manifestDigest }: Session): string {
  const text = sources.get(options.file)
  if (text !== undefined && sha256(text) === manifestDigest) return text
  throw new Refusal(
    error('file-missing', `there is no ${options.file} to write into`, {
      hint: 'run "sso-reconcile init" to write one',
    }),
  )
}

/** Replaces the text that the manifest was read from. Throws a Refusal where it is no longer that text; nothing is written then. */
export async function write({ options, runtime }: Session, before: string, after: string): Promise<void> {
  const edit = (now: string) => {
    if (now === before) return after
    throw new Refusal(
      error('file-changed', `${options.file} changed since it was read`, {
        hint: 'run this again to go by the current file',
      }),
    )
  }
  await editManifest(options.file, edit, runtime)
}
