import { type Diagnostic, error, type Position } from '../../model/diagnostic.ts'
import { indentation, PYTHON_LINE_BREAK, trim } from '../files/lines.ts'
import { type ConfigLine, cutOption } from './lex.ts'

/** State of one walk over the lines: what was seen since which line, and whether an empty option is open. */
interface Walk {
  readonly file: string
  readonly headers: Map<string, number>
  readonly keys: Map<string, number>
  header: string | undefined
  nested: boolean
}

/** A line and its number, from 1. */
interface LineAt {
  readonly file: string
  readonly line: ConfigLine
  readonly number: number
}

/**
 * Everything because of which the AWS CLI could not read these lines, in order. No message repeats a value or a line
 * it cannot make sense of, for either may be a secret.
 */
export function unreadable(text: string, lines: readonly ConfigLine[], file: string): Diagnostic[] {
  if (text.startsWith('\ufeff')) return [byteOrderMark(file)]
  const hasNull = text.includes('\0')
  const walk: Walk = { file, headers: new Map(), keys: new Map(), header: undefined, nested: false }
  const found: (Diagnostic | undefined)[] = []
  lines.forEach((line, index) => {
    const place = { file, line, number: index + 1 }
    if (hasNull) found.push(nullByte(place))
    found.push(inspect(walk, line, place))
  })
  return found.filter((one) => one !== undefined)
}

function inspect(walk: Walk, line: ConfigLine, place: LineAt): Diagnostic | undefined {
  switch (line.role) {
    case 'header':
      return header(walk, line.header, place)
    case 'option':
      walk.nested = cutOption(line.text).value === ''
      return option(walk, line.key, place)
    case 'continuation':
      return walk.nested ? nested(place) : undefined
    case 'stray':
      return walk.header === undefined ? beforeSection(place) : junk(place)
    default:
      return undefined
  }
}

function header(walk: Walk, name: string, place: LineAt): Diagnostic | undefined {
  const before = walk.headers.get(name)
  // Python keeps [DEFAULT] apart from the sections and lets it come again.
  if (name !== 'DEFAULT') walk.headers.set(name, before ?? place.number)
  walk.header = name
  if (before === undefined) return undefined
  return problem(
    'config-duplicate-section',
    `section [${name}] is already on line ${before}; expected only one`,
    place,
    {
      says: 'section already exists',
      fix: 'merge the two sections into one',
    },
  )
}

function option(walk: Walk, key: string, place: LineAt): Diagnostic | undefined {
  if (key === '') return emptyKey(place)
  const id = `${walk.header}\0${key}`
  const before = walk.keys.get(id)
  walk.keys.set(id, before ?? place.number)
  if (before === undefined) return undefined
  return problem(
    'config-duplicate-key',
    `key "${key}" is already on line ${before}; expected only one in a section`,
    place,
    {
      says: 'option already exists',
      fix: 'delete one of the two lines; keys are not case-sensitive',
    },
  )
}

function emptyKey(place: LineAt): Diagnostic {
  return problem('config-empty-key', 'this line has no key; expected key = value', place, {
    says: 'parsing errors',
    fix: 'write a key before the = or delete the line',
  })
}

function nested(place: LineAt): Diagnostic | undefined {
  const pieces = place.line.text.split(PYTHON_LINE_BREAK).map(trim)
  if (pieces.every((piece) => piece === '' || piece.includes('='))) return undefined
  return problem('config-nested', 'this indented line continues the empty option above; expected key = value', place, {
    says: 'not enough values to unpack',
    fix: 'add the = or, if the line is a key of its own, remove the indentation',
  })
}

function beforeSection(place: LineAt): Diagnostic {
  return problem('config-no-section', 'text before the first section; expected a line such as [default] first', place, {
    says: 'File contains no section headers',
    fix: 'move the line below the section it belongs to, or put # before it',
  })
}

function junk(place: LineAt): Diagnostic {
  return problem('config-junk', 'this line is neither [section] nor key = value nor a comment', place, {
    says: 'Source contains parsing errors',
    fix: 'add the = or put # before the line',
  })
}

const SAVE_AS_UTF8 = 'save the file as UTF-8 without byte order mark'

function byteOrderMark(file: string): Diagnostic {
  const message = 'the file starts with a byte order mark; expected plain UTF-8'
  const hint = advice('File contains no section headers', SAVE_AS_UTF8)
  return error('config-byte-order-mark', message, { hint, at: { file, line: 1, column: 1 } })
}

function nullByte({ file, line, number }: LineAt): Diagnostic | undefined {
  const column = line.text.indexOf('\0') + 1
  if (column === 0) return undefined
  const message = 'the line has a NUL byte; expected UTF-8 text, not UTF-16 or binary'
  return error('config-null-byte', message, { hint: SAVE_AS_UTF8, at: { file, line: number, column } })
}

function problem(
  code: string,
  message: string,
  place: LineAt,
  { says, fix }: { says: string; fix: string },
): Diagnostic {
  return error(code, message, { hint: advice(says, fix), at: position(place) })
}

function advice(says: string, fix: string): string {
  return `the AWS CLI cannot read the file either ("Unable to parse config file", ${says}); ${fix}`
}

function position({ file, line, number }: LineAt): Position {
  const column = indentation(line.text) + 1
  return { file, line: number, column, endColumn: Math.max(column + 1, column + trim(line.text).length) }
}
