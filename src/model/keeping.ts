import type { Position } from './diagnostic.ts'

/** Commands that answer a difference in the manifest. */
export type AnswerCommand = 'adopt' | 'ignore'

/** What in a manifest decides that something live ends, or has not begun. */
export type Decision = 'until' | 'from' | 'revocation'

/** Why the manifest cannot be made to say what is live by one of those commands. */
export interface Unkept {
  /** The end of a sentence: `until 2026-12-31 has passed`. */
  readonly why: string
  /** What a person can do to keep it all the same: `change the until of its rule at sso.yaml:9`; absent where there is nothing. */
  readonly instead?: string
  readonly decides?: Decision
  readonly at?: Position
}

/** How what is live is kept instead of being changed: by these commands, or, where there are none, in another way. */
export interface Keeping extends Partial<Unkept> {
  readonly by: readonly AnswerCommand[]
}
