import type { Position } from '../../model/diagnostic.ts'
import { Refusal } from '../../model/diagnostic.ts'
import { type ConfigDocument, type ConfigSection, parseConfig, type SectionKind } from '../aws-config/document.ts'
import { merged, type Settings, type SettingsFile, type SettingsView, type Sources } from './settings.ts'

/**
 * Both files as botocore, and so the AWS CLI and boto3, read them. Source: botocore, configloader.py (`load_config`, `build_profile_map`) and
 * session.py (`full_config`). A line it cannot read makes the whole file, and every command, unusable.
 */
export function botocoreSettings({ config, credentials }: Sources): SettingsView {
  const [own, stored] = [read(config), read(credentials)]
  const unreadable = 'sections' in own ? ('sections' in stored ? undefined : stored) : own
  if (!('sections' in own) || !('sections' in stored))
    return { profiles: new Map(), sessions: new Map(), ...(unreadable ? { unreadable: unreadable as Position } : {}) }
  const keys = allSettings(stored, 'credentials')
  return {
    profiles: merged(named(own, 'profile'), keys),
    sessions: named(own, 'sso-session'),
  }
}

function read({ file, text = '' }: SettingsFile): ConfigDocument | Position {
  try {
    return parseConfig(text, file)
  } catch (thrown) {
    const at = thrown instanceof Refusal ? thrown.diagnostics[0]?.at : undefined
    if (!at) throw thrown
    return at
  }
}

/** Sections of a kind by name; of one that is written twice the later counts. */
function named(document: ConfigDocument, kind: SectionKind): Map<string, Settings> {
  const own = document.sections.filter((section) => section.kind === kind)
  return new Map(own.map((section) => [section.name, settingsOf(document, section, 'config')]))
}

/** Every section of the credentials file by what stands between its brackets. */
function allSettings(document: ConfigDocument, from: 'credentials'): Map<string, Settings> {
  const own = document.sections.filter(({ header }) => header !== everywhere)
  return new Map(own.map((section) => [section.header, settingsOf(document, section, from)]))
}

/** The section whose keys Python's reader shows in every other one. */
const everywhere = 'DEFAULT'

function settingsOf(document: ConfigDocument, section: ConfigSection, from: 'config' | 'credentials'): Settings {
  const shared = document.sections.filter(({ header }) => header === everywhere)
  const options = [...shared, section].flatMap((one) => [...one.options])
  return new Map(
    options.map(([key, { value, line }]) => [key, { value, from, at: { file: document.file, line, column: 1 } }]),
  )
}
