import type { Position } from '../../model/diagnostic.ts'

/** One file of AWS tools as it was read; without a text where there is none. */
export interface SettingsFile {
  readonly path: string
  readonly text?: string | undefined
}

/** The two files that say who profiles are. */
export interface Sources {
  /** `~/.aws/config`, or the file AWS_CONFIG_FILE names. */
  readonly config: SettingsFile
  /** `~/.aws/credentials`, or the file AWS_SHARED_CREDENTIALS_FILE names. */
  readonly credentials: SettingsFile
}

/** The value of a key, the line that says it, and the file it stands in. */
export interface Setting {
  readonly value: string
  readonly at: Position
  readonly from: 'config' | 'credentials'
}

/** Keys of one section, as one tool reads them. */
export type Settings = ReadonlyMap<string, Setting>

/** Sections of both files as one tool reads them: keys of the credentials file win over those of the config file. */
export interface SettingsView {
  readonly profiles: ReadonlyMap<string, Settings>
  readonly sessions: ReadonlyMap<string, Settings>
  /** Line of the file because of which the tool reads nothing at all. */
  readonly unreadable?: Position
}

/** Both maps in one; the second wins key by key. */
export function merged(
  config: ReadonlyMap<string, Settings>,
  credentials: ReadonlyMap<string, Settings>,
): Map<string, Settings> {
  const all = new Map(config)
  for (const [name, settings] of credentials) all.set(name, new Map([...(all.get(name) ?? []), ...settings]))
  return all
}
