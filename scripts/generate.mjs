/** Writes src/generated: precompiled validators from schema/, the TypeScript types of a manifest, from sso.yaml the sample, and names and policies of AWS. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import Ajv from 'ajv'
import { _, Name } from 'ajv/dist/compile/codegen/index.js'
import standalone from 'ajv/dist/standalone/index.js'
import { build } from 'esbuild'
import { compile } from 'json-schema-to-typescript'
import { asciiPattern } from './ascii-pattern.mjs'
import { bare, withoutErrors, withoutWords } from './bare-validator.mjs'
import { actionResourcesModule } from './iam-action-resources.mjs'
import { conditionsModule } from './iam-conditions.mjs'
import { policyDocuments } from './iam-documents.mjs'
import { namesModule, namesVersion } from './iam-names.mjs'
import { includedSchema } from './included-schema.mjs'

const folder = 'src/generated'
const headerFor = (source) => `// Generated from ${source} by scripts/generate.mjs; do not edit.\n`
const header = headerFor('schema/sso.schema.json')
const planHeader = headerFor('schema/plan.schema.json')

/** What AWS's managed policies say, for programs to look up one. */
const documentsFile = `${folder}/iam-documents.txt`

/** Definitions whose type after loading says more, or less, than the schema can. */
const typeOf = {
  PolicyDocument: 'JsonObject',
  SettingText: 'string',
  Setting: 'string | { readonly [key: string]: string }',
}

/** What patterns allow for editors only: the loader fills variables in before it validates. */
const variable = /\|(?:\.\*)?\\\$\\\{\\w\+\\\}(?:\.\*)?/

/** The keyword uniqueItems, for which ajv compares each item with each other, in one pass. */
const distinctItems = {
  keyword: 'distinctItems',
  type: 'array',
  schemaType: 'boolean',
  error: { message: 'must NOT have duplicate items', params: ({ params: { i, j } }) => _`{i: ${i}, j: ${j}}` },
  code(check) {
    const { gen, data } = check
    const [valid, i, j] = [gen.let('valid', true), gen.let('i', _`${data}.length`), gen.let('j')]
    const seen = gen.const('seen', _`new Map()`)
    check.setParams({ i, j })
    gen.for(_`;${i}--;`, () => {
      const text = gen.const('text', _`${new Name('sortedText')}(${data}[${i}])`)
      gen.assign(j, _`${seen}.get(${text})`)
      gen.if(_`${j} !== undefined`, () => {
        check.error()
        gen.assign(valid, false).break()
      })
      gen.code(_`${seen}.set(${text}, ${i})`)
    })
    check.ok(valid)
  },
}

function withDistinctItems({ uniqueItems, ...rest }) {
  return uniqueItems === true ? { ...rest, distinctItems: true } : rest
}

/** What the generated code calls. */
const helpers = `
function sortedText(value) {
  return JSON.stringify(value, (key, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner) ? Object.entries(inner).sort() : inner)
}
function appended(all, more) {
  for (const one of more) all.push(one)
  return all
}
class Pattern {
  constructor(source, flags) {
    this.made = () => new RegExp(source, flags)
  }
  test(text) {
    this.expression ??= this.made()
    return this.expression.test(text)
  }
}
class UnicodePattern {
  constructor(source, ascii) {
    this.whole = new Pattern(source, 'u')
    this.ascii = new Pattern(ascii, 'u')
  }
  test(text) {
    return isAscii.test(text) ? this.ascii.test(text) : this.whole.test(text)
  }
}
const isAscii = /^[\\0-\\x7f]*$/
`

const schema = JSON.parse(await readFile('schema/sso.schema.json', 'utf8'))
const planSchema = JSON.parse(await readFile('schema/plan.schema.json', 'utf8'))
const rules = mapSchema(mapSchema(schema, withoutVariables), withDistinctItems)
await mkdir(folder, { recursive: true })
await Promise.all([
  validator(rules).then((code) => writeFile(`${folder}/validate.js`, header + code)),
  writeFile(`${folder}/validate.d.ts`, header + declaration('a manifest')),
  // The same rules, and nothing of what they are called: a manifest that keeps them needs no explanation.
  validator(mapSchema(rules, withoutWords), bare, withoutErrors).then((code) =>
    writeFile(`${folder}/is-valid.js`, header + code),
  ),
  writeFile(`${folder}/is-valid.d.ts`, header + decision('a manifest')),
  // Nobody is told which rule a saved plan breaks, and its schema says less of types than ajv would like.
  validator(mapSchema(planSchema, withoutWords), { ...bare, strictTypes: false }, withoutErrors).then((code) =>
    writeFile(`${folder}/validate-plan.js`, planHeader + code),
  ),
  writeFile(`${folder}/validate-plan.d.ts`, planHeader + decision('a plan as a document')),
  types().then((code) => writeFile(`${folder}/manifest.ts`, header + code)),
  sample().then((code) => writeFile(`${folder}/sample.ts`, code)),
  iamData(),
  included(),
])

