import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { build } from 'esbuild'
import { writeLicenses } from './licenses.mjs'

/** Commander and parts of the AWS SDK are CommonJS: inside an ES module they need a `require`, which takes 10 ms to make. */
const requireLine =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"

/** Modules that spend their time when they start, for characters that most runs never meet: they start at the first call. */
const lazily = {
  name: 'lazily',
  setup(build) {
    build.onResolve({ filter: /^string-width$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'string-width', namespace: 'lazily' } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'lazily' }, ({ path }) => ({
      contents: `let real; export default (...given) => (real ??= require('${path}').default)(...given)`,
      resolveDir: '.',
    }))
  },
}

/** Long texts are read as files: Node.js takes ten times as long for a text in a program, of which it makes sure that it is one. */
const textsApart = {
  name: 'texts apart',
  setup(build) {
    build.onLoad({ filter: /src\/generated\/iam-[a-z-]+\.ts$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8')
      const texts = Object.entries(await import(`data:text/javascript,${encodeURIComponent(code)}`))
      const declared = await Promise.all(texts.map(([name, text]) => declaration(basename(path, '.ts'), name, text)))
      return { contents: `import { readFileSync } from 'node:fs'\n${declared.join('')}` }
    })
  },
}

async function declaration(module, name, text) {
  if (text.length < 10_000) return `export const ${name} = ${JSON.stringify(text)}\n`
  const file = `${module}-${name}.txt`
  await writeFile(resolve('dist/generated', file), text)
  // Where chunks look for it, as the sources do: one folder up.
  return `export const ${name} = readFileSync(new URL('../generated/${file}', import.meta.url), 'utf8')\n`
}

await rm('dist', { recursive: true, force: true })
await mkdir('dist/generated', { recursive: true })
const { metafile } = await build({
  entryPoints: [{ in: 'src/start.ts', out: 'cli' }],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // The SDK's ES modules can be tree-shaken, its CommonJS build cannot.
  mainFields: ['module', 'main'],
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  minify: true,
  plugins: [lazily, textsApart],
  metafile: true,
  logLevel: 'warning',
})
await Promise.all(Object.keys(metafile.outputs).map(givenRequire))
await cp('src/generated/iam-documents.txt', 'dist/generated/iam-documents.txt')
await writeLicenses(metafile, 'dist/THIRD_PARTY_LICENSES.txt')

/** Of all that is written one chunk asks for `require`, and lends it to the others. */
async function givenRequire(file) {
  const code = await readFile(file, 'utf8')
  if (code.includes('typeof require')) await writeFile(file, `${requireLine}\n${code}`)
}
