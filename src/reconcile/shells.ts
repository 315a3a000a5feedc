import { localKinds } from '../kinds/index.ts'
import type { LocalFile, LocalFileName } from '../kinds/local-file.ts'
import type { ShellLook } from '../local/shell/answers.ts'
import type { ShellName } from '../local/shell/syntax.ts'
import type { Session } from '../session/runtime.ts'
import { askShells } from '../session/shells.ts'
import type { ObserveOptions } from './observe-cloud.ts'

/** What shells say: where each looks for its start-up file, and what new ones end up with. */
export interface ShellsSeen {
  readonly paths: ReadonlyMap<LocalFileName, string>
  readonly looks: ReadonlyMap<ShellName, ShellLook>
}

/** Asks the shells that a plan has to do with. Never throws. */
export async function observeShells(session: Session, viewing: ObserveOptions = {}): Promise<ShellsSeen> {
  const asked = await askShells(session, (file) => isAbout(file, session, viewing))
  return {
    paths: new Map(asked.map(({ file, path }) => [file.name, path])),
    looks: new Map(asked.flatMap(({ startup, look }) => (look ? [[startup.shell, look]] : []))),
  }
}

/** Whether anything would be said of the file: not by a plan that is about other things alone. */
function isAbout({ name }: LocalFile, { options: { target } }: Session, { user }: ObserveOptions): boolean {
  const kinds = localKinds.filter(({ files }) => files.includes(name))
  const isTarget = target?.some((at) => kinds.some((kind) => at.startsWith(`${kind.name}/`))) ?? true
  return user === undefined && isTarget
}
