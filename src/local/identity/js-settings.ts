import { merged, type Setting, type Settings, type SettingsFile, type SettingsView, type Sources } from './settings.ts'

/**
 * Both files as the AWS SDK for JavaScript reads them: it never finds a file unreadable, drops comments behind values, sees no key with a colon or in
 * capitals, and no section whose name has other characters than those below. Source: @smithy/core, config/shared-ini-file-loader
 * (`parseIni`, `getConfigData`, `mergeConfigFiles`).
 */
export function jsSettings({ config, credentials }: Sources): SettingsView {
  const own = sectionsOf(config, 'config')
  const named = (kind: string) =>
    new Map(
      [...own].flatMap(([id, settings]) => (id.startsWith(`${kind}.`) ? [[id.slice(kind.length + 1), settings]] : [])),
    )
  const plain = own.get('default')
  const profiles = new Map([...(plain ? [['default', plain] as const] : []), ...named('profile')])
  return { profiles: merged(profiles, sectionsOf(credentials, 'credentials')), sessions: named('sso-session') }
}

const kinds = ['profile', 'sso-session', 'services']
const twoWords = /^([\w-]+)\s(["']?)([\w@+.%:/-]+)\2$/

/** Sections by `kind.name`, or by the text between the brackets where that is one word or none the reader knows. */
function sectionsOf({ path: file, text = '' }: SettingsFile, from: Setting['from']): Map<string, Settings> {
  const found = new Map<string, Map<string, Setting>>()
  let section: string | undefined
  let block: string | undefined
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const body = line.replace(/(^|\s)[;#].*$/s, '').trim()
    if (body.startsWith('[') && body.endsWith(']')) {
      const name = body.slice(1, -1)
      // A name that would reach into the prototype makes the SDK drop the whole file.
      if (name === '__proto__' || name === 'profile __proto__') return new Map()
      section = idOf(name)
      block = undefined
      continue
    }
    const equals = body.indexOf('=')
    if (section === undefined || equals < 1) continue
    const [key, value] = [body.slice(0, equals).trim(), body.slice(equals + 1).trim()]
    if (value === '') {
      block = key
      continue
    }
    if (line.trimStart() === line) block = undefined
    const settings = found.get(section) ?? new Map<string, Setting>()
    found.set(section, settings)
    settings.set(block ? `${block}.${key}` : key, { value, from, at: { file, line: index + 1, column: 1 } })
  }
  return found
}

function idOf(name: string): string | undefined {
  const [, kind, , own] = twoWords.exec(name) ?? []
  if (kind === undefined) return name
  return kinds.includes(kind) ? `${kind}.${own}` : undefined
}
