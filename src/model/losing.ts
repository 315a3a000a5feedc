/** What something loses where nobody knows whether it does, because AWS was not asked everything, or did not answer. */
export interface MayLose {
  /** The end of a sentence: "it may lose Admin, which depends on …". */
  readonly words: string
  /** Keys of the questions that would tell. */
  readonly open: readonly string[]
}

/** What something loses: the end of a sentence ("it is deleted"), with what would tell where it is in doubt. */
export type Losing = string | MayLose
