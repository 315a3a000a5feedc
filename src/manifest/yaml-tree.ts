import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { type Diagnostic, error, type Position } from '../model/diagnostic.ts'
import type { Json } from '../model/json.ts'
import { type Path, quote } from './finding.ts'
import { howToAllow } from './variables.ts'
import { aliasTargets, asNode, resolved } from './yaml-alias.ts'
import { yamlLimits } from './yaml-parse.ts'
import { aliasOf, locate, nodeSpan, type Places } from './yaml-place.ts'
import { readScalar, type ScalarRules } from './yaml-scalar.ts'
import type { Syntax } from './yaml-syntax.ts'

/** A YAML text as JSON value, with the way back from a path to its place in the text. */
export interface Tree {
  readonly value: Json
  /** Errors and warnings of reading: variables, duplicate keys, aliases, unquoted account ids. */
  readonly diagnostics: readonly Diagnostic[]
  /** Where the key or value at `path` stands; the nearest existing ancestor when there is nothing. */
  locate(path: Path, of: 'key' | 'value'): Position
  /** The alias (`*name`) through which `path` is reached, if any. */
  alias(path: Path): Position | undefined
}

/** Nesting and alias expansion beyond which a file is an accident or an attack. */
const limits = { depth: yamlLimits.depth, aliased: 200_000 } as const

interface Reading extends Places {
  readonly rules: ScalarRules
  readonly entries: WeakMap<Node, Map<string, Pair>>
  readonly diagnostics: Diagnostic[]
  /** Variables that the run does not allow. */
  readonly notAllowed: Set<string>
  aliased: number
}

/** Reads a parsed text. What is wrong with it is in `diagnostics` and reads as null or is left out. */
export function readTree(syntax: Syntax, rules: ScalarRules): Tree {
  const reading: Reading = {
    syntax,
    rules,
    targets: aliasTargets(syntax),
    entries: new WeakMap(),
    diagnostics: [],
    notAllowed: new Set(),
    aliased: 0,
  }
  const value = read(reading, syntax.contents, [], [])
  return {
    value,
    diagnostics: allowedAtOnce(reading),
    locate: (path, of) => locate(reading, path, of),
    alias: (path) => aliasOf(reading, path),
  }
}

/** `open` are the alias targets being read, for finding those that contain themselves. */
function read(reading: Reading, node: Node | undefined, path: Path, open: readonly Node[]): Json {
  if (node === undefined) return null
  if (isAlias(node)) return readAlias(reading, node, path, open)
  if (open.length > 0 && ++reading.aliased > limits.aliased) return readTooMuch(reading, node)
  if (path.length > limits.depth) return readTooDeep(reading, node)
  if (isScalar(node)) return scalarValue(reading, node, path)
  if (isMap(node)) return readMap(reading, node, path, open)
  if (!isSeq(node)) return null
  return node.items.map((item, index) => read(reading, asNode(item), [...path, index], open))
}

function readMap(reading: Reading, node: YAMLMap, path: Path, open: readonly Node[]): Json {
  const pairs = new Map<string, Pair>()
  const values: [string, Json][] = []
  for (const pair of node.items) {
    const key = asNode(pair.key)
    const name = keyName(reading, key, path)
    if (key === undefined || name === undefined || isDuplicate(reading, name, key, pairs)) continue
    pairs.set(name, pair)
    values.push([name, read(reading, asNode(pair.value), [...path, name], open)])
  }
  reading.entries.set(node, pairs)
  return Object.fromEntries(values)
}

function readAlias(reading: Reading, alias: Alias, path: Path, open: readonly Node[]): Json {
  const target = reading.targets.get(alias)
  const name = alias.source
  if (target === undefined) {
    report(reading, alias, 'alias-unknown', `there is no anchor &${name}`, 'quote a value that starts with *')
  } else if (open.includes(target) || isInside(alias, target)) {
    report(reading, alias, 'alias-recursive', `*${name} is inside the value it repeats`, 'write the value out')
  } else return read(reading, target, path, [...open, target])
  return null
}

function isInside(inner: Node, outer: Node): boolean {
  const [start, , end] = outer.range ?? [0, 0, 0]
  const at = inner.range?.[0] ?? -1
  return at >= start && at < end
}

function readTooMuch(reading: Reading, node: Node): Json {
  const message = 'aliases repeat too many values'
  if (reading.aliased === limits.aliased + 1) report(reading, node, 'alias-bomb', message, 'nest fewer aliases')
  return null
}

function readTooDeep(reading: Reading, node: Node): Json {
  report(reading, node, 'too-deep', `values are nested more than ${limits.depth} levels deep`, 'nest less deeply')
  return null
}

function scalarValue(reading: Reading, node: Scalar, path: Path): Json {
  const { value, diagnostics, notAllowed = [] } = readScalar(node, path, reading.rules, reading.syntax)
  // One text can name more variables than a call takes arguments.
  for (const one of diagnostics) reading.diagnostics.push(one)
  for (const name of notAllowed) reading.notAllowed.add(name)
  return value
}

/** The first variable that is not allowed says what to add for all of them, so that nobody has to run again for each. */
function allowedAtOnce({ diagnostics, notAllowed }: Reading): readonly Diagnostic[] {
  const first = diagnostics.find(({ code }) => code === 'variable-not-allowed')
  return diagnostics.map((one) => {
    if (one.code !== 'variable-not-allowed') return one
    return { ...one, hint: one === first ? howToAllow([...notAllowed]) : `see the hint of line ${first?.at?.line}` }
  })
}

/** Keys are always text: `123:` and `true:` mean the names they spell. */
function keyName(reading: Reading, key: Node | undefined, path: Path): string | undefined {
  if (key === undefined) return undefined
  const scalar = resolved(key, reading.targets)
  if (!isScalar(scalar)) {
    report(reading, key, 'key-type', 'a key must be text', 'quote a key that starts with [, {, * or ?')
    return undefined
  }
  const value = scalarValue(reading, scalar, [...path, '(key)'])
  const name = typeof value === 'string' ? value : (scalar.source ?? String(value))
  const refused = refusedKeys.get(name)
  if (refused === undefined) return name
  report(reading, key, ...refused)
  return undefined
}

const refusedKeys: ReadonlyMap<string, readonly [code: string, message: string, hint: string]> = new Map([
  ['<<', ['key-merge', 'merge keys (<<) are not supported', 'write the keys out, or repeat a whole value with *name']],
  ['__proto__', ['key-reserved', '"__proto__" cannot be a key', 'choose another name']],
])

function isDuplicate(reading: Reading, name: string, key: Node, known: ReadonlyMap<string, Pair>): boolean {
  const first = asNode(known.get(name)?.key)
  if (first === undefined) return false
  const { line } = nodeSpan(reading.syntax, first)
  report(
    reading,
    key,
    'key-duplicate',
    `duplicate key ${quote(name)}; it is already on line ${line}`,
    'keep one of them',
  )
  return true
}

function report(reading: Reading, node: Node, code: string, message: string, hint: string): void {
  reading.diagnostics.push(error(code, message, { hint, at: nodeSpan(reading.syntax, node) }))
}
