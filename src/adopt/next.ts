import { does } from '../kinds/declaration.ts'
import { kindNamed, kindNames } from '../kinds/index.ts'
import { cannotTake, objectAt } from '../kinds/shared/take-named.ts'
import type { Differing, Into, Taking } from '../kinds/taking.ts'
import { type Address, kindOf, shownAddress } from '../model/address.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { Operation } from '../model/operation.ts'
import { listed } from '../text/list.ts'

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
  refuseRevoked('adopted', things, operations)
  refuseReferredTo(things, operations, into)
  return kindNames.reduce((value, name) => {
    const { takesLive } = kindNamed(name)
    const mine = things.filter(({ address }) => kindOf(address) === name)
    const [first] = mine
    if (!first) return value
    if (does(takesLive)) return (takesLive as Taking).taken(mine, { ...into, value })
    throw cannotTake(
      first.address,
      takesLive.never,
      'restore it with sso-reconcile apply, or edit the manifest by hand',
      first.desired,
    )
  }, into.value)
}

/** What the manifest says once it leaves some things alone. Throws a Refusal where it cannot. Pure. */
export function withIgnored(things: readonly Differing[], operations: readonly Operation[], into: Into): JsonObject {
  if (things.length === 0) return into.value
  refuseRevoked('ignored', things, operations)
  const items = things.map((thing) => entryOf(thing, into))
  const ignore = objectAt(into.value, 'ignore')
  const lists = [...new Set(items.map(({ list }) => list))].map((list) => {
    const before = (ignore[list] ?? []) as readonly Json[]
    return [list, [...before, ...items.filter((one) => one.list === list).map(({ item }) => item)]] as const
  })
  return { ...into.value, ignore: { ...ignore, ...Object.fromEntries(lists) } }
}

function entryOf({ address: at, desired, live }: Differing, into: Into) {
  const { command } = into
  const refused = (why: string, hint: string) =>
    new Refusal(
      error('ignore-cannot-say', `${shownAddress(at)} cannot be ignored: ${why}`, {
        hint,
        ...(desired?.at ? { at: desired.at } : {}),
      }),
      { about: at },
    )
  if (desired)
    throw refused(
      'the manifest declares it, and a thing is either declared or ignored',
      `take the declaration out of the file first; or keep what is live with ${command([at])}`,
    )
  const { ignore } = kindNamed(kindOf(at))
  const entry = live && (does(ignore) ? ignore.entry(at, live, into) : ignore)
  if (entry !== undefined && does(entry)) return entry
  throw refused(
    entry?.never ?? 'it is not live',
    entry?.instead ?? `keep it with ${command([at])}, or edit the manifest by hand`,
  )
}

/** What a revocation takes away is neither kept nor left alone by an answer to drift. */
function refuseRevoked(done: string, things: readonly Differing[], operations: readonly Operation[]): void {
  const ending = operations.find((one) => one.urgent && things.some(({ address }) => address === one.address))
  if (!ending) return
  throw new Refusal(
    error(
      'adopt-revoked',
      `${shownAddress(ending.address)} cannot be ${done}: the plan changes it because of a revocation (${ending.reason})`,
      {
        hint: 'undo the revocation with sso-reconcile revoke USER --undo, or apply it',
        ...(ending.at ? { at: ending.at } : {}),
      },
    ),
    { about: ending.address },
  )
}

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
