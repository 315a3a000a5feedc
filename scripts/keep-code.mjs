// Runs the program once, as `node keep-code.mjs pack DIST WORDS...`, and keeps the parts that it has read in DIST/compiled as a pack, but for
// those that are in packs of earlier runs; or as `node keep-code.mjs compile DIST WORDS...`, and keeps what V8 has compiled for the packs.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asPart, keptIn, packsIn, parts, stampOf } from '../src/load.ts'

const [what, dist] = process.argv.splice(2, 2)
const folder = join(dist, 'parts')
const kept = keptIn(join(dist, 'compiled'), process)
const packs = packsIn(kept) ?? []
mkdirSync(kept, { recursive: true })
const { load, loaded, scripts } = parts({ folder, kept, packs: what === 'pack' ? [] : packs })
process.on('exit', what === 'pack' ? pack : compile)
load('./main.js')

function pack() {
  const names = [...loaded.keys()].filter((name) => !packs.some((one) => name in one.parts))
  if (names.length === 0) return
  const name = String(packs.length + 1)
  const members = names.map((one) => `${JSON.stringify(one)}:${asPart(readFileSync(join(folder, one), 'latin1'))}`)
  write(`${name}.js`, `({${members.join(',\n')}})`)
  const stamps = Object.fromEntries(names.map((one) => [one, stampOf(join(folder, one))]))
  write('packs.json', JSON.stringify([...packs, { name, parts: stamps }]))
}

function compile() {
  for (const [{ name }, script] of scripts) write(`${name}.bin`, script.createCachedData())
}

// Whoever starts the program meanwhile, or ends this, finds a whole file or none.
function write(name, contents) {
  const file = join(kept, name)
  writeFileSync(`${file}.new`, contents, typeof contents === 'string' ? 'latin1' : undefined)
  renameSync(`${file}.new`, file)
}
