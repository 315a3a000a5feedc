import { isOff } from '../model/aws-time.ts'
import { clockFix, clockWords } from '../text/time.ts'
import { type Check, warn } from './finding.ts'

/** This machine's clock agrees with AWS's, by which grants, revocations and logins end. */
export const time: Check = {
  name: 'time',
  title: 'Clock of this machine',
  examine({ time }) {
    if (!time || !isOff(time)) return []
    const words = `${clockWords(time.ahead)}; plans judge the time by AWS's, and refuse to take away what depends on it`
    return [warn('clock-off', words, clockFix)]
  },
}
