// Runs the program once, as `node keep-code.mjs DIST WORDS...`, and keeps what V8 has compiled for it in DIST/compiled.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parts } from '../src/load.ts'

const [dist] = process.argv.splice(2, 1)
const folder = join(dist, 'compiled', `${process.versions.v8}-${process.arch}`)
mkdirSync(folder, { recursive: true })
const { load, loaded } = parts(join(dist, 'parts'), (name) => {
  try {
    // What an earlier run has compiled stays with it.
    return readFileSync(join(folder, `${name}.bin`))
  } catch {
    return undefined
  }
})
process.on('exit', () => {
  for (const [name, { script }] of loaded) writeFileSync(join(folder, `${name}.bin`), script.createCachedData())
})
load('./main.js')
