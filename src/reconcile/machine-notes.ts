import { join } from 'node:path'
import type { LocalFileName } from '../kinds/local-file.ts'
import { conflictingProfiles } from '../kinds/profile/torn.ts'
import { credentialsPath } from '../local/aws-config/paths.ts'
import { type FileSnapshot, readTextFile } from '../local/files/file.ts'
import { environmentKeys, storedKeys } from '../local/identity/shadowing.ts'
import { bashLoginFiles, loginNotes, shellNotes } from '../local/shell/notes.ts'
import { address, nameOf } from '../model/address.ts'
import { type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import type { Session } from '../session/runtime.ts'

/** What was read and what is desired. */
interface Seen {
  readonly desired: State
  readonly live: State
  readonly facts: Facts
}

/** What a person should know about this machine that no change of ours can mend: it is told and left alone. */
export async function machineNotes(
  session: Session,
  files: ReadonlyMap<LocalFileName, FileSnapshot>,
  seen: Seen,
): Promise<Diagnostic[]> {
  return [...(await profileNotes(session, files, seen)), ...(await startupNotes(session, files, seen))]
}

async function profileNotes(
  { env, home, selected, manifest }: Session,
  files: ReadonlyMap<LocalFileName, FileSnapshot>,
  { desired, live }: Seen,
): Promise<Diagnostic[]> {
  const config = files.get('aws-config')
  if (!selected.has('profile') || !config) return []
  const profiles = new Set([...desired.profile.keys()].map(nameOf))
  const credentials = await textOf(credentialsPath(env, home))
  const exported = manifest.manifest.local?.shell?.aws_profile
  const relied = exported === undefined ? undefined : `AWS_PROFILE=${exported}`
  return [
    ...environmentKeys(env, relied ?? (profiles.has('default') ? 'profile default' : undefined)),
    ...storedKeys(
      [
        { file: config.path, text: config.text ?? '', form: 'config' },
        { file: credentials.file, text: credentials.text ?? '', form: 'credentials' },
      ],
      profiles,
    ),
    ...conflictingProfiles(desired, live, config.path),
  ]
}

async function startupNotes(
  { home, selected }: Session,
  files: ReadonlyMap<LocalFileName, FileSnapshot>,
  { desired, facts }: Seen,
): Promise<Diagnostic[]> {
  if (!selected.has('shell')) return []
  const shells = (['zsh', 'bash', 'fish'] as const).filter((shell) => desired.shell.has(address('shell', shell)))
  const notes = shells.flatMap((shell) => {
    const { path: file = '', text = '' } = files.get(shell) ?? {}
    return shellNotes({ shell, file, text, owner: facts.owner })
  })
  if (!shells.includes('bash')) return notes
  const login = await Promise.all(bashLoginFiles.map((name) => textOf(join(home, name))))
  return [...notes, ...loginNotes(login)]
}

// Nothing is written to these files, so one that cannot be read is nobody's concern here.
async function textOf(file: string): Promise<{ file: string; text: string | undefined }> {
  try {
    return { file, text: (await readTextFile(file)).text }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return { file, text: undefined }
  }
}
