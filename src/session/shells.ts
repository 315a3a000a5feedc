import { localKinds } from '../kinds/index.ts'
import type { LocalFile, StartupFile } from '../kinds/local-file.ts'
import { localFiles } from '../kinds/local-files.ts'
import type { ShellLook } from '../local/shell/answers.ts'
import { lookAtShell, type ShellPlace, shellPlace } from '../local/shell/look.ts'
import { endStrays } from '../local/shell/strays.ts'
import type { Manifest } from '../manifest/types.ts'
import type { CommonOptions, Session } from './runtime.ts'

/** A shell that was asked, and its start-up file. */
export interface AskedShell {
  readonly file: LocalFile
  readonly startup: StartupFile
  readonly place: ShellPlace
  /** Where the start-up file is. */
  readonly path: string
  /** Absent where it was only asked where it looks. */
  readonly look?: ShellLook
}

/** On behalf of what shells are asked. */
interface ShellContext extends Pick<Session, 'runtime' | 'env' | 'home' | 'selected'> {
  readonly options: Pick<CommonOptions, 'sandbox'>
  readonly manifest: { readonly manifest: Manifest }
}

/**
 * Asks the shells that the manifest has to do with and whose file `isAbout` holds, all at a time: each where it looks, and those that are to
 * have a profile what they end up with. None where nothing of theirs is selected. Never throws.
 */
export async function askShells(
  context: ShellContext,
  isAbout: (file: LocalFile) => boolean,
): Promise<readonly AskedShell[]> {
  const { selected, env, home } = context
  const { manifest } = context.manifest
  const names = new Set(localKinds.flatMap((kind) => (selected.has(kind.name) ? kind.files : [])))
  const asked = [...names].flatMap((name) => {
    const file = localFiles[name]
    const { startup } = file
    return startup && file.concerns(manifest) !== 'no' && isAbout(file) ? [{ file, startup }] : []
  })
  const answers = await Promise.all(
    asked.map(async ({ file, startup }) => {
      const place = await shellPlace(startup.shell, surroundings(context))
      const { folder } = place
      const path = file.path({ env, home, ...(folder === undefined ? {} : { folder }) })
      const profile = startup.profile(manifest)
      const look = profile === undefined ? {} : { look: await lookAtShell(place, path, profile) }
      return { file, startup, place, path, ...look }
    }),
  )
  if (answers.length > 0) await endLate(context)
  return answers
}

/** Milliseconds in which a service that a shell started a moment ago has left its session for good. */
const settling = 50

// What was just being started when its own question was over is found now.
async function endLate({ runtime: { machine } }: ShellContext): Promise<void> {
  await machine.pause(settling)
  await endStrays(machine.groups)
}

function surroundings({ runtime, env, home, options }: ShellContext) {
  const { groups } = runtime.machine
  return { around: runtime.env, env, home, groups, isPrivate: options.sandbox !== undefined }
}
