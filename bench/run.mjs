// npm run bench -- --help: what everything takes. Bundles main.ts, so that it runs on every Node.js that the tool runs on.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

const folder = mkdtempSync(join(tmpdir(), 'sso-reconcile-bench-'))
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"
await build({
  entryPoints: ['main.ts', 'reader.ts'].map((name) => join(import.meta.dirname, name)),
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  banner: { js: banner },
  logLevel: 'error',
})
const words = [join(folder, 'main.mjs'), ...process.argv.slice(2)]
const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }
const { status } = spawnSync(process.execPath, words, { stdio: 'inherit', env })
rmSync(folder, { recursive: true })
process.exitCode = status ?? 1
