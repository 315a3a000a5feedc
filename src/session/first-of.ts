import type { Diagnostic } from '../model/diagnostic.ts'
import { plural } from '../text/count.ts'

/** As many of one severity as somebody may want to read at once. */
const most = 100

/** The first diagnostics of each severity, and behind them how many more there are; what was counted before stays. Pure. */
export function firstOf(list: readonly Diagnostic[]): readonly Diagnostic[] {
  const more = (['error', 'warning'] as const).flatMap((severity): Diagnostic[] => {
    const rest = list.filter((one) => counts(one, severity)).length - most
    // One more takes no more room than the line that says so.
    return rest > 1 ? [{ severity, code: 'more', message: `and ${plural(rest, `more ${severity}`)}` }] : []
  })
  const shown = new Map<Diagnostic['severity'], number>()
  const first = list.filter((one) => {
    if (!more.some(({ severity }) => counts(one, severity))) return true
    shown.set(one.severity, (shown.get(one.severity) ?? 0) + 1)
    return (shown.get(one.severity) ?? 0) <= most
  })
  return [...first, ...more]
}

function counts({ severity, code }: Diagnostic, of: Diagnostic['severity']): boolean {
  return severity === of && code !== 'more'
}
