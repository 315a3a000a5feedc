import type { Input, Item, ListName, Output, ReadName, WriteName } from './operations.ts'

/** One look at AWS: only reads, and nothing is asked twice. A look is thrown away when the world may have changed. */
export interface Reader {
  /** Answer of a single read. Throws a Refusal that names the operation when AWS does not answer it. */
  get<N extends ReadName>(operation: N, input: Input<N>): Promise<Output<N>>
  /** All rows of all pages, or a Refusal: never a part of them. */
  list<N extends ListName>(operation: N, input: Input<N>): Promise<readonly Item<N>[]>
}

/** Sends changes. Reads made through it are always fresh. */
export interface Writer extends Reader {
  /**
   * Sends one change. A conflict is waited out, unless `isFinal` looks and says in a sentence what makes waiting useless. Throws a
   * Refusal when AWS says no.
   */
  send<N extends WriteName>(
    operation: N,
    input: Input<N>,
    isFinal?: () => Promise<string | undefined>,
  ): Promise<Output<N>>
  /** Follows an asynchronous request to its end. Throws a Refusal with AWS's reason when it ends FAILED. */
  settled(family: RequestFamily, request: Request | undefined): Promise<void>
}

/** The three kinds of asynchronous request of sso-admin. */
export type RequestFamily = 'assignment creation' | 'assignment deletion' | 'provisioning'

/** What an asynchronous operation answers, and its status operations. */
export interface Request {
  readonly Status?: string | undefined
  readonly RequestId?: string | undefined
  readonly FailureReason?: string | undefined
}
