/**
 * npm run new-kind NAME [-- --local]: makes the folder of a kind, its registration, the fragment of the manifest's schema, and its example
 * for the contract. Everything is there and nothing works: `npm run contract NAME` says in sentences what to fill in.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { exampleText, folderText, schemaFragment, specText } from './new-kind/templates.mjs'

const [name = '', ...flags] = process.argv.slice(2)
const side = flags.includes('--local') ? 'local' : 'cloud'

if (!/^[a-z]+(-[a-z]+)*$/.test(name))
  fail(`"${name}" is no name of a kind; expected words in lower case such as trusted-issuer`)
if (existsSync(`src/kinds/${name}`)) fail(`src/kinds/${name} exists already`)

const camel = name.replace(/-(.)/g, (_all, letter) => letter.toUpperCase())
const words = { name, side, camel, pascal: camel[0].toUpperCase() + camel.slice(1), section: sectionOf(name) }
const key = name === camel ? name : `'${name}': ${camel}`

// Nothing is written before everything is known to fit.
const texts = [
  create(`src/kinds/${name}/${name}.ts`, folderText(words)),
  edit(
    'src/model/specs.ts',
    (text) => before(text, '\n}\n\n/** Name of a kind', `\n  '${name}': ${words.pascal}Spec`) + specText(words),
  ),
  edit('src/kinds/index.ts', (text) => registered(text, `./${name}/${name}.ts`, camel)),
  edit('schema/sso.schema.json', (text) => before(text, '    "local": { "$ref"', schemaFragment(words))),
  edit('schema/plan.schema.json', (text) => before(text, '\n      ]\n    },\n    "address"', `,\n        "${name}"`)),
  create(`test/kinds/${name}/example.ts`, exampleText(words)),
  edit('test/kinds/examples.ts', (text) =>
    registered(text, `./${name}/example.ts`, camel).replace(`import { ${camel} }`, `import { example as ${camel} }`),
  ),
]
for (const [file, text] of texts) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
const touched = texts.map(([file]) => file)
execFileSync('npx', ['--no-install', 'biome', 'check', '--write', ...touched], { stdio: 'ignore' })
execFileSync('npm', ['run', '--silent', 'generate'], { stdio: 'inherit' })
console.log(`Made the kind ${name}:\n${touched.map((file) => `  ${file}\n`).join('')}
Next: npm run contract ${name}   (it says what to fill in; docs/adding-a-kind.md explains)`)

/** A section of the manifest is named in the plural. */
function sectionOf(kind) {
  const plain = kind.replaceAll('-', '_')
  return plain.endsWith('s') ? plain : `${plain}s`
}

function registered(text, from, variable) {
  const imported = `import { ${variable} } from '${from}'\n${text}`
  return before(imported, '\n} as const satisfies', `\n  ${key},`)
}

function before(text, mark, addition) {
  const [first, ...rest] = text.split(mark)
  if (rest.length !== 1) fail(`expected "${mark.trim()}" once, and found it ${rest.length} times`)
  return first + addition + mark + rest[0]
}

function create(file, text) {
  return [file, text]
}

function edit(file, change) {
  return [file, change(readFileSync(file, 'utf8'))]
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
