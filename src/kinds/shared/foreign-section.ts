import { type Address, kindOf, nameOf } from '../../model/address.ts'
import { type Diagnostic, error } from '../../model/diagnostic.ts'
import type { Entry } from '../../model/state.ts'

/** Two manifests that want different things of one section are told so; neither touches what carries the other's mark. Pure. */
export function foreignSection(
  at: Address,
  desired: Entry,
  live: Entry | undefined,
  changing: ReadonlySet<Address>,
): Diagnostic[] {
  if (!live?.mark || live.mark === desired.mark || !changing.has(at)) return []
  const what = `${kindOf(at)} ${nameOf(at)}`
  return [
    error(
      'section-foreign',
      `${what} is managed by ${live.mark}, and this manifest (${desired.mark}) declares it differently`,
      {
        hint: `rename one of the two, or hand it over: change the line above the section to # managed by ${desired.mark}`,
        ...(desired.at ? { at: desired.at } : {}),
      },
    ),
  ]
}
