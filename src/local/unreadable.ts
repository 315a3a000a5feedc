import { type Diagnostic, error, type Position } from '../model/diagnostic.ts'
import type { ConfigLine } from './lex.ts'
import { indentation, PYTHON_LINE_BREAK, trim } from './lines.ts'

/** State of one walk over the lines: what was seen since which line, and whether an empty option is open. */
interface Walk {
  readonly file: string
  readonly headers: Map<string, number>
  readonly keys: Map<string, number>
  header: string | undefined
  nested: boolean
}

/**
 * Everything because of which the AWS CLI could not read these lines, in order. No message repeats a value or a line
 * it cannot make sense of, for either may be a secret.
 */
export function unreadable(text: string, lines: readonly ConfigLine[], file: string): Diagnostic[] {
  if (text.startsWith('\ufeff')) return [byteOrderMark(file)]
  const walk: Walk = { file, headers: new Map(), keys: new Map(), header: undefined, nested: false }
  return lines.flatMap((line, index) => [...nullBytes(line, index, file), ...inspect(walk, line, index)])
}

function inspect(walk: Walk, line: ConfigLine, index: number): Diagnostic[] {
  const at = position(walk.file, line, index)
  switch (line.role) {
    case 'header':
      return header(walk, line.header, at)
    case 'option':
      walk.nested = /^[^=:]*[=:]$/.test(trim(line.text))
      return option(walk, line.key, at)
    case 'continuation':
      return walk.nested ? nested(line, at) : []
    case 'stray':
      return [walk.header === undefined ? beforeSection(at) : junk(at)]
    default:
      return []
  }
}

function header(walk: Walk, name: string, at: Position): Diagnostic[] {
  const before = walk.headers.get(name)
  // Python keeps [DEFAULT] apart from the sections and lets it come again.
  if (name !== 'DEFAULT') walk.headers.set(name, before ?? at.line)
  walk.header = name
  if (before === undefined) return []
  return [
    problem('config-duplicate-section', `section [${name}] is already on line ${before}; expected it once`, at, {
      says: 'section already exists',
      fix: 'merge the two sections into one',
    }),
  ]
}

function option(walk: Walk, key: string, at: Position): Diagnostic[] {
  const id = `${walk.header}\0${key}`
  const before = walk.keys.get(id)
  walk.keys.set(id, before ?? at.line)
  if (key === '') {
    const fix = 'write a key before the = or delete the line'
    return [
      problem('config-empty-key', 'this line has no key; expected key = value', at, { says: 'parsing errors', fix }),
    ]
  }
  if (before === undefined) return []
  return [
    problem('config-duplicate-key', `key "${key}" is already on line ${before}; expected it once in a section`, at, {
      says: 'option already exists',
      fix: 'delete one of the two lines; upper and lower case count as the same',
    }),
  ]
}

function nested(line: ConfigLine, at: Position): Diagnostic[] {
  const pieces = line.text.split(PYTHON_LINE_BREAK).map(trim)
  if (pieces.every((piece) => piece === '' || piece.includes('='))) return []
  return [
    problem('config-nested', 'this indented line continues the empty option above; expected key = value', at, {
      says: 'not enough values to unpack',
      fix: 'add the = or, if the line stands for itself, remove the white space before it',
    }),
  ]
}

function beforeSection(at: Position): Diagnostic {
  return problem('config-no-section', 'text before the first section; expected a line such as [default] first', at, {
    says: 'File contains no section headers',
    fix: 'move the line below the section it belongs to, or put # before it',
  })
}

function junk(at: Position): Diagnostic {
  return problem('config-junk', 'this line is neither [section] nor key = value nor a comment', at, {
    says: 'Source contains parsing errors',
    fix: 'add the = or put # before the line',
  })
}

function byteOrderMark(file: string): Diagnostic {
  return problem(
    'config-byte-order-mark',
    'the file starts with a byte order mark; expected plain UTF-8',
    { file, line: 1, column: 1 },
    {
      says: 'File contains no section headers',
      fix: 'save the file as UTF-8 without BOM',
    },
  )
}

function nullBytes(line: ConfigLine, index: number, file: string): Diagnostic[] {
  const column = line.text.indexOf('\0') + 1
  if (column === 0) return []
  const fix = 'save the file as UTF-8 without BOM'
  const at = { file, line: index + 1, column }
  return [
    problem('config-null-byte', 'a NUL byte; expected UTF-8 text, not UTF-16 or binary', at, {
      says: 'parsing errors',
      fix,
    }),
  ]
}

function problem(code: string, message: string, at: Position, advice: { says: string; fix: string }): Diagnostic {
  const hint = `the AWS CLI cannot read the file either ("Unable to parse config file", ${advice.says}); ${advice.fix}`
  return error(code, message, { hint, at })
}

function position(file: string, line: ConfigLine, index: number): Position {
  const column = indentation(line.text) + 1
  return { file, line: index + 1, column, endColumn: Math.max(column + 1, column + trim(line.text).length) }
}
