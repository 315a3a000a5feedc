/**
 * Makes the picture in README.md from a real run: applies a team's manifest to the embedded Identity Center, changes the manifest as
 * somebody would, and draws what `plan` says. `node scripts/picture.mjs [FOLDER]` writes plan-light.svg and plan-dark.svg, by default
 * into docs/. Needs the built program.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify, stripVTControlCharacters } from 'node:util'
import { svg, themeNames } from './picture/svg.mjs'

const root = resolve(import.meta.dirname, '..')
const binary = join(root, 'dist/cli.js')
const target = resolve(process.argv[2] ?? join(root, 'docs'))
const work = mkdtempSync(join(tmpdir(), 'sso-reconcile-picture-'))
const home = join(work, 'home')
mkdirSync(home)

const manifest = readFileSync(join(root, 'scripts/picture/sso.yaml'), 'utf8')
write('#-', '#+')
const server = spawn(process.execPath, [binary, 'sandbox', '--state', 'state.json', '--seed', 'sso.yaml'], {
  cwd: work,
  env: environment(),
  stdio: ['ignore', 'pipe', 'ignore'],
})
try {
  const endpoint = await address(server)
  await run(endpoint, 'apply', '--yes')
  write('#+', '#-')
  // A digest covers the ids of users, which are others in each Identity Center.
  const plan = (await run(endpoint, 'plan')).replace(/(?<=--expect )[0-9a-f]{16}/, '2c9e1dbd938bd617')
  const lines = ['$ sso-reconcile plan', ...plan.trimEnd().split('\n')]
  const title = `Output of sso-reconcile plan:\n${stripVTControlCharacters(plan).trim()}`
  for (const theme of themeNames) writeFileSync(join(target, `plan-${theme}.svg`), svg(lines, title, theme))
} finally {
  server.kill()
  rmSync(work, { recursive: true, force: true })
}

/** Writes sso.yaml with the lines of one mark, and without those of the other. */
function write(kept, left) {
  const lines = manifest.split('\n').filter((line) => !line.endsWith(left))
  const text = lines.map((line) => line.replace(new RegExp(` \\${kept}$`), '')).join('\n')
  writeFileSync(join(work, 'sso.yaml'), text.replace(/^#.*\n/, ''))
}

/** Nothing of this machine: a home of its own, credentials that are none, colours as on a terminal. */
function environment(endpoint) {
  return {
    PATH: process.env.PATH,
    HOME: home,
    FORCE_COLOR: '1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(endpoint ? { AWS_ENDPOINT_URL: endpoint } : {}),
  }
}

async function run(endpoint, ...words) {
  const { stdout } = await promisify(execFile)(process.execPath, [binary, ...words], {
    cwd: work,
    env: environment(endpoint),
  })
  return stdout
}

/** The address that the server says it listens on. */
async function address({ stdout }) {
  for await (const line of createInterface({ input: stdout })) {
    const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
    if (found) return found
  }
  throw new Error('the embedded Identity Center did not start')
}
