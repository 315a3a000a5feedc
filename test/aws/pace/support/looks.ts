import { secondOf } from '../../../../src/aws/pace/sent.ts'
import { luck } from '../../../support/luck.ts'
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

export const shareOf = ({ calls, refused }: Traffic) => refused / calls
export const worst = (all: readonly Traffic[]) => Math.max(...all.map(shareOf))
export const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length

export const silent: Tells = () => undefined
