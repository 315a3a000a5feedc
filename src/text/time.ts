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
