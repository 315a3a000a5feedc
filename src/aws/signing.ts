/** A step on the way of each attempt of a request. */
export type Step = <A extends { readonly input: object }, R>(next: (sent: A) => Promise<R>) => (sent: A) => Promise<R>

/** A client of the SDK that signs its requests, each attempt anew. */
export interface Signing {
  /** Milliseconds by which the SDK takes AWS's clock to be ahead of this machine's; it learns from every answer. */
  readonly config: { readonly systemClockOffset: number }
  readonly middlewareStack: {
    addRelativeTo(
      step: Step,
      place: { readonly name: string; readonly relation: 'before' | 'after'; readonly toMiddleware: string },
    ): void
  }
}

/** The SDK's own step that signs. */
export const toMiddleware = 'httpSigningMiddleware'
