import { type ConfigDocument, type ConfigSection, findSection } from '../local/aws-config/document.ts'
import { label } from '../model/console.ts'
import { type Diagnostic, error, type Position } from '../model/diagnostic.ts'
import { exampleStartUrl } from '../model/portal.ts'
import type { SsoProfile } from './sso-profile.ts'

const keys = ['sso_start_url', 'sso_region'] as const

type Key = (typeof keys)[number]

/**
 * What makes a login of that profile fail in every AWS tool, or in some: a session without one of its keys, a start URL that is none,
 * and keys of the profile that say otherwise than its session. Each with its line and its fix; none when all is well. Pure.
 */
export function sessionTroubles(document: ConfigDocument, { name, session }: SsoProfile): readonly Diagnostic[] {
  const profile = findSection(document, 'profile', name)
  if (session.legacy) return profile ? keys.flatMap((key) => troublesOf(document.file, profile, key)) : []
  const section = findSection(document, 'sso-session', session.key)
  if (!section) return []
  return keys.flatMap((key) => [
    ...troublesOf(document.file, section, key),
    ...(profile ? contradiction(document.file, { profile, section, key }) : []),
  ])
}

function troublesOf(file: string, section: ConfigSection, key: Key): readonly Diagnostic[] {
  const option = section.options.get(key)
  if (!option?.value) {
    const example =
      key === 'sso_region' ? 'the Region of IAM Identity Center' : `${label('AWS access portal URL')} in the console`
    const hint = `write "${key} = …" there (${example}), or run "sso-reconcile apply"`
    const at = option ? placeOf(file, option.line) : section.at
    return [
      error('sso-session-incomplete', `[${section.header}] has no ${key}, so sign-in is not possible`, { hint, at }),
    ]
  }
  if (forms[key].test(option.value)) return []
  const expected = key === 'sso_region' ? 'a Region such as us-east-1' : 'an https:// address'
  const hint =
    key === 'sso_region'
      ? 'write the Region that the console shows under IAM Identity Center'
      : `write it as the console shows it under ${label('AWS access portal URL')}, such as ${exampleStartUrl('us-east-1')}`
  const found = `${key} of [${section.header}] is "${option.value}"; expected ${expected}`
  return [error(codes[key], found, { hint, at: placeOf(file, option.line) })]
}

const forms: Readonly<Record<Key, RegExp>> = { sso_start_url: /^https?:\/\/[^\s/]+/i, sso_region: /^[a-z0-9-]+$/ }
const codes: Readonly<Record<Key, string>> = { sso_start_url: 'sso-start-url', sso_region: 'sso-region' }

interface Pair {
  readonly profile: ConfigSection
  readonly section: ConfigSection
  readonly key: Key
}

// Both tools compare letter by letter, so that even a slash at the end makes the profile useless.
function contradiction(file: string, { profile, section, key }: Pair): readonly Diagnostic[] {
  const [own, shared] = [profile.options.get(key), section.options.get(key)]
  if (own === undefined || !shared?.value || own.value === shared.value) return []
  const found = `[${profile.header}] says ${key} = ${own.value}, and its [${section.header}] on line ${shared.line} says ${shared.value}`
  return [
    error('sso-session-contradicted', `${found}; AWS tools refuse a profile that contradicts its session`, {
      hint: `delete this line; the session's value applies to every profile that names it`,
      at: placeOf(file, own.line),
    }),
  ]
}

function placeOf(file: string, line: number): Position {
  return { file, line, column: 1 }
}
