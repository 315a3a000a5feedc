import type { Found } from '../../kinds/adoption.ts'
import { readMachine } from '../../kinds/shared/machine.ts'
import { awsConfigPath, credentialsPath } from '../../local/aws-config/paths.ts'
import { readTextFile } from '../../local/files/file.ts'
import { type Diagnostic, Refusal } from '../../model/diagnostic.ts'
import type { State } from '../../model/state.ts'
import type { Connection } from '../../session/connection.ts'
import type { Runtime } from '../../session/runtime.ts'
import { asWarnings } from '../findings.ts'

/** What this machine has of profiles and sessions. */
export interface Here extends Pick<Found, 'machine'> {
  readonly sections: Partial<State>
  /** Why there is less than there could be. */
  readonly problems: readonly Diagnostic[]
}

/** Profiles and sessions of this machine; none, and why, where the file cannot be read. */
export async function readHere(
  { env, home }: Pick<Connection, 'env' | 'home'>,
  { busy }: Pick<Runtime, 'busy'>,
): Promise<Here> {
  try {
    const config = await textOf(() => awsConfigPath(env, home))
    // Which keys the credentials file has matters beside profiles only; a file that cannot be read is doctor's to tell.
    const credentials = await textOf(() => credentialsPath(env, home)).catch(unlessDefect)
    const { sections, problems, ...machine } = await busy(
      () => readMachine({ config, credentials }),
      config.text.length,
    )
    return { sections, machine, problems: asWarnings({ diagnostics: problems }) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { sections: {}, problems: asWarnings(thrown) }
    throw thrown
  }
}

function unlessDefect(thrown: unknown): Awaited<ReturnType<typeof textOf>> {
  if (thrown instanceof Refusal) return { path: '', text: '' }
  throw thrown
}

async function textOf(place: () => string): Promise<{ readonly path: string; readonly text: string }> {
  const { path, text = '' } = await readTextFile(place())
  return { path, text }
}
