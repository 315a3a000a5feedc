import { TextDecoder } from 'node:util'
import { error, Refusal } from '../../model/diagnostic.ts'
import { readTextFile } from './file.ts'
import { decodeText } from './utf8.ts'

/** Bytes beyond which nobody's program writes such a file. */
const largest = 500_000_000

const marks: readonly (readonly [mark: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/**
 * The text of a file that a program wrote through a shell: PowerShell makes UTF-16 of it, or UTF-8 with a byte order mark, and says so with
 * the first bytes. Without them it is UTF-8. Undefined where there is no file. Throws a Refusal like `readTextFile`.
 */
export async function readEncodedText(path: string): Promise<string | undefined> {
  const { text } = await readTextFile(path, undefined, { decode: decoded, limit: largest })
  return text
}

function decoded(bytes: Buffer, file: string): string {
  const [, encoding] = marks.find(([mark]) => mark.every((byte, index) => bytes[index] === byte)) ?? []
  if (encoding === undefined) return decodeText(bytes, file)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal(
      error('file-not-utf8', `${file} begins like ${encoding.toUpperCase()} and goes on as something else`, {
        hint: 'make the file anew',
        at: { file, line: 1, column: 1 },
      }),
    )
  }
}
