import { isOff } from '../model/aws-time.ts'
import { clockFix, clockUnknownFix, clockWords } from '../text/time.ts'
import type { Evidence } from './evidence.ts'
import { type Check, type Finding, warn } from './finding.ts'

/** This machine's clock agrees with AWS's, by which grants, revocations and logins end. */
export const time: Check = {
  name: 'time',
  title: 'Clock',
  examine({ time, cloud }) {
    if (!time) return []
    // Whoever did not ask AWS was told nothing.
    if ('unknown' in time) return cloud ? [unknown(time.unknown, cloud)] : []
    if (!isOff(time)) return []
    const words = `${clockWords(time.ahead)}; plans go by AWS's time and refuse removals that depend on it`
    return [warn('clock-off', words, clockFix)]
  },
}

function unknown(why: string, { caller }: NonNullable<Evidence['cloud']>): Finding {
  const words = `not compared with AWS's clock, because AWS's time is not known: ${why}`
  return {
    ...warn('clock-unknown', words, 'refusal' in caller ? 'run this again when AWS can be asked' : clockUnknownFix),
    optional: true,
  }
}
