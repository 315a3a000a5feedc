// The Homebrew formula of a packed version, on standard output. Takes what `npm pack --json` printed, and the
// folder of the tarball where it is not this one.
//   npm pack --json --ignore-scripts > pack.json && node scripts/formula.mjs < pack.json > sso-reconcile.rb
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder = '.'] = process.argv.slice(2)
const [packed] = Object.values(JSON.parse(readFileSync(0, 'utf8')))
const { repository } = JSON.parse(readFileSync('package.json', 'utf8'))
const tarball = readFileSync(join(folder, packed.filename))
const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
if (integrity !== packed.integrity) {
  console.error(
    `error  ${packed.filename} is not what npm packed: ${integrity}, expected ${packed.integrity}; pack again`,
  )
  process.exit(1)
}
const home = repository.url.replace(/^git\+|\.git$/g, '')
const values = {
  URL: `${home}/releases/download/v${packed.version}/${packed.filename}`,
  SHA256: createHash('sha256').update(tarball).digest('hex'),
}
const template = readFileSync('packaging/homebrew/sso-reconcile.rb', 'utf8')
process.stdout.write(template.replace(/^# Template.*\n/m, '').replace(/@([A-Z0-9]+)@/g, (_, name) => values[name]))
