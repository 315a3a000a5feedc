// node test/sandbox/benchmark.mjs: how fast the sandbox answers at the size of a large organization.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

const folder = mkdtempSync(join(tmpdir(), 'sandbox-benchmark-'))
const outfile = join(folder, 'benchmark.mjs')
const entry = join(import.meta.dirname, 'children', 'benchmark.ts')
await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' })
const { status } = spawnSync(process.execPath, [outfile], { stdio: 'inherit' })
rmSync(folder, { recursive: true })
process.exitCode = status ?? 1
