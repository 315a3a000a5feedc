import { localKinds } from '../kinds/index.ts'
import type { LocalFile, LocalFileName } from '../kinds/local-file.ts'
import { localFiles } from '../kinds/local-files.ts'
import type { ShellLook } from '../local/shell/answers.ts'
import { lookAtShell, type ShellPlace, shellPlace } from '../local/shell/look.ts'
import type { ShellName } from '../local/shell/syntax.ts'
import type { Session } from '../session/runtime.ts'
import type { ObserveOptions } from './observe-cloud.ts'

/** What shells say: where each looks for its start-up file, and what new ones end up with. */
export interface AskedShells {
  readonly folders: ReadonlyMap<LocalFileName, string>
  readonly looks: ReadonlyMap<ShellName, ShellLook>
}

/** Asks the shells that the manifest has to do with, all at a time; none where nothing of theirs is selected. Never throws. */
export async function askShells(session: Session, viewing: ObserveOptions = {}): Promise<AskedShells> {
  const asked = await Promise.all(
    startupFiles(session).map(async ({ file, startup }) => {
      const place = await shellPlace(startup.shell, surroundings(session))
      const profile = isAbout(file, session, viewing) ? startup.profile(session.manifest.manifest) : undefined
      return {
        file,
        startup,
        place,
        look: profile === undefined ? undefined : await look(file, place, profile, session),
      }
    }),
  )
  return {
    folders: new Map(
      asked.flatMap(({ file, place: { folder } }) => (folder === undefined ? [] : [[file.name, folder]])),
    ),
    looks: new Map(asked.flatMap(({ startup, look: found }) => (found ? [[startup.shell, found]] : []))),
  }
}

function startupFiles({ selected, manifest }: Session) {
  const names = new Set(localKinds.flatMap((kind) => (selected.has(kind.name) ? kind.files : [])))
  return [...names].flatMap((name) => {
    const file = localFiles[name]
    const { startup } = file
    return startup && file.concerns(manifest.manifest) !== 'no' ? [{ file, startup }] : []
  })
}

function surroundings({ runtime, env, home, options }: Session) {
  const { groups } = runtime.machine
  return { around: runtime.env, env, home, groups, isPrivate: options.sandbox !== undefined }
}

/** Whether anything would be said of the file: not by a plan that is about other things alone. */
function isAbout({ name }: LocalFile, { options: { target } }: Session, { user }: ObserveOptions): boolean {
  const kinds = localKinds.filter(({ files }) => files.includes(name))
  const isTarget = target?.some((at) => kinds.some((kind) => at.startsWith(`${kind.name}/`))) ?? true
  return user === undefined && isTarget
}

function look(file: LocalFile, place: ShellPlace, profile: string, { env, home }: Session): Promise<ShellLook> {
  const { folder } = place
  return lookAtShell(place, file.path({ env, home, ...(folder === undefined ? {} : { folder }) }), profile)
}
