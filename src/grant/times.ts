import { lastMoment } from '../model/moments.ts'

/** Seconds of `4h`, `90m`, `3d` or `1d12h`; undefined for any other text, and for nothing. */
export function secondsOf(text: string): number | undefined {
  const [, days, hours, minutes] = /^(?:(\d{1,4})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?$/.exec(text) ?? []
  const seconds = Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60
  return seconds > 0 ? seconds : undefined
}

/** A day or an RFC 3339 time as the manifest has it; undefined for any other text, and for what is in no calendar. */
export function momentOf(text: string): string | undefined {
  const isWritten = /^\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/.test(text)
  return isWritten && Number.isFinite(lastMoment(text)?.getTime()) ? text : undefined
}
