import { shown } from '../text/shown.ts'
import { hanging } from '../text/wrap.ts'
import type { Runtime } from './runtime.ts'

/** Tells a person something beside the results, as wide as the terminal; names in it steer nothing. */
export function tell({ err, terminal }: Pick<Runtime, 'err' | 'terminal'>, text: string): void {
  err(`${hanging(shown(text), terminal.width.err).join('\n')}\n`)
}
