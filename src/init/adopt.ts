import type { Draft, Found, Objection, Treatment, Verdict } from '../kinds/adoption.ts'
import { does } from '../kinds/declaration.ts'
import { kindNamed, kindNames } from '../kinds/index.ts'
import { loadManifest } from '../manifest/load.ts'
import { address } from '../model/address.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { canonical, type Json } from '../model/json.ts'
import { entryAt } from '../model/state.ts'
import { draft } from './draft.ts'
import { objections } from './judge.ts'
import { render } from './render.ts'

/** A manifest to be written. */
export interface Adoption {
  readonly text: string
  readonly draft: Draft
}

/**
 * The manifest that says what was found. Whatever the manifest cannot say, or what the next plan would touch, is declared more
 * loosely or left out, until nothing is left to object to. `tail` is a comment for the end. Throws a Refusal rather than give a
 * manifest whose plan is not empty.
 */
export async function adopt(found: Found, tail: (draft: Draft) => string = () => ''): Promise<Adoption> {
  const settled = settle(found)
  const text = render(settled, tail(settled))
  await prove(text, settled, found.file)
  return { text, draft: settled }
}

/** Objections at most escalate each thing twice, so this ends; the bound is for defects. */
const rounds = 50

function settle(found: Found): Draft {
  const verdicts = unwritable(found)
  for (let round = 0; round < rounds; round++) {
    const current = draft(found, verdicts)
    const open = objections(current, found)
    if (open.length === 0) return current
    const heeded = open.filter((one) => escalate(verdicts, one)).length
    if (heeded === 0) throw stuck(open)
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

/** Names that cannot be keys of a manifest at all. */
function unwritable({ live }: Found): Map<string, Verdict> {
  const verdict = { treatment: 'out', why: 'no key of this file can have that name' } as const
  const keyed = kindNames.filter((name) => kindNamed(name).addressSays === 'name' && does(kindNamed(name).adopt))
  const addresses = keyed.flatMap((kind) =>
    ['__proto__', '<<'].map((name) => address(kind, name)).filter((at) => entryAt(live, at)),
  )
  return new Map(addresses.map((at) => [at, verdict]))
}

/** Reads the text back as `plan` will: it must say what was judged. */
async function prove(text: string, { value }: Draft, file: string): Promise<void> {
  const readPolicy = () => Promise.reject(new Error('no policy files'))
  const loaded = await loadManifest({ file, text }, { env: {}, readPolicy })
  if (canonical(loaded.manifest as unknown as Json) !== canonical(value)) throw stuck([])
}

function stuck(open: readonly Objection[]): Refusal {
  const [first] = open
  return new Refusal(
    error(
      'init-failed',
      `what was found cannot be written down${first ? ` (${first.about}: ${first.why})` : ''}; nothing was written`,
      {
        hint: 'this is a defect of sso-reconcile; please report it, and start from one of its examples until it is mended',
      },
    ),
  )
}
