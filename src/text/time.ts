/** A moment for people, in one zone so that everybody who reads it means the same: `2026-11-22 10:43 UTC`. */
export function moment(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** How long until then, or since then: `43 minutes`, `3 hours`, `12 days`. */
export function span(from: Date, to: Date): string {
  const minutes = Math.max(1, Math.round(Math.abs(to.getTime() - from.getTime()) / 60_000))
  if (minutes < 120) return `${minutes} minute${minutes === 1 ? '' : 's'}`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`
}

/** How far this machine's clock is from AWS's, from milliseconds that it is ahead: `this machine's clock is 12 minutes ahead of AWS's`. */
export function clockWords(ahead: number): string {
  const [from, to] = [new Date(0), new Date(Math.abs(ahead))]
  return `this machine's clock is ${span(from, to)} ${ahead < 0 ? 'behind' : 'ahead of'} AWS's`
}

/** How to set a clock that is wrong. */
export const clockFix =
  'synchronize the clock: sudo timedatectl set-ntp true (Linux), sudo sntp -sS time.apple.com (macOS), w32tm /resync (Windows)'

/** What to do where AWS's answers tell no time. */
export const clockUnknownFix =
  'AWS sends the time with every response; something in between (a proxy, a cache, an AWS emulator) removes or changes it: run this without it'
