import { nextDue, settle } from './operations/progress.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * Lets everything happen whose time has come, each thing at its own time. There is no timer: each call to the server does
 * this first. `until` is in epoch seconds.
 */
export function elapse({ store, random, traffic }: Surroundings, until: number): void {
  const given = { random, pace: traffic.engine.pace(), choices: traffic.engine.choices() }
  for (;;) {
    const now = store.run(nextDue)
    if (now === undefined || now > until) return
    store.run((state) => settle({ ...given, state, now }), now)
  }
}
