import { stringify } from 'yaml'
import { isObject, type Json, type JsonObject } from '../../src/model/json.ts'

/** The reference of the manifest, as Markdown: a section for each key of the file, after it what its values are made of. Pure. */
export function manifestReference(schema: JsonObject): string {
  const told = new Set<string>()
  const sections = Object.entries(objectAt(schema, 'properties')).map(([key, value]) =>
    section(schema, told, key, asObject(value)),
  )
  const required = list(schema.required).map((key) => `\`${key}\``)
  return `# Manifest reference

Every key of \`sso.yaml\`. Generated from [schema/sso.schema.json](../schema/sso.schema.json) by \`npm run docs\`; edit that instead.
\`sso-reconcile schema\` prints the schema, and an editor with a YAML language server shows these texts while you type, thanks to the first line of the file.

${text(schema.description)} Required: ${required.join(', ')}.

${sections.join('\n')}`
}

function section(schema: JsonObject, told: Set<string>, key: string, node: JsonObject): string {
  const inner = contentOf(schema, node)
  const own = inner ? table(schema, inner) : ''
  const intro = [
    text(node.description ?? resolved(schema, node).description),
    inner === undefined && node.const === undefined ? typeLine(schema, node) : '',
  ]
  const example = `\`\`\`yaml\n${stringify({ [key]: exampleOf(schema, node) }, { lineWidth: 110 })}\`\`\`\n`
  return [`## ${key}\n`, `${intro.filter(Boolean).join(' ')}\n`, example, own, ...parts(schema, told, inner ?? node)]
    .filter(Boolean)
    .join('\n')
}

/** The objects that a section's values are made of and that no section before it has told. */
function parts(schema: JsonObject, told: Set<string>, node: JsonObject): string[] {
  return referencesIn(node).flatMap((name) => {
    const definition = asObject(objectAt(schema, 'definitions')[name])
    if (definition.properties === undefined || told.has(name)) return []
    told.add(name)
    const head = `### ${text(definition.title)}\n\n${text(definition.description)}\n`
    return [`${head}\n${table(schema, definition)}`, ...parts(schema, told, definition)]
  })
}

/** The object whose keys a section lists: its own, or that of each entry of a map or list. */
function contentOf(schema: JsonObject, node: JsonObject): JsonObject | undefined {
  const whole = resolved(schema, node)
  for (const one of [whole, whole.additionalProperties, whole.items])
    if (isObject(one) && resolved(schema, one).properties) return resolved(schema, one)
  return undefined
}

function table(schema: JsonObject, { properties, required }: JsonObject): string {
  const rows = Object.entries(asObject(properties)).map(([key, value]) => {
    const node = asObject(value)
    const needed = list(required).includes(key) ? ' Required.' : ''
    const meaning = `${text(node.description ?? resolved(schema, node).description)}${needed}`
    return `| \`${key}\` | ${typeOf(schema, node)} | ${cell(meaning)} | \`${cell(flow(exampleOf(schema, node)))}\` |`
  })
  return `| key | value | meaning | example |\n|---|---|---|---|\n${rows.join('\n')}\n`
}

function typeLine(schema: JsonObject, node: JsonObject): string {
  return `Value: ${typeOf(schema, node)}.`
}

/** What a value is, in words. */
function typeOf(schema: JsonObject, node: JsonObject): string {
  const whole = resolved(schema, node)
  if (whole.const !== undefined) return `\`${text(whole.const)}\``
  const choices = list(whole.enum)
  if (choices.length > 0) return choices.map((one) => (one === '' ? 'empty' : `\`${text(one)}\``)).join(', ')
  if (whole.type === 'array')
    return `list of ${typeOf(schema, asObject(whole.items))}${limit(whole.maxItems, 'entries')}`
  const scalars = list(whole.type).filter((one) => one !== 'object' && one !== 'array')
  const map = mapOf(schema, whole)
  if (map) return [...scalars.map(text), map].join(' or ')
  const named = typeof node.$ref === 'string' && whole.type === 'string' ? title(whole) : undefined
  return (
    named ?? `${list(whole.type).map(word).join(' or ') || text(whole.type)}${limit(whole.maxLength, 'characters')}`
  )
}

function mapOf(schema: JsonObject, whole: JsonObject): string | undefined {
  if (whole.properties) return `[${title(whole)}](#${slug(text(whole.title))})`
  if (isObject(whole.additionalProperties)) return `map of ${typeOf(schema, whole.additionalProperties)}`
  return undefined
}

/** A title within a sentence; what is like text to a reader is called so. */
function title(node: JsonObject): string {
  const words = text(node.title)
  if (/ text$/.test(words)) return 'string'
  return /^[A-Z]{2}/.test(words) ? words : words.toLowerCase()
}

const word = (type: Json) => (type === 'array' ? 'list' : type === 'object' ? 'map' : text(type))

function limit(most: Json | undefined, unit: string): string {
  if (most === 1) return `, at most one ${unit === 'entries' ? 'entry' : unit}`
  return typeof most === 'number' ? `, at most ${most} ${unit}` : ''
}

function exampleOf(schema: JsonObject, node: JsonObject): Json {
  return list(node.examples)[0] ?? list(resolved(schema, node).examples)[0] ?? ''
}

function resolved(schema: JsonObject, node: JsonObject): JsonObject {
  if (typeof node.$ref !== 'string') return node
  return asObject(objectAt(schema, 'definitions')[nameOf(node.$ref)])
}

function referencesIn(node: Json): string[] {
  if (Array.isArray(node)) return node.flatMap(referencesIn)
  if (!isObject(node)) return []
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [nameOf(value)] : referencesIn(value ?? null),
  )
}

const nameOf = (reference: string) => reference.replace('#/definitions/', '')
const objectAt = (node: JsonObject, key: string) => asObject(node[key])
const asObject = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])
const text = (value: Json | undefined) => (value === undefined ? '' : String(value))
const slug = (title: string) => title.toLowerCase().replaceAll(' ', '-')
const cell = (words: string) => words.replaceAll('|', '\\|')
const flow = (value: Json) =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim()
