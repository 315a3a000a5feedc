/**
 * What steers whoever shows a text instead of being read: control and format characters (escape sequences, line ends, bidirectional
 * overrides, zero width), line and paragraph separators, and halves of surrogate pairs. The inside of a character class.
 */
export const steering = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}`
