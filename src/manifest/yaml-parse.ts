import { Composer, type Document, Lexer, type ParsedNode, Parser, type YAMLError } from 'yaml'

/** A parsed text: the document, unless the parser gave up, and what is wrong with it. */
export interface Parsed {
  readonly document?: Document.Parsed<ParsedNode>
  readonly errors: readonly Pick<YAMLError, 'code' | 'message' | 'pos'>[]
}

/** Where and why a text is not read to its end: it holds more than anybody writes by hand or a program has to say. */
export interface Excess {
  readonly what: 'depth' | 'words'
  readonly offset: number
}

/** Levels of nesting, and words and marks, beyond which a file is an accident or an attack. */
export const yamlLimits = { depth: 200, words: 2_000_000, errors: 100 } as const

const options = { version: '1.2', schema: 'core', prettyErrors: false, uniqueKeys: false } as const

/**
 * Parses YAML 1.2 in time that grows with the text and no faster: what is nested too deeply ends the reading where that is seen,
 * before the recursive part of the parser, and so does the hundredth error.
 */
export function parseWithin(text: string): Parsed | Excess {
  const tokens = tokensOf(text)
  if (!Array.isArray(tokens)) return tokens
  const composer = new Composer(options)
  try {
    stopping(composer)
    return composed([...composer.compose(tokens, true, text.length)])
  } catch (thrown) {
    if (thrown instanceof EnoughErrors) return { errors: composer.streamInfo().errors }
    throw thrown
  }
}

type Tokens = Parameters<Composer['compose']>[0]
type Token = Tokens extends Iterable<infer T> ? T : never

/** The syntax tree, which its parser builds without recursion. Errors between documents make tokens of their own. */
function tokensOf(text: string): Token[] | Excess {
  const parser = new Parser()
  const tokens: Token[] = []
  let words = 0
  for (const word of new Lexer().lex(text)) {
    for (const token of parser.next(word)) tokens.push(token)
    words += 1
    if (words > yamlLimits.words) return { what: 'words', offset: parser.offset }
    // One for the document, one for what is being read.
    if (parser.stack.length > yamlLimits.depth + 2) return { what: 'depth', offset: parser.offset }
    if (tokens.length > yamlLimits.errors) break
  }
  for (const token of parser.end()) tokens.push(token)
  return tokens
}

class EnoughErrors extends Error {}

/** Each error is an object with a stack of its own; a million of them take minutes, and nobody reads the second hundred. */
function stopping(composer: Composer): void {
  let errors = 0
  // biome-ignore lint/complexity/useLiteralKeys: the library has no public way to stop at an error
  const report = composer['onError']
  // biome-ignore lint/complexity/useLiteralKeys: as above
  composer['onError'] = (...error: unknown[]) => {
    errors += 1
    // Thrown again and again: on its way out the library catches it and reports it as one more error.
    if (errors > yamlLimits.errors) throw new EnoughErrors()
    report(...error)
  }
}

function composed([document, second]: readonly Document.Parsed<ParsedNode>[]): Parsed {
  if (document === undefined) return { errors: [] }
  const { errors, warnings } = document
  const more = second && { code: 'MULTIPLE_DOCS' as const, message: 'several documents', pos: start(second) }
  return { document, errors: [...errors, ...warnings, ...(more ? [more] : [])] }
}

function start({ range: [from, to] }: Document.Parsed<ParsedNode>): [number, number] {
  return [from, to]
}
