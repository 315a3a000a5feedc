import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

const root = fileURLToPath(new URL('../..', import.meta.url))
const built = join(root, 'dist', 'cli.js')
const starter = join(root, 'test', 'scenarios', 'e2e', 'support', 'binary.ts')

/** Before any test: ends the run where what it needs was never built, and says so when what was built is old. */
export default function setup({ vitest }: TestProject): void {
  if (!existsSync(join(root, 'src', 'generated', 'validate.js'))) end('src/generated is missing')
  if (process.env.SSO_RECONCILE_CLI) return
  const first = vitest.state.getPaths().find(startsBinary)
  if (first === undefined) return
  if (!existsSync(built)) end(`dist/cli.js is missing, and ${relative(root, first)} may start it`)
  const newest = newestSource()
  if (newest.time > statSync(built).mtimeMs)
    process.stderr.write(`warning: dist/cli.js is older than ${newest.file}; \`npm run build\` brings it up to date\n`)
}

function end(reason: string): never {
  process.stderr.write(`${reason}: run \`npm run build\`\n`)
  process.exit(1)
}

/** True for a test that imports, by itself or through others, what starts the binary. */
function startsBinary(test: string): boolean {
  const seen = new Set([test])
  for (const file of seen) for (const next of importsOf(file)) seen.add(next)
  return seen.has(starter)
}

function importsOf(file: string): readonly string[] {
  const statements = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^']*?from '(\.[^']+\.ts)'/gm)
  return [...statements]
    .map(([, path = '']) => join(dirname(file), path))
    .filter((path) => !path.startsWith(join(root, 'src')))
}

function newestSource(): { readonly file: string; readonly time: number } {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('generated'),
  )
  const times = files.map((file) => ({ file: join('src', file), time: statSync(join(root, 'src', file)).mtimeMs }))
  return times.reduce((newest, one) => (one.time > newest.time ? one : newest), { file: '', time: 0 })
}
