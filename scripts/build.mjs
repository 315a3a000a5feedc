import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build, transform } from 'esbuild'
import { atFirstUse } from './at-first-use.mjs'
import { writeLicenses } from './licenses.mjs'

/** Long texts are read as files: Node.js takes ten times as long for a text in a program, of which it makes sure that it is one. */
const textsApart = {
  name: 'texts apart',
  setup(build) {
    build.onLoad({ filter: /src\/generated\/iam-[a-z-]+\.ts$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8')
      const members = Object.entries(await import(`data:text/javascript,${encodeURIComponent(code)}`))
      const declared = await Promise.all(members.map(([name, one]) => declaration(basename(path, '.ts'), name, one)))
      return { contents: `import { readFileSync } from 'node:fs'\n${declared.join('')}` }
    })
  },
}

/** `member`: a text, or a function that gives one. */
async function declaration(module, name, member) {
  const [text, arrow] = typeof member === 'function' ? [member(), '() => '] : [member, '']
  if (text.length < 10_000) return `export const ${name} = ${arrow}${JSON.stringify(text)}\n`
  const file = `${module}-${name}.txt`
  await writeFile(resolve('dist/generated', file), text)
  // Where parts of the program look for it, as the sources do: one folder up.
  return `export const ${name} = ${arrow}readFileSync(new URL('../generated/${file}', import.meta.url), 'utf8')\n`
}

const target = 'node20.19'
/** Whole seconds, which every copy keeps. */
const built = Math.floor(Date.now() / 1_000)
const common = { bundle: true, platform: 'node', target, minify: true, legalComments: 'none', logLevel: 'warning' }

await rm('dist', { recursive: true, force: true })
await mkdir('dist/generated', { recursive: true })
const { metafile, outputFiles } = await build({
  ...common,
  entryPoints: [{ in: 'src/cli.ts', out: 'main' }],
  outdir: 'dist/parts',
  splitting: true,
  format: 'esm',
  // The SDK's ES modules can be tree-shaken, its CommonJS build cannot.
  mainFields: ['module', 'main'],
  // What it gives to Node.js is CommonJS: twice the code, in 70 modules that are started one by one.
  alias: { yaml: resolve('node_modules/yaml/browser/dist/index.js') },
  chunkNames: '[name]-[hash]',
  plugins: [atFirstUse, textsApart],
  metafile: true,
  write: false,
})
await Promise.all(outputFiles.map(writeAsCommonJs))
// Also for those versions of Node.js whose users it tells that theirs is too old.
await build({ ...common, entryPoints: ['src/start.ts'], outfile: 'dist/cli.js', format: 'cjs', target: 'node10' })
await chmod('dist/cli.js', 0o755)
await writeFile('dist/package.json', `${JSON.stringify({ type: 'commonjs' })}\n`)
await cp('src/generated/iam-documents.txt', 'dist/generated/iam-documents.txt')
await writeLicenses(metafile, 'dist/THIRD_PARTY_LICENSES.txt')
await keepCode().catch(async (thrown) => {
  await rm('dist/compiled', { recursive: true, force: true })
  console.warn(`without compiled code, which only makes commands start faster: ${thrown.message}`)
})

/** Only ES modules can be split, and Node.js takes 20 ms longer to start with them than with CommonJS. */
async function writeAsCommonJs({ path, text }) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target,
    minify: true,
    define: { 'import.meta.url': '__url' },
    supported: { 'dynamic-import': false },
    logLevel: 'warning',
  })
  const url = code.includes('__url') ? 'const __url=require("node:url").pathToFileURL(__filename).href;' : ''
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `${url}${code}`)
  // Copies round times up or down, and then a part would seem to have been changed.
  await utimes(path, built, built)
}

/**
 * What V8 compiles for this machine, of the commands that people use most: with it, each starts in two thirds of the time. They are run
 * twice: what each needs becomes a pack, and then each pack is compiled.
 */
async function keepCode() {
  const folder = await mkdtemp(join(tmpdir(), 'sso-reconcile-build-'))
  const keep = join(folder, 'keep-code.cjs')
  await build({ ...common, entryPoints: ['scripts/keep-code.mjs'], outfile: keep, format: 'cjs' })
  await cp('sso.yaml', join(folder, 'sso.yaml'))
  const run = promisify(execFile)
  const env = { PATH: process.env.PATH, HOME: folder }
  for (const what of ['pack', 'compile']) {
    for (const words of ['validate', 'plan --sandbox', 'apply --sandbox --yes', 'plan --sandbox', 'access --sandbox'])
      await run(process.execPath, [keep, what, resolve('dist'), ...words.split(' ')], { cwd: folder, env })
    // Each time from nothing: an apply that finds all done needs little of the program.
    await rm(join(folder, '.sso-sandbox'), { recursive: true })
  }
  await rm(folder, { recursive: true })
}
