import { secondOf } from '../../../../src/aws/pace/sent.ts'
import { type Look, planOf, simulated, type Traffic } from './run.ts'
import type { Service } from './servers.ts'

export type Tells = Look['tells']

/** Looks that begin at different times of a second, each with its own luck. */
export function looks(
  service: () => Service,
  calls: number,
  latency: number,
  count = 25,
  tells: Tells = secondOf,
): readonly Traffic[] {
  return Array.from({ length: count }, (_, nth) =>
    simulated(service(), {
      waves: planOf(calls),
      latency,
      start: 5_000 + (nth * 1_000) / count,
      random: luck(nth + 1),
      tells,
    }),
  )
}

/** Numbers that look random and are the same each time. */
export function luck(seed: number): () => number {
  let state = seed * 7919
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
}

export const shareOf = ({ calls, refused }: Traffic) => refused / calls
export const worst = (all: readonly Traffic[]) => Math.max(...all.map(shareOf))
export const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length

export const silent: Tells = () => undefined
