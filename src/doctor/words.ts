import type { Evidence } from './evidence.ts'

/** Names in a sentence: all of a few, else the first five and how many more. */
export function listed(names: readonly string[]): string {
  return names.length <= 6 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
}

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

/** A word of a command, quoted for the shell where it has to be. */
export function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** The command that writes the local half: alone where the manifest knows enough to do without AWS. */
export function writing({ manifest }: Evidence): string {
  const offline = manifest === undefined || manifest.manifest.identity_center.start_url !== undefined
  return offline ? 'sso-reconcile apply --only local' : 'sso-reconcile apply'
}

/** The profile to suggest in commands: what the shell should use, else the first one of the manifest. */
export function usualProfile({ manifest }: Evidence): string | undefined {
  const { shell, profiles = {} } = manifest?.manifest.local ?? {}
  return shell?.aws_profile ?? Object.keys(profiles)[0]
}

/** A text whose commands of ours carry these flags, so that they mean the same manifest and the same AWS. */
export function repeating(text: string, flags: string): string {
  return text.replaceAll(
    /\bsso-reconcile (?:access|apply|doctor|init|login|plan|revoke|validate)\b/g,
    (own) => own + flags,
  )
}
