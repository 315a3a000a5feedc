import type { KindName } from '../model/specs.ts'
import { kindNames } from './index.ts'

/** The kind that a person's word means: its name, or the manifest's own word for it, in the singular or the plural. */
export function kindCalled(word: string): KindName | undefined {
  const plain = word.toLowerCase().replaceAll('_', '-')
  return [plain, plain.replace(/s$/, '')].map((one) => kindNames.find((name) => name === one)).find((one) => one)
}
