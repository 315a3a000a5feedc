/**
 * What steers whoever shows a text instead of being read: control and format characters (escape sequences, line ends, bidirectional
 * overrides, zero width), line and paragraph separators, and halves of surrogate pairs. So do letters and signs that look like nothing at all (the fillers of Hangul,
 * two vowels of Khmer, the joiner of graphemes, the empty cell of Braille): AWS takes them in names, and with one of them a name looks like another. The inside of a character class.
 */
export const steering = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0`

/** A sign that begins an order to the log of a pipeline (`##[error]`, `##vso[…]`), also behind signs that are seen nowhere. A pattern without regard to case. */
export const logOrder = String.raw`#(?=\p{DI}*#\p{DI}*(?:vso|teamcity)?\[)`
