// Looks at organizations of 300 and of 3,000 accounts whose answers take 50 to 150 ms. Usage: node bench/large.mjs ['300 accounts'] ['3,000 accounts']
//
// The table says how many calls each look takes, how many requests are under way at a time, and the seconds and the largest size of
// the whole process.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

const folder = mkdtempSync(join(tmpdir(), 'sso-reconcile-bench-'))
const outfile = join(folder, 'measure.mjs')
const entry = join(import.meta.dirname, '..', 'test', 'scenarios', 'large', 'children', 'measure.ts')
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  banner: { js: banner },
  logLevel: 'error',
})
const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' })
rmSync(folder, { recursive: true })
process.exitCode = status ?? 1
