/** The first moment of a date (`2026-12-01`, in UTC) or the moment of an RFC 3339 time; as `lastMoment` for all else. */
export function firstMoment(text: string): Date | undefined {
  return lastMoment(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text)
}

/**
 * The last moment of a date (`2026-12-31`, the whole day in UTC) or the moment of an RFC 3339 time; an invalid Date
 * when the calendar has no such day, undefined when the text is neither.
 */
export function lastMoment(text: string): Date | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[Tt](.+))?$/.exec(text)
  const [, day, time] = match ?? []
  if (day === undefined) return undefined
  const midnight = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return new Date(Number.NaN)
  // RFC 3339 has no hour 24, which JavaScript takes.
  if (time?.startsWith('24')) return new Date(Number.NaN)
  return new Date(time === undefined ? `${day}T23:59:59.999Z` : `${day}T${time.toUpperCase()}`)
}
