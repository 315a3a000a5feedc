import { error, Refusal } from '../../model/diagnostic.ts'
import type { Facts } from '../../model/facts.ts'
import { canonical, type Json } from '../../model/json.ts'
import { readingFor } from '../beside.ts'
import { type LoadedManifest, type LoadOptions, loadManifest } from '../load.ts'
import { withKey, withSection } from './insert.ts'

/** A value that a manifest lacks and that the local half needs without a connection. */
export interface Gap {
  readonly section: 'identity_center' | 'accounts'
  readonly key: string
  /** The value, once it is known. */
  readonly value?: string
}

/** A gap as a message names it, `identity_center.start_url`. */
export function keyOf({ section, key }: Gap): string {
  return `${section}.${key}`
}

/** Answers to what a manifest may leave open. */
export interface Answers {
  readonly startUrl?: string | undefined
  readonly management?: string | undefined
  readonly accounts: Facts['accounts']
}

/** What a manifest leaves open: its start URL, the management account, and accounts that profiles call by their live names. */
export function gaps({ manifest }: LoadedManifest, { startUrl, management, accounts }: Answers): readonly Gap[] {
  const { identity_center, accounts: nicknames = {}, local } = manifest
  const names = Object.values(local?.profiles ?? {}).flatMap(({ account }) =>
    typeof account === 'object' && account.name && isNickname(account.name) ? [account.name] : [],
  )
  const open = [...new Set(names)].filter((name) => nicknames[name] === undefined).sort()
  return [
    ...(identity_center.start_url === undefined ? [gap('identity_center', 'start_url', startUrl)] : []),
    ...(nicknames.management === undefined ? [gap('accounts', 'management', management)] : []),
    ...open.map((name) => gap('accounts', name, idOf(name, accounts))),
  ]
}

/**
 * What a machine without credentials lacks to make the profiles of a manifest: its start URL, and ids of accounts that they name. None where
 * it has no profiles of its own to make.
 */
export function laptopGaps(loaded: LoadedManifest, answers: Answers = { accounts: [] }): readonly Gap[] {
  const { profiles = {}, generate, sso_session } = loaded.manifest.local ?? {}
  const rows = Object.values(profiles)
  if (rows.length === 0 && (generate === undefined || sso_session === undefined)) return []
  const usesManagement = rows.some(({ account }) => account === 'management')
  return gaps(loaded, answers).filter(({ key }) => key !== 'management' || usesManagement)
}

/** The manifest's text with the gaps filled whose value is known; every other byte stays. Undefined when it has no place for one. */
export function filledIn(text: string, filled: readonly Gap[]): string | undefined {
  return filled.reduce<string | undefined>((so, { section, key, value = '' }) => {
    if (so === undefined) return undefined
    const written = section === 'accounts' ? `"${value}"` : quoted(value)
    const added = withKey(so, [section], key, written)
    if (added !== undefined || section !== 'accounts' || /^["']?accounts["']?\s*:/m.test(so)) return added
    return withSection(so, 'identity_center', section, key, written)
  }, text)
}

function gap(section: Gap['section'], key: string, value: string | undefined): Gap {
  return { section, key, ...(value ? { value } : {}) }
}

// Two accounts may share a name; then nothing is known.
function idOf(name: string, accounts: Facts['accounts']): string | undefined {
  const found = accounts.filter((one) => one.name === name)
  return found.length === 1 ? found[0]?.id : undefined
}

function isNickname(name: string): boolean {
  return /^(?!all$|management$|\d{12}$)[A-Za-z0-9_@+.%:/-]+$/.test(name) && /^[A-Za-z]/.test(name)
}

function quoted(url: string): string {
  return /^[A-Za-z0-9:/._-]+$/.test(url) ? url : JSON.stringify(url)
}

/** The filled in text, read back: it must mean what the manifest meant, and the added values. Throws a Refusal when it does not. */
export async function completed(
  before: string,
  text: string | undefined,
  filled: readonly Gap[],
  manifest: LoadedManifest,
  variables: Pick<LoadOptions, 'env' | 'allowed'>,
): Promise<string> {
  if (filled.length === 0) return before
  const read = text === undefined ? undefined : await reload(manifest.file, text, variables)
  if (text !== undefined && read && canonical(read) === canonical(expected(manifest, filled))) return text
  const lines = filled.map(({ section, key, value }) => `${key}: "${value}" under ${section}`)
  throw new Refusal(
    error('init-no-place', `${manifest.file} has a form that init cannot extend; nothing was changed`, {
      hint: `add it by hand: ${lines.join(', ')}`,
    }),
  )
}

async function reload(
  file: string,
  text: string,
  variables: Pick<LoadOptions, 'env' | 'allowed'>,
): Promise<Json | undefined> {
  try {
    return (await loadManifest({ file, text }, { ...variables, ...readingFor(file) })).manifest as unknown as Json
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined
    throw thrown
  }
}

function expected({ manifest }: LoadedManifest, filled: readonly Gap[]): Json {
  const of = (section: Gap['section']) =>
    Object.fromEntries(filled.flatMap((one) => (one.section === section ? [[one.key, one.value]] : [])))
  const accounts = { ...manifest.accounts, ...of('accounts') }
  return {
    ...manifest,
    identity_center: { ...manifest.identity_center, ...of('identity_center') },
    ...(Object.keys(accounts).length > 0 ? { accounts } : {}),
  } as unknown as Json
}
