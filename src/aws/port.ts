import type { Input, Item, ListName, Output, ReadName, WriteName } from './operations.ts'

/** One look at AWS: only reads, and nothing is asked twice. A look is thrown away when the world may have changed. */
export interface Reader {
  /** Answer of a single read. Throws a Refusal that names the operation when AWS does not answer it. */
  get<N extends ReadName>(operation: N, input: Input<N>): Promise<Output<N>>
  /** All rows of all pages, or a Refusal: never a part of them. */
  list<N extends ListName>(operation: N, input: Input<N>, how?: Asking): Promise<readonly Item<N>[]>
}

/** How a list is asked for. */
export interface Asking {
  /** Nothing depends on it: it is done without soon where it is not answered. The first who asks for a list in a look decides. */
  readonly goodToHave?: boolean
}

/** Sends changes. Reads made through it are always fresh. */
export interface Writer extends Reader {
  /**
   * Sends one change. A conflict is waited out for about a minute; `look` is asked what stands in the way, and where no answer came
   * whether the change was made all the same. Throws a Refusal when AWS says no.
   */
  send<N extends WriteName>(operation: N, input: Input<N>, look?: Look<Answer<N>>): Promise<Answer<N>>
  /**
   * Makes a change that AWS answers with nothing new. Where no answer came, a look tells whether what the change was meant for holds now.
   * Throws what the change threw where it does not.
   */
  settle(change: () => Promise<unknown>, holds: () => Promise<boolean>): Promise<'answered' | 'looked up'>
  /**
   * Starts an asynchronous request, when AWS has room for one more of its family and in its account (undefined where it works in several),
   * and follows it to its end. Throws a Refusal with AWS's reason when it ends FAILED, by itself and not because of another one.
   * `over` is called as soon as it counts no more for AWS, which may be before it is known how it ended.
   */
  follow(
    family: RequestFamily,
    account: string | undefined,
    start: () => Promise<Request | undefined>,
    over?: () => void,
  ): Promise<void>
  /**
   * Looks again and again until something that goes on by itself has ended, of which AWS tells by no request. Throws a Refusal where it
   * failed, and where it takes longer than half an hour. `look` is told whether what was asked for may not be shown yet, because lists lag.
   */
  until(what: string, look: (mayLag: boolean) => Promise<Progress>): Promise<void>
}

/** How far something is that goes on by itself; undefined while it does. */
export type Progress = 'done' | { readonly failed: string; readonly hint?: string } | undefined

/** What a change is answered with. */
type Answer<N extends WriteName> = Omit<Output<N>, '$metadata'>

/**
 * Looks at what there is, because a change was not simply carried out. `mayBeOurs`: an answer may have got lost, so that what is there can
 * be what was asked for; otherwise it was not this run that made it.
 */
export type Look<T = never> = (mayBeOurs: boolean) => Promise<Finding<T>>

/**
 * What a look finds: that everything is as it was asked for, with the answer that would have told; something that makes waiting useless,
 * in a sentence and with the next step; something that is changing by itself and is waited for as long as for any request; or nothing that
 * explains it.
 */
export type Finding<T = never> =
  | { readonly done: T }
  | { readonly final: string; readonly hint?: string }
  | 'changing'
  | undefined

/** The three kinds of asynchronous request of sso-admin. */
export type RequestFamily = 'assignment creation' | 'assignment deletion' | 'provisioning'

/** What an asynchronous operation answers, and its status operations. */
export interface Request {
  readonly Status?: string | undefined
  readonly RequestId?: string | undefined
  readonly FailureReason?: string | undefined
}