/** Part of the repository and laid out as its other files are: written only where it says something else. */
async function included() {
  const file = 'schema/included.schema.json'
  const made = includedSchema(schema)
  const before = existsSync(file) ? JSON.stringify(JSON.parse(await readFile(file, 'utf8'))) : ''
  if (before !== JSON.stringify(made)) await writeFile(file, `${JSON.stringify(made, null, 2)}\n`)
}

async function validator(from, more = {}, changed = linear) {
  const ajv = new Ajv.default({
    allErrors: true,
    verbose: true,
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    code: { source: true, esm: true },
    ...more,
  })
  ajv.addKeyword(distinctItems)
  const validate = ajv.compile(from)
  const bundle = await build({
    stdin: {
      contents: helpers + patternsAtUse(changed(standalone.default(ajv, validate))),
      resolveDir: '.',
      loader: 'js',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    minifySyntax: true,
    minifyWhitespace: true,
    write: false,
    legalComments: 'none',
  })
  return bundle.outputFiles[0].text
}

/** Ajv copies all errors for each definition that adds some, which takes hours where a hundred thousand do. */
function linear(code) {
  const found = code.replace(/vErrors\.concat\((\w+\.errors)\)/g, 'appended(vErrors, $1)')
  if (found === code) throw new Error('the code of ajv has changed: look at how it adds up errors')
  return found
}

/** To make all patterns takes longer than to validate a manifest that meets some of them. */
function patternsAtUse(code) {
  return code.replace(/\b(pattern\d+ = new )RegExp\(("(?:[^"\\]|\\.)*"), "u"\)/g, (_found, start, literal) => {
    const ascii = asciiPattern(JSON.parse(literal))
    return ascii === undefined
      ? `${start}Pattern(${literal}, "u")`
      : `${start}UnicodePattern(${literal}, ${JSON.stringify(ascii)})`
  })
}

function declaration(what) {
  return `import type { ErrorObject } from 'ajv'

/** Validates ${what} against the schema; \`errors\` holds the errors of the last call. */
declare const validate: { (data: unknown): boolean; errors?: readonly ErrorObject[] | null }
export default validate
`
}

function decision(what) {
  return `/** True for ${what} that keeps every rule of the schema. */
export default function validate(data: unknown): boolean
`
}

async function sample() {
  const text = await readFile('sso.yaml', 'utf8')
  return `${headerFor('sso.yaml')}
/** The manifest at the root of the repository. */
export const sample = ${JSON.stringify(text)}
`
}

// To read the documents of all policies takes a second, so it is done when they are others.
async function iamData() {
  const source = headerFor(await namesVersion())
  const modules = {
    'iam-conditions.ts': conditionsModule,
    'iam-action-resources.ts': actionResourcesModule,
    // Last: what is not written whole is written again.
    'iam-names.ts': namesModule,
  }
  const before = await Promise.all(
    Object.keys(modules).map((name) => readFile(`${folder}/${name}`, 'utf8').catch(() => '')),
  )
  if (before.every((text) => text.startsWith(source)) && existsSync(documentsFile)) return
  await writeFile(documentsFile, `\n${await policyDocuments()}\n`)
  for (const [name, code] of Object.entries(modules)) await writeFile(`${folder}/${name}`, source + (await code()))
}

async function types() {
  const code = await compile(mapSchema(schema, typed), 'Manifest', {
    additionalProperties: false,
    bannerComment: "import type { JsonObject } from '../model/json.ts'\n",
    format: false,
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
  })
  return code
    .replace(/^ \*\s*\n \* This interface was referenced by .*\n \* via the `definition` .*\n/gm, '')
    .replace(/^(\w+\??: |\[k: string\]: )/gm, '  readonly $1')
    .replace(/\b(\w+\[\])/g, 'readonly $1')
}

/** Rebuilds a schema, changing every subschema with `change(subschema, name of its definition)`. */
function mapSchema(node, change, name) {
  if (Array.isArray(node)) return node.map((one) => mapSchema(one, change))
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(change(node, name))
  return Object.fromEntries(entries.map(([key, value]) => [key, mapSchema(value, change, key)]))
}

function withoutVariables(node) {
  return typeof node.pattern === 'string' ? { ...node, pattern: node.pattern.replace(variable, '') } : node
}

/**
 * What json-schema-to-typescript should see: definitions titled with their own names, no titles elsewhere (each would
 * become a type), and bare references (it copies a definition whose `$ref` has neighbours).
 */
function typed(node, name) {
  if (typeof node.$ref === 'string') return { $ref: node.$ref }
  if (Object.hasOwn(typeOf, name ?? '')) return { title: name, description: node.description, tsType: typeOf[name] }
  if (Object.hasOwn(schema.definitions, name ?? '') && typeof node.type !== 'undefined') return { ...node, title: name }
  if (node === schema) return node
  const { title, ...rest } = node
  return typeof title === 'string' ? rest : node
}
