/** What a hand did, and where: offsets in the text. */
export interface Slip {
  readonly message: string
  readonly hint: string
  readonly start: number
  readonly end: number
}
