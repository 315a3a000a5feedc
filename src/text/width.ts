import stringWidth from 'string-width'

/** How many columns a terminal gives to a text: none to what has no width of its own, two to a Japanese character or an emoji. */
export function textWidth(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text)
}
