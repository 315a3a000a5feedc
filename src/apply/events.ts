import type { Address } from '../model/address.ts'
import type { Circumstance, Verb } from '../model/operation.ts'

/** What happens during an apply, one typed event after the other; `apply --json` prints one a line. */
export type ApplyEvent =
  | { readonly type: 'started'; readonly address: Address; readonly verb: Verb }
  | {
      readonly type: 'done'
      readonly address: Address
      readonly verb: Verb
      readonly seconds: number
      /** How it came about, where it was not simply made. */
      readonly how?: Circumstance
    }
  | {
      readonly type: 'failed'
      readonly address: Address
      readonly verb: Verb
      readonly message: string
      readonly hint?: string
    }
  | { readonly type: 'skipped'; readonly address: Address; readonly verb: Verb; readonly message: string }
  | { readonly type: 'file'; readonly path: string; readonly backup?: string }

/** Receives events as they happen. */
export type Listener = (event: ApplyEvent) => void
