import { botocoreSettings } from '../../local/identity/botocore-settings.ts'
import { type Address, address } from '../../model/address.ts'
import { type Diagnostic, error, type Position, warning } from '../../model/diagnostic.ts'
import type { Entries, Entry } from '../../model/state.ts'
import type { NotesContext } from '../notes.ts'
import { isOfOurPortal } from '../shared/own-portal.ts'
import { isChained } from './chained.ts'
import { generation } from './generate.ts'

/** What is wrong with the profiles that chained ones take their roles through; each names the chained profile as unmet. Pure. */
export function sourceProblems(context: NotesContext): Diagnostic[] {
  const { manifest, desired, live } = context
  const rows = Object.entries(manifest.manifest.local?.profiles ?? {})
  const chained = rows.flatMap(([name, row]) => (isChained(row) ? [[name, row] as const] : []))
  if (chained.length === 0) return []
  const stored = storedNames(context)
  return chained.flatMap(([name, row]) => {
    const at = manifest.position(['local', 'profiles', name, 'source'])
    const chain = { name, source: row.source, unmet: address('profile', name), ...(at ? { at } : {}) }
    const source = address('profile', row.source)
    if (desired.profile.has(source)) return []
    const found = live.profile.get(source)
    if (found && !goes(found, context)) return brokenChain(chain, found, live.profile)
    if (stored?.has(row.source)) return []
    // What others grant and take away is no mistake of the file.
    const isMistake = stored !== undefined && manifest.manifest.local?.generate === undefined
    return [isMistake ? noSource(chain, manifest.file) : noSourceNow(chain)]
  })
}

/** True for a generated section whose grant is gone, so that it goes too. */
function goes({ mark, spec }: Entry<'profile'>, context: NotesContext): boolean {
  const { manifest, facts } = context
  return mark === facts.owner && generation(manifest, facts).complete && isOfOurPortal(spec, context)
}

/** Names of the sections of the credentials file; undefined where it cannot be read. */
function storedNames({ beside: [credentials] }: NotesContext): ReadonlySet<string> | undefined {
  if (!credentials || credentials.refused) return undefined
  const { profiles } = botocoreSettings({ config: { path: credentials.path }, credentials })
  return new Set(profiles.keys())
}

interface Chain {
  readonly name: string
  readonly source: string
  readonly unmet: Address
  readonly at?: Position
}

function noSource({ name, source, ...place }: Chain, file: string): Diagnostic {
  const message = `profile ${name} assumes its role through profile ${source}, which is neither in ${file} nor in ~/.aws/config`
  return error('source-unknown', message, {
    hint: `declare ${source} under local.profiles, or name a profile that exists`,
    ...place,
  })
}

function noSourceNow({ name, source, ...place }: Chain): Diagnostic {
  const message = `profile ${name} assumes its role through profile ${source}, which does not exist`
  return warning('source-unknown', message, {
    hint: `if ${source} is a generated profile, it is created with its grant; otherwise declare it under local.profiles`,
    ...place,
  })
}

/** Steps that are followed before a chain counts as a circle. */
const longest = 20

// Sections of a person's own may lead back to where they began; nothing ever signs in then.
function brokenChain(
  { name, source, ...place }: Chain,
  first: Entry<'profile'>,
  live: Entries<'profile'>,
): Diagnostic[] {
  const passed: string[] = [source]
  for (let { spec } = first; passed.length < longest; ) {
    const { source_profile: next } = spec
    if (next === undefined || next === '' || next === passed.at(-1)) return []
    if (next === name || passed.includes(next)) break
    const entry = live.get(address('profile', next))
    if (!entry) return []
    passed.push(next)
    spec = entry.spec
  }
  const message = `profile ${name} assumes its role through ${passed.join(', then ')}, a circle that never signs in`
  return [error('source-circle', message, { hint: 'let the last of them sign in itself', ...place })]
}
