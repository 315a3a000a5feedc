import { nameOf } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import { accountWord } from '../shared/account-word.ts'
import { objectAt, without, withoutAbsent } from '../shared/take-named.ts'
import type { Differing, Into, Taking } from '../taking.ts'

/** The account that is registered, or none. */
export const takeDelegate: Taking<'delegated-administrator'> = {
  taken: (things, into) => things.reduce((value, thing) => one(value, thing, into), into.value),
}

function one(
  value: JsonObject,
  { address: at, live }: Differing<'delegated-administrator'>,
  { facts }: Into,
): JsonObject {
  const head = objectAt(value, 'identity_center')
  if (!live) return { ...value, identity_center: without(head, 'delegated_administrator') }
  const word = accountWord(nameOf(at), value, facts)
  const kept = withoutAbsent(
    withoutAbsent(value, 'delegated_administrators', word),
    'delegated_administrators',
    nameOf(at),
  )
  return { ...kept, identity_center: { ...head, delegated_administrator: word } }
}
