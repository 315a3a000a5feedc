/** Counts what is asked and answered, so that a long look can say how far it is. */
export interface Meter {
  /** Requests that were asked for, whether or not their turn has come. */
  readonly asked: number
  /** Requests that have ended, one way or the other. */
  readonly answered: number
  /** Counts one request from now to its end. */
  count<T>(request: () => Promise<T>): Promise<T>
}

/** A meter that has counted nothing. */
export function newMeter(): Meter {
  let asked = 0
  let answered = 0
  return {
    get asked() {
      return asked
    },
    get answered() {
      return answered
    },
    async count(request) {
      asked += 1
      try {
        return await request()
      } finally {
        answered += 1
      }
    },
  }
}
