// The main job in a throw-away folder: plan, apply, plan again, on the embedded Identity Center. Touches no AWS account and no home.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const binary = resolve('dist/cli.js')
const folder = mkdtempSync(join(tmpdir(), 'sso-reconcile-demo-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
cpSync('sso.yaml', join(folder, 'sso.yaml'))

show('plan')
show('apply', '--yes', '--quiet')
show('plan')
console.log(`\n$ cat ~/.aws/config    (in the sandbox's private home)\n`)
console.log(readFileSync(join(folder, '.sso-sandbox/home/.aws/config'), 'utf8'))
console.log('Next, in the folder of your own sso.yaml (README.md tells the rest):')
console.log(`  node ${/^[\w./-]+$/.test(binary) ? binary : JSON.stringify(binary)} plan --sandbox`)
console.log('To have the command as sso-reconcile everywhere: npm link, here, once.')

function show(...words) {
  // Shown as at one's own desk: a pipeline's CI would leave this machine out of both.
  console.log(`\n$ sso-reconcile ${words.join(' ')} --sandbox\n`)
  const { status, signal } = spawnSync(process.execPath, [binary, ...words, '--sandbox'], {
    cwd: folder,
    env: { ...process.env, CI: '' },
    stdio: 'inherit',
  })
  if (status === 0) return
  console.error(`sso-reconcile ${words[0]} ended with ${signal ?? `exit code ${status}`}`)
  process.exit(1)
}
