import type { ConfigDocument } from '../local/aws-config/document.ts'
import type { Position } from '../model/diagnostic.ts'
import { nearest } from '../text/near.ts'

/** The profile a person most likely meant: near, and with the same digits, since dev1 and dev2 are two accounts. */
export function nearProfile(name: string, known: readonly string[]): string | undefined {
  const digits = (text: string) => text.replace(/\D+/g, ' ').trim()
  return nearest(
    name,
    known.filter((one) => digits(one) === digits(name)),
  )
}

/** A section `[name]` of `~/.aws/config` without the word profile, which no AWS tool takes for one. */
export function headerWithoutWord(document: ConfigDocument | undefined, name: string): Position | undefined {
  return document?.sections.find(({ kind, header }) => kind === 'other' && header.trim() === name)?.at
}
