// Installs a tarball as `npm install --global` would, into an empty prefix with an empty home, and does with it what a newcomer does.
//   node scripts/try-package.mjs sso-reconcile-1.2.3.tgz [FOLDER OF ANOTHER node]
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'

const [tarball, node = dirname(process.execPath)] = process.argv.slice(2)
if (tarball === undefined) fail('which tarball? node scripts/try-package.mjs sso-reconcile-1.2.3.tgz')
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
const place = mkdtempSync(join(realpathSync(tmpdir()), 'sso-reconcile-package-'))
process.on('exit', () => rmSync(place, { recursive: true, force: true }))
const [home, prefix, work] = ['home', 'prefix', 'work'].map((name) => join(place, name))
for (const folder of [home, prefix, work]) mkdirSync(folder)
const env = {
  PATH: [resolve(node), join(prefix, 'bin'), process.env.PATH].join(delimiter),
  HOME: home,
  npm_config_cache: join(place, 'cache'),
  npm_config_update_notifier: 'false',
  AWS_EC2_METADATA_DISABLED: 'true',
}

say('npm', 'install', '--global', '--prefix', prefix, '--offline', '--no-audit', '--no-fund', resolve(tarball))
expect(say('sso-reconcile', '--version').trim() === version, `the version is not ${version}`)
expect(say('sso-reconcile', '--help').includes('Usage: sso-reconcile'), 'the help tells no usage')
expect(/^Plan: [1-9]/m.test(say('sso-reconcile', 'plan', '--sandbox')), 'the sample plans nothing')
expect(/^Applied: [1-9]/m.test(say('sso-reconcile', 'apply', '--sandbox', '--yes')), 'the sample was not applied')
expect(say('sso-reconcile', 'plan', '--sandbox', '--check').includes('No changes.'), 'something is left to change')
for (const shell of ['bash', 'zsh', 'fish'])
  expect(say('sso-reconcile', 'completion', shell).includes('sso-reconcile'), `there is no completion for ${shell}`)
for (const name of ['manifest', 'plan'])
  expect(JSON.parse(say('sso-reconcile', 'schema', name)).$schema, `there is no schema of the ${name}`)
expect(readdirSync(home).length === 0, `the home is no longer empty: ${readdirSync(home).join(', ')}`)
expect(
  readdirSync(work).join() === '.sso-sandbox',
  `the folder holds more than the sandbox: ${readdirSync(work).join(', ')}`,
)
console.log(`sso-reconcile ${version} works with Node ${say('node', '--version').trim()}`)

function say(program, ...words) {
  try {
    return execFileSync(program, words, { cwd: work, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (thrown) {
    fail(`${program} ${words.join(' ')} failed: ${thrown.stdout ?? ''}${thrown.stderr ?? thrown.message}`)
  }
}

function expect(holds, sentence) {
  if (!holds) fail(sentence)
}

function fail(sentence) {
  console.error(`error  ${sentence}`)
  process.exit(1)
}
