import { type Position, Refusal } from '../../model/diagnostic.ts'
import {
  type ConfigDocument,
  type ConfigOption,
  type ConfigSection,
  parseConfig,
  type SectionKind,
} from '../aws-config/document.ts'
import { merged, type Setting, type Settings, type SettingsFile, type SettingsView, type Sources } from './settings.ts'

/**
 * Both files as botocore, and so the AWS CLI and boto3, read them. Source: botocore, configloader.py (`load_config`, `build_profile_map`) and
 * session.py (`full_config`). A line it cannot read makes the whole file, and every command, unusable.
 */
export function botocoreSettings({ config, credentials }: Sources): SettingsView {
  const [own, stored] = [read(config), read(credentials)]
  const unreadable = [own, stored].find((one) => 'line' in one)
  if (!('sections' in own) || !('sections' in stored))
    return { profiles: new Map(), sessions: new Map(), ...(unreadable ? { unreadable } : {}) }
  const keys = allSettings(stored, 'credentials')
  return {
    profiles: merged(named(own, 'profile'), keys),
    sessions: named(own, 'sso-session'),
  }
}

function read({ path, text = '' }: SettingsFile): ConfigDocument | Position {
  try {
    return parseConfig(text, path)
  } catch (thrown) {
    const at = thrown instanceof Refusal ? thrown.diagnostics[0]?.at : undefined
    if (!at) throw thrown
    return at
  }
}

/** Sections of a kind by name; of one that is written twice the later counts. */
function named(document: ConfigDocument, kind: SectionKind): Map<string, Settings> {
  const settings = reading(document, 'config')
  return new Map(document.sections.flatMap((one) => (one.kind === kind ? [[one.name, settings(one)]] : [])))
}

/** Every section of the credentials file by what stands between its brackets. */
function allSettings(document: ConfigDocument, from: 'credentials'): Map<string, Settings> {
  const settings = reading(document, from)
  return new Map(document.sections.flatMap((one) => (one.header === everywhere ? [] : [[one.header, settings(one)]])))
}

/** The section whose keys Python's reader shows in every other one. */
const everywhere = 'DEFAULT'

function reading({ file, sections }: ConfigDocument, from: Setting['from']): (section: ConfigSection) => Settings {
  const shared = sections.filter(({ header }) => header === everywhere).flatMap(({ options }) => [...options])
  const told = ([key, { value, line }]: readonly [string, ConfigOption]) =>
    [key, { value, from, at: { file, line, column: 1 } }] as const
  return ({ options }) => new Map([...shared, ...options].map(told))
}
