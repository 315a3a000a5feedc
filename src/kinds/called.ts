import type { KindName } from '../model/specs.ts'
import { kindNames } from './index.ts'

/** The kind that a person's word means: its name, or the manifest's own word for it, in the singular or the plural. */
export function kindCalled(word: string): KindName | undefined {
  const plain = word.toLowerCase().replaceAll('_', '-')
  return [plain, plain.replace(/s$/, '')].map((one) => kindNames.find((name) => name === one)).find((one) => one)
}

/** The kind that an address begins with, in a person's words; undefined where none does. */
export function kindAhead(word: string): KindName | undefined {
  return kindCalled(word.slice(0, Math.max(word.indexOf('/'), 0)))
}

/** What to do about a word that is no address. */
export const addressAdvice = 'write addresses as a plan shows them, for example permission-set/Admin or user/taro'
