/** Writes src/generated from schema/sso.schema.json: the precompiled validator and the TypeScript types. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import Ajv from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { build } from 'esbuild'
import { compile } from 'json-schema-to-typescript'

const folder = 'src/generated'
const header = '// Generated from schema/sso.schema.json by scripts/generate.mjs; do not edit.\n'

/** Definitions whose type after loading says more, or less, than the schema can. */
const typeOf = {
  PolicyDocument: 'JsonObject',
  SettingText: 'string',
  Setting: 'string | { readonly [key: string]: string }',
}

/** What patterns allow for editors only: the loader fills variables in before it validates. */
const variable = /\|(?:\.\*)?\\\$\\\{\\w\+\\\}(?:\.\*)?/

const schema = JSON.parse(await readFile('schema/sso.schema.json', 'utf8'))
await mkdir(folder, { recursive: true })
await Promise.all([
  validator().then((code) => writeFile(`${folder}/validate.js`, header + code)),
  writeFile(`${folder}/validate.d.ts`, header + declaration()),
  types().then((code) => writeFile(`${folder}/manifest.ts`, header + code)),
])

async function validator() {
  const ajv = new Ajv.default({
    allErrors: true,
    verbose: true,
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    code: { source: true, esm: true },
  })
  const validate = ajv.compile(mapSchema(schema, withoutVariables))
  const bundle = await build({
    stdin: { contents: standalone.default(ajv, validate), resolveDir: '.', loader: 'js' },
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

function declaration() {
  return `import type { ErrorObject } from 'ajv'

/** Validates a manifest against the schema; \`errors\` holds the errors of the last call. */
declare const validate: { (data: unknown): boolean; errors?: readonly ErrorObject[] | null }
export default validate
`
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
