import { address } from '../../model/address.ts'
import type { State } from '../../model/state.ts'
import type { ReadContext } from '../contexts.ts'
import { readContent } from './content.ts'

/** The state with some permission sets read in full, where only what they allow was: with the accounts that hold an older version too. One call a set. */
export async function withWholeSets(context: ReadContext, state: State, names: readonly string[]): Promise<State> {
  const sets = state['permission-set']
  const whole = await Promise.all(
    names.map(async (name) => {
      const at = address('permission-set', name)
      const entry = sets.get(at)
      if (entry?.partial !== 'rights' || !entry.ref) return []
      const { partial: _rights, ...rest } = entry
      const { content } = await readContent(context, entry.ref)
      return [[at, { ...rest, spec: { ...entry.spec, ...content } }] as const]
    }),
  )
  return { ...state, 'permission-set': new Map([...sets, ...whole.flat()]) }
}
