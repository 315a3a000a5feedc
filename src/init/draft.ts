import type { Draft, Drafted, Found, Verdicts } from '../kinds/adoption.ts'
import { adoptions } from '../kinds/adoptions.ts'
import { nicknames } from '../kinds/shared/nicknames.ts'
import { portal } from '../kinds/shared/portal-session.ts'
import { filled, type JsonObject } from '../model/json.ts'

/** A manifest that says what was found, but for what verdicts keep out of it. Pure: equal finds give equal drafts. */
export function draft(found: Found, verdicts: Verdicts): Draft {
  const drafted = draftKinds(found, verdicts)
  const parts = drafted.map(([, part]) => part)
  const used = new Set(parts.flatMap(({ accounts = [] }) => [...accounts]))
  return {
    // A section that is absent is left alone, and an empty one would mean "remove all".
    value: filled({
      version: 1,
      name: found.name,
      identity_center: filled({
        region: found.facts.region,
        instance: found.instance,
        start_url: verdicts.has('start_url') ? undefined : portal(found).startUrl,
        ...settingsOf(drafted),
      }),
      accounts: accounts(nicknames(found.facts), used, found),
      ...sectionsOf(drafted),
      ignore: ignored(drafted),
    }),
    notes: parts.flatMap(({ notes }) => notes),
    left: [...parts.flatMap(({ others = [] }) => others), ...parts.flatMap(({ left }) => left)],
  }
}

function ignored(drafted: readonly DraftedSection[]): JsonObject {
  const beside = drafted.flatMap(([, { ignoreBeside = {} }]) => Object.entries(ignoreBeside))
  const own = drafted.map(([section, { ignore = [] }]) => [section, ignore] as const)
  const sections = [...new Set([...own, ...beside].map(([section]) => section))]
  const all = (section: string) => [...own, ...beside].flatMap(([name, items]) => (name === section ? items : []))
  return filled(Object.fromEntries(sections.map((section) => [section, all(section)])))
}

type DraftedSection = readonly [section: string, drafted: Drafted]

/** The part of each kind, with those of earlier kinds to go by. */
function draftKinds(found: Found, verdicts: Verdicts): readonly DraftedSection[] {
  const drafted: DraftedSection[] = []
  for (const { section, draft } of adoptions)
    drafted.push([section, draft({ found, verdicts, sections: sectionsOf(drafted) })])
  return drafted
}

function sectionsOf(drafted: readonly DraftedSection[]): JsonObject {
  return Object.fromEntries(
    drafted.flatMap(([section, { value }]) => (value === undefined || isSetting(section) ? [] : [[section, value]])),
  )
}

/** Settings of the instance are written into its own section, which is always there. */
function settingsOf(drafted: readonly DraftedSection[]): JsonObject {
  return Object.fromEntries(
    drafted.flatMap(([section, { value }]) =>
      value === undefined || !isSetting(section) ? [] : [[section.slice(settings.length), value]],
    ),
  )
}

const settings = 'identity_center.'

function isSetting(section: string): boolean {
  return section.startsWith(settings)
}

/** Nicknames that are used, and the management account, whose id the local half needs when it works offline. */
function accounts(
  names: ReadonlyMap<string, string>,
  used: ReadonlySet<string>,
  { facts }: Found,
): JsonObject | undefined {
  const kept = [...names].filter(([id]) => used.has(id) || id === facts.management)
  const rank = ([id, name]: readonly [string, string]) => (id === facts.management ? '' : name)
  return Object.fromEntries(kept.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).map(([id, name]) => [name, id]))
}
