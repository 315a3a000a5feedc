import { error, Refusal } from '../../model/diagnostic.ts'

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const NOT_TEXT: readonly (readonly [bytes: readonly number[], found: string])[] = [
  [[0xef, 0xbb, 0xbf], 'starts with a byte order mark'],
  [[0xff, 0xfe], 'is UTF-16'],
  [[0xfe, 0xff], 'is UTF-16'],
]

/** The text of a file's bytes. Throws a Refusal, with the first bad line, for all but UTF-8 without byte order mark. */
export function decodeText(bytes: Buffer, file: string): string {
  const mark = NOT_TEXT.find(([start]) => start.every((byte, n) => bytes[n] === byte))
  if (mark) throw notUtf8(file, 1, mark[1])
  try {
    return UTF8.decode(bytes)
  } catch {
    throw notUtf8(file, firstBadLine(bytes), 'is not UTF-8 on this line')
  }
}

/** The same, but for a byte order mark, which stays the first character: for files that others wrote with one and that keep it. */
export function decodeMarked(bytes: Buffer, file: string): string {
  const isMarked = [0xef, 0xbb, 0xbf].every((byte, n) => bytes[n] === byte)
  return isMarked ? `\uFEFF${decodeText(bytes.subarray(3), file)}` : decodeText(bytes, file)
}

function notUtf8(file: string, line: number, found: string): Refusal {
  const hint = 'save the file as UTF-8 without byte order mark, so that other tools can read it'
  return new Refusal(
    error('file-not-utf8', `${file} ${found}; expected UTF-8`, { hint, at: { file, line, column: 1 } }),
  )
}

/** No character of several bytes contains a line feed, so each line is well-formed or not by itself. */
function firstBadLine(bytes: Buffer): number {
  let start = 0
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(0x0a, start)
    try {
      UTF8.decode(bytes.subarray(start, end === -1 ? bytes.length : end))
    } catch {
      return line
    }
    if (end === -1) return line
    start = end + 1
  }
}
