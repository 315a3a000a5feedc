import { cp, rm } from 'node:fs/promises'
import { build } from 'esbuild'
import { writeLicenses } from './licenses.mjs'

// Commander and parts of the AWS SDK are CommonJS: inside an ES module bundle they need a `require` of their own.
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"

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
  banner: { js: banner },
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  logLevel: 'warning',
})
// Where chunks look for it, as the sources do: one folder up.
await cp('src/generated/iam-documents.txt', 'dist/generated/iam-documents.txt')
await writeLicenses(metafile, 'dist/THIRD_PARTY_LICENSES.txt')
