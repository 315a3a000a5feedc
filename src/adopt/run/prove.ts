import type { Differing, Into } from '../../kinds/taking.ts'
import { shownAddress } from '../../model/address.ts'
import { error, Refusal, sentence } from '../../model/diagnostic.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import type { Operation } from '../../model/operation.ts'
import { entryAt } from '../../model/state.ts'
import { type PlanResult, planNow } from '../../reconcile/planning.ts'
import { readManifest } from '../../session/manifest.ts'
import type { Session } from '../../session/runtime.ts'
import { trailing } from '../../text/quote.ts'
import { changedFile, edited, otherMeaning, saysTheSame, type Texts } from '../edited.ts'
import type { Next } from '../next.ts'
import type { FileEdit } from './file.ts'
import { refuseIncomplete } from './incomplete.ts'

/** A change of the manifest, or of a file that it includes, and the plan that it leads to. */
export interface Proven {
  /** Absent where there is nothing to change. */
  readonly edit?: FileEdit
  readonly left: readonly Operation[]
}

/** What is read only once a thing is declared is found in the second round, and nothing in a third. */
const rounds = 3

/**
 * A change after which a new plan has nothing for these things, and nothing for others that the plan before had not. Throws a Refusal where
 * there is none. Nothing is written.
 */
export async function proven(
  session: Session,
  made: PlanResult,
  things: readonly Differing[],
  texts: Texts,
  next: Next,
): Promise<Proven> {
  const addresses = new Set(things.map(({ address }) => address))
  let [standing, current, open] = [{ session, made }, texts, things]
  for (let round = 0; round < rounds && open.length > 0; round++) {
    const step = await taken(standing.session, standing.made, open, current, next)
    if (isSame(step.texts, current)) break
    current = step.texts
    standing = { session: step.session, made: await planNow(step.session, {}) }
    refuseIncomplete(standing.made, session)
    const { input } = standing.made.observed
    open = standing.made.plan.operations
      .filter(({ address }) => addresses.has(address))
      .map(({ address, fields }) => ({
        address,
        fields,
        desired: entryAt(input.desired, address),
        live: entryAt(input.live, address),
      }))
  }
  const left = standing.made.plan.operations
  refuseLeft(
    left.filter(({ address }) => addresses.has(address)),
    session,
    'still',
  )
  refuseLost(made.plan.operations, new Set(left.map(keyOf)), session)
  const before = new Set(made.plan.operations.map(keyOf))
  refuseLeft(
    left.filter((one) => !before.has(keyOf(one))),
    session,
    'then',
  )
  const edit = editOf(texts, current)
  return { ...(edit ? { edit } : {}), left }
}

function editOf(before: Texts, after: Texts): FileEdit | undefined {
  const file = changedFile(before, after)
  return file === undefined ? undefined : { file, before: before.get(file) ?? '', after: after.get(file) ?? '' }
}

function isSame(before: Texts, after: Texts): boolean {
  return [...after].every(([file, text]) => before.get(file) === text)
}

/** One round: the texts that say what is live of these things, and a session that goes by it. */
async function taken(session: Session, made: PlanResult, things: readonly Differing[], texts: Texts, next: Next) {
  const attempt = async (some: readonly Differing[]) => {
    const { manifest } = session
    const value = next(some, made.plan.operations, intoOf(session, made))
    const changed = edited(texts, manifest, value)
    const read = await reread(session, changed)
    if (!saysTheSame(plain(read.manifest) as JsonObject, value)) throw otherMeaning(manifest)
    return { texts: changed, session: { ...session, manifest: read } }
  }
  try {
    return await attempt(things)
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.about !== undefined) throw thrown
    const about = await troublesome(things, (one) => attempt([one]), thrown.message)
    throw new Refusal(thrown.diagnostics, {
      cause: thrown,
      about,
      ...(thrown.summary ? { summary: thrown.summary } : {}),
    })
  }
}

/** Things of which so many are tried one by one when they cannot be taken together. */
const mostTried = 50

/** The one thing that is refused by itself as all of them are; undefined where none is, or where there are too many to try. */
async function troublesome(
  things: readonly Differing[],
  attempt: (one: Differing) => Promise<unknown>,
  message: string,
) {
  if (things.length > mostTried) return undefined
  for (const one of things) {
    const why = await attempt(one).catch((thrown: unknown) => sentence(thrown))
    if (why === message) return one.address
  }
  return undefined
}

function intoOf({ manifest }: Session, { observed }: PlanResult): Into {
  const command = (addresses: readonly string[]) => `sso-reconcile adopt${trailing(addresses.map(shownAddress))}`
  return { value: plain(manifest.manifest) as JsonObject, loaded: manifest, facts: observed.input.facts, command }
}

function plain(manifest: object): Json {
  return JSON.parse(JSON.stringify(manifest))
}

async function reread({ runtime, options }: Session, texts: Texts) {
  try {
    return (await readManifest(runtime, options, new Map(), texts)).manifest
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const [first] = thrown.diagnostics
    const hint = first?.hint === undefined ? {} : { hint: first.hint }
    throw new Refusal(
      error(
        'adopt-invalid',
        `${options.file} would no longer be valid, so nothing was changed: ${first?.message ?? ''}`,
        hint,
      ),
      { cause: thrown },
    )
  }
}

function keyOf({ address, verb }: Operation): string {
  return `${verb} ${address}`
}

/** What ends somebody's access stays in the plan, whatever else is answered. */
function refuseLost(before: readonly Operation[], after: ReadonlySet<string>, { options }: Session): void {
  const lost = before.find((one) => one.urgent && !after.has(keyOf(one)))
  if (!lost) return
  throw new Refusal(
    error(
      'adopt-revoked',
      `a plan after this change would no longer ${lost.verb} ${shownAddress(lost.address)} (${lost.reason}), so nothing was written to ${options.file}`,
      {
        hint: 'run sso-reconcile apply first, which ends that access; then run this again',
        ...(lost.at ? { at: lost.at } : {}),
      },
    ),
  )
}

function refuseLeft(left: readonly Operation[], { options }: Session, when: 'still' | 'then'): void {
  const [first] = left
  if (!first) return
  const fields = first.fields.map(({ path }) => path).join(', ')
  const what = `${first.verb} ${shownAddress(first.address)}${first.verb === 'update' && fields ? ` (${fields})` : ''}`
  throw new Refusal(
    error(
      'adopt-not-empty',
      `a plan after this change would ${when} ${what}, so nothing was written to ${options.file}`,
      {
        hint:
          when === 'then'
            ? `${alongside(first)}edit the file by hand`
            : 'the file cannot say what is live there: restore it with sso-reconcile apply, or edit the file by hand',
        ...(first.at ? { at: first.at } : {}),
      },
    ),
    when === 'still' ? { about: first.address } : {},
  )
}

/** What else can be done about a change that comes of others; nothing where it cannot be adopted. */
function alongside({ address, keep }: Operation): string {
  return keep?.by.includes('adopt') ? `name ${shownAddress(address)} as well, or ` : ''
}
