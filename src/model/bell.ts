/** Wakes one waiter when something has changed; a ring while nobody waits is kept. */
export interface Bell {
  ring(): void
  /** Resolves at the next ring, or at once where there was one since the last wait. */
  rung(): Promise<void>
}

/** A bell that has not been rung. */
export function bell(): Bell {
  let hasRung = false
  let wake: (() => void) | undefined
  return {
    ring() {
      hasRung = true
      wake?.()
    },
    async rung() {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      hasRung = false
    },
  }
}
