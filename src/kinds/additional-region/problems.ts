import { nameOf } from '../../model/address.ts'
import { consolePage } from '../../model/console.ts'
import { type Diagnostic, error, warning } from '../../model/diagnostic.ts'
import type { State } from '../../model/state.ts'
import type { LiveContext } from '../contexts.ts'
import { prerequisites } from './change.ts'

/** What is known beforehand of why AWS may refuse to add a Region; whether it does is for AWS to say. Pure. */
export function problemsOf(input: LiveContext & { readonly desired: State }): readonly Diagnostic[] {
  return [...unclear(input), ...refusedPerhaps(input)]
}

interface Sides extends LiveContext {
  readonly desired: State
}

/** A Region of which AWS says neither that it is in use nor that it is on its way. */
function unclear({ live, desired, facts }: Sides): readonly Diagnostic[] {
  return [...desired['additional-region']].flatMap(([at, { at: place }]) => {
    const status = live['additional-region'].get(at)?.spec.status
    if (status === undefined || status === 'adding' || status === 'removing') return []
    const hint = `look at the Region under Settings > Management in the console: ${consolePage(facts.region)}`
    const message = `AWS says of the additional Region ${nameOf(at)}: ${status}`
    return [error('region-status', message, { hint, ...(place ? { at: place } : {}) })]
  })
}

function refusedPerhaps({ facts, live, desired }: Sides): readonly Diagnostic[] {
  const [at, entry] = [...desired['additional-region']].find(([one]) => !live['additional-region'].has(one)) ?? []
  if (at === undefined || facts.keyOfAws !== true) return []
  return [
    warning('region-prerequisites', 'AWS may refuse to add a Region: a key of AWS encrypts this instance', {
      hint: prerequisites,
      ...(entry?.at ? { at: entry.at } : {}),
    }),
  ]
}
