import { does, type IgnoreEntry } from '../kinds/declaration.ts'
import { ignored } from '../kinds/ignore.ts'
import { kindNamed, kindNames } from '../kinds/index.ts'
import { type Asked, ignoring, notTaken } from '../kinds/keeping.ts'
import { cannotTake, objectAt } from '../kinds/shared/take-named.ts'
import type { Differing, Into, Taking } from '../kinds/taking.ts'
import type { Manifest } from '../manifest/types.ts'
import { type Address, kindOf, shownAddress } from '../model/address.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { AnswerCommand, Unkept } from '../model/keeping.ts'
import type { Operation } from '../model/operation.ts'
import { listed } from '../text/list.ts'
import { quoted } from '../text/quote.ts'

/** What the manifest is to say of some things, given a plan. */
export type Next = (things: readonly Differing[], operations: readonly Operation[], into: Into) => JsonObject

/** What the manifest says once each thing has its answer. Throws a Refusal where it cannot. */
export function answeredNext(answers: ReadonlyMap<Address, 'adopt' | 'ignore'>): Next {
  return (things, operations, into) => {
    const those = (answer: 'adopt' | 'ignore') => things.filter(({ address }) => answers.get(address) === answer)
    const value = withLive(those('adopt'), operations, into)
    return withIgnored(those('ignore'), operations, { ...into, value })
  }
}

/** What the manifest says once it says what is live of some things. Throws a Refusal where it cannot. Pure. */
export function withLive(things: readonly Differing[], operations: readonly Operation[], into: Into): JsonObject {
  const about = askedOf(operations, into)
  for (const thing of things) {
    const why = notTaken(thing, about(thing))
    if (why) throw refusal('adopt', thing, why, instead(thing))
  }
  refuseReferredTo(things, operations, into)
  return kindNames.reduce((value, name) => {
    const { takesLive } = kindNamed(name)
    const mine = things.filter(({ address }) => kindOf(address) === name)
    if (mine.length === 0 || !does(takesLive)) return value
    return (takesLive as Taking).taken(mine, { ...into, value })
  }, into.value)
}

/** What else can be done about what no file can say: apply restores what is declared, and takes away what is not. */
function instead({ address: at, live, desired }: Differing): string {
  return live && !desired
    ? `leave it alone with sso-reconcile ignore ${quoted(shownAddress(at))}`
    : 'restore it with sso-reconcile apply'
}

/** What the manifest says once it leaves some things alone. Throws a Refusal where it cannot. Pure. */
export function withIgnored(things: readonly Differing[], operations: readonly Operation[], into: Into): JsonObject {
  const items = itemsFor(things, operations, into)
  return things.reduce((value, { address }) => withItem(value, items.get(address)), into.value)
}

/** The items that leave things alone. What an item for something else leaves alone too (a grant of an ignored set) has none of its own. */
function itemsFor(things: readonly Differing[], operations: readonly Operation[], into: Into) {
  const about = askedOf(operations, into)
  const items = new Map<Address, IgnoreEntry>()
  const inOrder = kindNames.flatMap((name) => things.filter(({ address }) => kindOf(address) === name))
  inOrder.reduce((value, thing) => {
    const entry = ignoring(thing, about(thing))
    if (!('decides' in entry) && isLeftAlone(thing, value, into)) return value
    if ('why' in entry) throw notIgnored(thing, entry, into, removing(thing, operations))
    items.set(thing.address, entry)
    return withItem(value, entry)
  }, into.value)
  return items
}

function isLeftAlone({ address: at, live, desired }: Differing, value: JsonObject, { loaded }: Into): boolean {
  return !desired && live !== undefined && ignored(at, live, { ...loaded, manifest: value as unknown as Manifest })
}

function withItem(value: JsonObject, entry: IgnoreEntry | undefined): JsonObject {
  if (!entry) return value
  const ignore = objectAt(value, 'ignore')
  const before = (ignore[entry.list] ?? []) as readonly Json[]
  return { ...value, ignore: { ...ignore, [entry.list]: [...before, entry.item] } }
}

function notIgnored(thing: Differing, why: Unkept, into: Into, isListed: string | undefined): Refusal {
  const adopting = into.command([thing.address])
  const isAsDeclared = thing.live !== undefined && thing.fields.length === 0
  const keep = isAsDeclared ? '' : `; or keep what is live with ${adopting}`
  const otherwise = thing.desired
    ? `take the declaration out of the file${insteadOf(thing)}${keep}`
    : `keep it with ${adopting}, or edit the manifest by hand`
  return refusal('ignore', thing, isListed === undefined ? why : listedAway(why, isListed), otherwise)
}

/** Where the manifest lists a thing that a plan removes: "listed under absent.additional_regions". */
function removing({ address: at }: Differing, operations: readonly Operation[]): string | undefined {
  const going = operations.find((one) => one.address === at && one.verb === 'delete')
  return going?.reason.startsWith('listed under absent.') ? going.reason : undefined
}

// That a manifest leaves alone what it does not name says nothing of what it names.
function listedAway(why: Unkept, isListed: string): Unkept {
  if (why.instead !== undefined) return why
  return { ...why, why: `it is ${isListed}`, instead: `take it out of there: ${why.why}` }
}

/** What leaves a thing alone once it is no longer declared. */
function insteadOf({ address: at, live }: Differing): string {
  const { ignore } = kindNamed(kindOf(at))
  if (!does(ignore)) return `: ${ignore.never}`
  const entry = live ? ignore.entry(at, live) : undefined
  if (entry && !does(entry)) return `; ${entry.never}`
  return typeof entry?.item === 'string'
    ? ` and list ${entry.item} under ignore.${entry.list}`
    : ', then run this again'
}

function askedOf(operations: readonly Operation[], { loaded, facts }: Into): (thing: Differing) => Asked {
  const urgent = new Set(operations.filter((one) => one.urgent).map(({ address }) => address))
  return ({ address: at }) => ({ read: { loaded, facts }, urgent: urgent.has(at) })
}

/** Why a command does not answer one difference, what keeps it all the same, and what else can be done. */
function refusal(command: AnswerCommand, { address: at, desired }: Differing, why: Unkept, otherwise: string): Refusal {
  const place = why.at ?? desired?.at
  const rest = why.decides ? 'end it now with sso-reconcile apply' : otherwise
  return new Refusal(
    error(
      why.decides === 'revocation' ? 'adopt-revoked' : `${command}-cannot-say`,
      `${shownAddress(at)} cannot be ${done[command]}: ${why.why}`,
      {
        hint: why.instead === undefined ? rest : `to keep it, ${why.instead}; or ${rest}`,
        ...(place ? { at: place } : {}),
      },
    ),
    { about: at },
  )
}

const done: Readonly<Record<AnswerCommand, string>> = { adopt: 'adopted', ignore: 'ignored' }

/** A declaration can only be taken out together with what refers to it. */
function refuseReferredTo(
  things: readonly Differing[],
  operations: readonly Operation[],
  { command, loaded }: Into,
): void {
  const chosen = new Set(things.map(({ address }) => address))
  for (const { address: at, live, desired } of things) {
    if (live) continue
    const others = operations.filter(
      (one) => one.verb === 'create' && one.needs.includes(at) && !chosen.has(one.address),
    )
    if (others.length === 0) continue
    const addresses = others.map((one) => one.address)
    throw cannotTake(
      at,
      `it has vanished, but ${loaded.file} still refers to it for ${listed(addresses.map(shownAddress), 5)}`,
      `adopt them together: ${command([...chosen, ...addresses])}`,
      desired,
    )
  }
}
