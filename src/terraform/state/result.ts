import type { Handover } from '../../kinds/adoption.ts'
import { type Address, kindOf } from '../../model/address.ts'
import type { Entries, State } from '../../model/state.ts'
import { type Difference, differencesOf } from './differences.ts'
import { fewestAddresses } from './forget.ts'
import type { Match } from './match.ts'
import type { StateResource } from './resource.ts'

/** A resource with what is said of it. */
export interface Told {
  readonly resource: string
  readonly why: string
}

/** What became of the resources of states. */
export interface Takeover {
  /** Resources whose things the file says now. */
  readonly taken: readonly { readonly resource: string; readonly at: Address }[]
  /** What came along: the file says it, and no state does. */
  readonly outside: readonly Address[]
  /** What AWS has otherwise than the states say. */
  readonly different: readonly Difference[]
  /** What the states say and AWS does not have. */
  readonly gone: readonly Told[]
  /** What stays with Terraform, and why. */
  readonly left: readonly Told[]
  /** Terraform would replace them. */
  readonly tainted: readonly string[]
  /** By state file, the addresses that Terraform is to forget. */
  readonly forget: readonly { readonly file: string; readonly addresses: readonly string[]; readonly count: number }[]
}

/** What a file that asks for `desired` makes of the resources that states manage. `why` says why a thing is not in it. Pure. */
export function takeoverOf(
  matches: readonly Match[],
  all: readonly StateResource[],
  sides: { readonly desired: State; readonly live: State; readonly handover: Handover | undefined },
  why: (at: Address) => string | undefined,
): Takeover {
  const { desired, live, handover } = sides
  const isIn = (at: Address) => says(desired, at)
  const there = matches.filter(({ apart, gone }) => !apart && !gone)
  const taken = there.flatMap(({ resource, at }) => (at && isIn(at) ? [{ resource: resource.address, at }] : []))
  const gone = matches.flatMap(({ resource, gone, apart }) =>
    gone && !apart ? [{ resource: resource.address, why: gone }] : [],
  )
  const left = matches.filter(({ apart, gone, at }) => apart || (!gone && !(at && isIn(at))))
  const stays = new Set(left)
  const goes = matches.filter((one) => !stays.has(one))
  return {
    taken,
    outside: [...(handover?.outside ?? [])].filter(isIn).sort(),
    different: differencesOf(matches, live).filter(({ at }) => isIn(at)),
    gone,
    left: left.map(({ resource, apart, at }) => ({
      resource: resource.address,
      why: apart ?? (at && why(at)) ?? unsaid,
    })),
    tainted: goes.flatMap(({ resource }) => (resource.tainted ? [resource.address] : [])),
    forget: forgetting(
      goes.map(({ resource }) => resource),
      all,
    ),
  }
}

const unsaid = 'the file only refers to it'

/** True for a thing that a manifest says in full. */
function says(desired: State, at: Address): boolean {
  const entries: Entries = desired[kindOf(at)]
  const entry = entries.get(at)
  return entry !== undefined && !entry.external
}

function forgetting(goes: readonly StateResource[], all: readonly StateResource[]): Takeover['forget'] {
  const files = [...new Set(all.map(({ file }) => file))]
  const chosen = new Set(goes)
  return files.flatMap((file) => {
    const own = all.filter((one) => one.file === file)
    // An address stands for every object that Terraform has under it.
    const stays = new Set(own.filter((one) => !chosen.has(one)).map(({ address }) => address))
    const addresses = own.map(({ address }) => address)
    const going = new Set(addresses.filter((one) => !stays.has(one)))
    return going.size === 0 ? [] : [{ file, addresses: fewestAddresses(addresses, going), count: going.size }]
  })
}
