import { plainUrl } from '../../model/portal.ts'

/** A section of `~/.aws/config` as plain text, whatever else is wrong with the file. */
export interface RawSection {
  readonly kind: 'profile' | 'sso-session' | 'services' | 'other'
  readonly name: string
  readonly values: ReadonlyMap<string, string>
}

/** Where somebody signs in, as a file of this machine tells. */
export interface SignInHint {
  readonly region: string
  readonly startUrl?: string
}

/** Keys of the older form, and those that Granted writes so that no other tool reads them. */
const forms = [
  ['sso_start_url', 'sso_region'],
  ['granted_sso_start_url', 'granted_sso_region'],
] as const

/** Every place somebody signs in at, the surest first: sessions by the profiles that use them, then profiles that name the place themselves. Pure. */
export function signInHints(sections: readonly RawSection[]): readonly SignInHint[] {
  const uses = (name: string) => sections.filter(({ values }) => values.get('sso_session') === name).length
  const sessions = sections
    .filter(({ kind }) => kind === 'sso-session')
    .toSorted((a, b) => uses(b.name) - uses(a.name) || (a.name < b.name ? -1 : 1))
  const others = sections.filter(({ kind }) => kind !== 'sso-session')
  const named = forms.flatMap((form) => byFrequency(others.flatMap((one) => hint(one, form))))
  return [...sessions.flatMap((one) => hint(one, forms[0])), ...named]
}

function hint({ values }: RawSection, [url, place]: (typeof forms)[number]): SignInHint[] {
  const region = plainRegion(values.get(place))
  const startUrl = plainStartUrl(values.get(url))
  return region ? [{ region, ...(startUrl ? { startUrl } : {}) }] : []
}

function byFrequency(hints: readonly SignInHint[]): readonly SignInHint[] {
  const counts = new Map<string, number>()
  const key = ({ region, startUrl = '' }: SignInHint) => `${region} ${plainUrl(startUrl)}`
  for (const one of hints) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1)
  // Of several spellings of one address the first in the file stays.
  const distinct = new Map(hints.toReversed().map((one) => [key(one), one]))
  const rank = (one: SignInHint) => counts.get(key(one)) ?? 0
  return [...distinct.values()].toSorted((a, b) => rank(b) - rank(a) || (key(a) < key(b) ? -1 : 1))
}

/** A Region out of a value that may have a comment behind it; undefined for what is none. */
export function plainRegion(value: string | undefined): string | undefined {
  return /^((?:[a-z]+-){2,3}\d)(?:\s+[#;].*)?$/.exec(value ?? '')?.[1]
}

function plainStartUrl(value: string | undefined): string | undefined {
  return /^(https:\/\/[^\s/]\S*)(?:\s+[#;].*)?$/.exec(value ?? '')?.[1]
}
