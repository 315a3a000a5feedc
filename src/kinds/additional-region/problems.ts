import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import type { State } from '../../model/state.ts'
import type { LiveContext } from '../contexts.ts'
import { prerequisites } from './change.ts'

/** What is known beforehand of why AWS may refuse to add a Region; whether it does is for AWS to say. Pure. */
export function problemsOf({ facts, live, desired }: LiveContext & { readonly desired: State }): readonly Diagnostic[] {
  const [at, entry] = [...desired['additional-region']].find(([one]) => !live['additional-region'].has(one)) ?? []
  if (at === undefined || facts.keyOfAws !== true) return []
  return [
    warning('region-prerequisites', 'AWS may refuse to add a Region: a key of AWS encrypts this instance', {
      hint: prerequisites,
      ...(entry?.at ? { at: entry.at } : {}),
    }),
  ]
}
