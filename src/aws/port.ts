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
   * Sends one change. A conflict is waited out for about a minute; `look` is asked what stands in the way. Throws a Refusal when AWS
   * says no.
   */
  send<N extends WriteName>(operation: N, input: Input<N>, look?: () => Promise<Obstacle>): Promise<Output<N>>
  /**
   * Starts an asynchronous request, when AWS has room for one more of its family and in its account (undefined where it works in several),
   * and follows it to its end. Throws a Refusal with AWS's reason when it ends FAILED, by itself and not because of another one.
   */
  follow(family: RequestFamily, account: string | undefined, start: () => Promise<Request | undefined>): Promise<void>
}

/**
 * What a look finds that stands in the way of a change: something that makes waiting useless, in a sentence; something that is
 * changing by itself and is waited for as long as for any request; or nothing that explains it.
 */
export type Obstacle = { readonly final: string } | 'changing' | undefined

/** The three kinds of asynchronous request of sso-admin. */
export type RequestFamily = 'assignment creation' | 'assignment deletion' | 'provisioning'

/** What an asynchronous operation answers, and its status operations. */
export interface Request {
  readonly Status?: string | undefined
  readonly RequestId?: string | undefined
  readonly FailureReason?: string | undefined
}
