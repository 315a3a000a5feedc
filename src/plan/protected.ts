import { kindNamed, kindNames } from '../kinds/index.ts'
import type { Manifest } from '../manifest/types.ts'
import { type Address, kindOf, shownAddress } from '../model/address.ts'
import { type Diagnostic, error, type Position } from '../model/diagnostic.ts'
import type { Losing } from '../model/losing.ts'
import type { BothStates, Entries, Entry, State } from '../model/state.ts'
import type { PlanInput } from './diff.ts'
import { withUnread } from './unread.ts'

/** Judges where a plan leads, by the state that it starts from and the one that it ends in. */
type Judge = (states: BothStates) => readonly Diagnostic[]

/**
 * Why a plan must not be applied, whatever it is allowed: something that the manifest protects would be gone, or could do less. The whole
 * manifest is asked, however little of it is carried out, and once for however many states. Pure.
 */
export function protection({ manifest, facts }: Pick<PlanInput, 'manifest' | 'facts'>): Judge {
  if (!protectsAnything(manifest.manifest)) return () => []
  const judges = kindNames.flatMap((kind) => {
    const desired: Entries = kindNamed(kind).desired(manifest, facts)
    return [...desired].flatMap(([at, entry]) =>
      entry.protect ? [judgeOf(at, entry, entry.protect, { facts, manifest })] : [],
    )
  })
  return (states) => judges.flatMap((judge) => judge(states))
}

function judgeOf(at: Address, entry: Entry, place: Position, about: Pick<PlanInput, 'manifest' | 'facts'>): Judge {
  const { loses } = kindNamed(kindOf(at))
  return (states) => {
    const loss = loses?.(at, entry, { ...states, ...about })
    return loss === undefined ? [] : [refusal(at, place, loss, states.live)]
  }
}

function protectsAnything(manifest: Manifest): boolean {
  const { users = {}, groups = {}, permission_sets = {}, assignments = [], applications = {} } = manifest
  const rows = [users, groups, permission_sets, assignments, applications].flatMap((one): { protect?: boolean }[] =>
    Object.values(one),
  )
  return rows.some(({ protect }) => protect)
}

function refusal(thing: Address, at: Position, loss: Losing, { covers }: State): Diagnostic {
  const { words, open } = typeof loss === 'string' ? { words: loss, open: [] } : loss
  const [refused] = open.flatMap((key) => covers.refused.get(key) ?? [])
  const message = `${shownAddress(thing)} is protected, and with this plan ${words}`
  const hint = `leave it what it has, or take protect out of ${at.file}:${at.line} first; no flag overrides it`
  return error('protected', message, { at, hint: withUnread(refused, hint) })
}
