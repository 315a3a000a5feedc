import type { Draft, Found, Objection, Treatment, Verdict, Verdicts } from '../kinds/adoption.ts'
import { does } from '../kinds/declaration.ts'
import { kindNamed, kindNames } from '../kinds/index.ts'
import type { Kind } from '../kinds/kind.ts'
import { loadManifest } from '../manifest/load.ts'
import { nameOf } from '../model/address.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { canonical, isObject, type Json, type JsonObject, ownValue } from '../model/json.ts'
import type { Entries } from '../model/state.ts'
import { handedOver } from './comments.ts'
import { draft } from './draft.ts'
import { objections } from './judge.ts'
import { render } from './render.ts'

/** A manifest to be written. */
export interface Adoption {
  readonly text: string
  readonly draft: Draft
  /** How things were treated that could not be declared in full. */
  readonly verdicts: Verdicts
}

/** How a manifest is made of a part of what is live. */
export interface Within {
  /** All that is live, which the next plan would see. */
  readonly whole?: Found
  /** How things are to be treated from the outset. */
  readonly verdicts?: Verdicts
}

/**
 * The manifest that says what was found. Whatever the manifest cannot say, or what the next plan would touch, is declared more
 * loosely or left out, until nothing is left to object to. `tail` is a comment for the end. Throws a Refusal rather than give a
 * manifest whose plan is not empty.
 */
export async function adopt(
  found: Found,
  tail: (draft: Draft) => string = () => '',
  within: Within = {},
): Promise<Adoption> {
  const verdicts = new Map([...(within.verdicts ?? []), ...unwritable(found)])
  const settled = settle(found, verdicts, within.whole ?? found)
  const head = found.handover && handedOver(found.handover.from)
  const text = render(settled, tail(settled), head)
  await prove(text, settled, found.file)
  return { text, draft: settled, verdicts }
}

/** Objections at most escalate each thing twice, so this ends; the bound is for defects. */
const rounds = 50

/** Fills `verdicts` until the next plan of all that is live is empty. */
function settle(found: Found, verdicts: Map<string, Verdict>, whole: Found): Draft {
  for (let round = 0; round < rounds; round++) {
    const current = draft(found, verdicts)
    const open = objections(current, whole)
    if (open.length === 0) return current
    const heeded = open.filter((one) => escalate(verdicts, one)).length
    if (heeded === 0 && !blame(verdicts, { found, whole }, open)) throw stuck(open)
  }
  throw stuck([])
}

const severity: readonly Treatment[] = ['without', 'external', 'out']

/** Takes an objection over; false when the thing is treated so, or worse, already. */
function escalate(verdicts: Map<string, Verdict>, { about, treatment, why }: Objection): boolean {
  const known = verdicts.get(about)
  const next = known?.treatment === 'external' && treatment === 'external' ? 'out' : treatment
  if (known && severity.indexOf(known.treatment) >= severity.indexOf(next)) return false
  verdicts.set(about, { treatment: next, why: known?.why ?? why })
  return true
}

/** Leaves out the first thing without which there is less to object to, where no objection says what it is about. */
function blame(
  verdicts: Map<string, Verdict>,
  { found, whole }: { readonly found: Found; readonly whole: Found },
  open: readonly Objection[],
): boolean {
  const why = open[0]?.why ?? 'it cannot be declared'
  const about = suspects(found).find((one) => {
    if (verdicts.get(one)?.treatment === 'out') return false
    const tried = new Map(verdicts).set(one, { treatment: 'out', why })
    return objections(draft(found, tried), whole).length < open.length
  })
  if (about === undefined) return false
  verdicts.set(about, { treatment: 'out', why })
  return true
}

/** What can be left out by itself; things of this machine first, which come back by hand most easily. */
function suspects({ live }: Found): readonly string[] {
  const of = (side: Kind['side']) =>
    kindNames.map(kindNamed).flatMap((kind) => {
      if (kind.side !== side || !does(kind.adopt)) return []
      const entries: Entries = live[kind.name]
      return [...(kind.addressSays === 'name' ? entries.keys() : []), kind.adopt.section]
    })
  return [...of('local'), 'start_url', ...of('cloud')]
}

/** Names that no key of a manifest can have: the one is dropped by JavaScript, the other means something to YAML. */
export const unwritableKeys: readonly string[] = ['__proto__', '<<']

/** Things that are called so, or hold something that is. */
function unwritable({ live }: Found): Map<string, Verdict> {
  const keyed = kindNames.map(kindNamed).filter(({ addressSays, adopt }) => addressSays === 'name' && does(adopt))
  return new Map(
    keyed.flatMap((kind) => {
      const entries: Entries = live[kind.name]
      return [...entries].flatMap(([at, { spec }]) => {
        const why = whyUnwritable(nameOf(at), spec, kind)
        return why === undefined ? [] : [[at, { treatment: 'out', why }] as const]
      })
    }),
  )
}

function whyUnwritable(name: string, spec: JsonObject, { maps = [] }: Pick<Kind, 'maps'>): string | undefined {
  if (unwritableKeys.includes(name)) return 'that name cannot be a key in this file'
  const field = maps.find((one) => unwritableKeys.some((key) => ownValue(objectAt(spec, one), key) !== undefined))
  return field && `one of its ${field} has a name that cannot be a key in this file`
}

function objectAt(spec: JsonObject, field: string): JsonObject {
  const value = spec[field]
  return isObject(value) ? value : {}
}

/** Reads the text back as `plan` will: it must say what the draft says. Throws a Refusal where it does not. */
export async function prove(text: string, { value }: Draft, file: string): Promise<void> {
  const readPolicy = () => Promise.reject(new Error('no policy files'))
  const loaded = await loadManifest({ file, text }, { env: {}, readPolicy, allowUnknown: true })
  if (canonical(loaded.manifest as unknown as Json) !== canonical(value)) throw stuck([])
}

function stuck(open: readonly Objection[]): Refusal {
  const [first] = open
  return new Refusal(
    error(
      'init-failed',
      `what was found cannot be written as a manifest${first ? ` (${first.about}: ${first.why})` : ''}; nothing was written`,
      {
        hint: 'this is a bug in sso-reconcile; please report it, and start from one of the examples until it is fixed',
      },
    ),
  )
}
