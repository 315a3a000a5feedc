import { canonical, type Json } from './json.ts'

/**
 * True when a live value is what was asked for: exactly it, or exactly what is left of it without the white space at its ends. Whether
 * AWS keeps that white space is documented nowhere, so both are the answer to the same request. White space that is live and was not
 * asked for is a difference like any other: policies compare session tags character by character.
 */
export function sameText(live: Json | undefined, asked: Json | undefined): boolean {
  const [found, wanted] = [live ?? '', asked ?? '']
  return canonical(found) === canonical(wanted) || (typeof wanted === 'string' && found === wanted.trim())
}
