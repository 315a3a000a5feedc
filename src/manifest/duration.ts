const notation = /^(?:(\d+)h)?(?:(\d+)m)?$|^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/

/** Shortest and longest session of a permission set, in seconds (PT1H to PT12H, the service's bounds). */
export const sessionBounds = { min: 3600, max: 12 * 3600 } as const

/** Seconds of `8h`, `90m`, `1h30m` or an ISO 8601 time such as `PT8H`; undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = text === '' ? null : notation.exec(text)
  if (match === null) return undefined
  const [hours, minutes, isoHours, isoMinutes, seconds] = match.slice(1).map((part) => Number(part ?? 0))
  return ((hours ?? 0) + (isoHours ?? 0)) * 3600 + ((minutes ?? 0) + (isoMinutes ?? 0)) * 60 + (seconds ?? 0)
}

/** Seconds as the manifest writes them: `8h`, `45m`, `1h30m`; ISO 8601 where odd seconds remain. */
export function formatDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  if (seconds % 60 !== 0) return isoDuration(seconds)
  if (minutes === 0 && hours > 0) return `${hours}h`
  return hours === 0 ? `${minutes}m` : `${hours}h${minutes}m`
}

/** Seconds in the ISO 8601 form that CreatePermissionSet takes, for example `PT1H30M`. */
export function isoDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor((seconds % 3600) / 60), 'M'],
    [seconds % 60, 'S'],
  ] as const
  const text = parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count}${unit}`])).join('')
  return `PT${text === '' ? '0S' : text}`
}
