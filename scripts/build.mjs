import { cp, readFile, rm, writeFile } from 'node:fs/promises'
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

await rm('dist', { recursive: true, force: true })
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
  plugins: [lazily],
  metafile: true,
  logLevel: 'warning',
})
await Promise.all(Object.keys(metafile.outputs).map(givenRequire))
// Where chunks look for it, as the sources do: one folder up.
await cp('src/generated/iam-documents.txt', 'dist/generated/iam-documents.txt')
await writeLicenses(metafile, 'dist/THIRD_PARTY_LICENSES.txt')

/** Of all that is written one chunk asks for `require`, and lends it to the others. */
async function givenRequire(file) {
  const code = await readFile(file, 'utf8')
  if (code.includes('typeof require')) await writeFile(file, `${requireLine}\n${code}`)
}
