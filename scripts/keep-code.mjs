// Runs the program once, as `node keep-code.mjs DIST WORDS...`, and keeps what V8 has compiled for it in DIST/compiled, with what earlier
// runs have compiled.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compiledName, keptIn, parts } from '../src/load.ts'

const [dist] = process.argv.splice(2, 1)
const kept = keptIn(join(dist, 'compiled'), process)
mkdirSync(kept, { recursive: true })
const { load, loaded } = parts(join(dist, 'parts'), kept)
process.on('exit', () => {
  for (const [name, { script }] of loaded) writeFileSync(join(kept, compiledName(name)), script.createCachedData())
})
load('./main.js')
