import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { thisMachine } from '../../../src/local/files/disk.ts'
import { type Asking, ask } from '../../../src/local/shell/ask.ts'
import { answerIn, profileQuestion, terminalEnvironment } from '../../../src/local/shell/question.ts'
import { start } from '../../scenarios/e2e/support/binary.ts'
import { removedAtEnd } from '../../support/at-end.ts'
import { newLaptop } from '../../support/machine.ts'
import { isInstalled } from './support/terminal.ts'

const { groups } = thisMachine(process)
const question = profileQuestion('interactive')
let count = 0

/** A number of seconds to sleep that no other process sleeps. */
const nap = () => `3${process.pid}.${++count}`

function isAsleep(seconds: string): boolean {
  return spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).stdout.includes(`sleep ${seconds}`)
}

/** Asks a bash that starts with this file. */
function asked(bashrc: string, changes: Partial<Asking> = {}) {
  const home = removedAtEnd(mkdtempSync(join(tmpdir(), 'sso-reconcile-ask-')))
  writeFileSync(join(home, '.bashrc'), bashrc)
  const env = terminalEnvironment({ PATH: process.env.PATH }, {}, home)
  return ask('bash', question, { env, folder: home, groups, limit: 20_000, ...changes })
}

if (process.platform !== 'linux') process.stderr.write('skipped: only Linux shows what a program was started with\n')
if (!isInstalled('bash')) process.stderr.write('skipped: bash is not installed\n')

describe.skipIf(!isInstalled('bash'))('asking a shell', () => {
  test('gives what programs get that it starts', async () => {
    expect(await asked('export AWS_PROFILE=dev')).toEqual({ value: 'dev' })
    expect(await asked('AWS_PROFILE=dev')).toEqual({ value: '' })
    expect(await asked('')).toEqual({ value: '' })
    expect(await asked(`export AWS_PROFILE=$'two\\nlines, 本番'`)).toEqual({ value: 'two\nlines, 本番' })
  })

  test('finds the answer in whatever else it prints', async () => {
    expect(await asked('export AWS_PROFILE=dev; seq 100000; echo "<<sso-reconcile:no"')).toEqual({ value: 'dev' })
    expect(await asked('exec 2>&1; set -xv; export AWS_PROFILE=dev')).toEqual({ value: 'dev' })
  })

  test('ends one that takes too long, with all that it started', async () => {
    const [own, below] = [nap(), nap()]
    const since = Date.now()
    expect(await asked(`trap '' HUP TERM; sleep ${below} & sleep ${own}`, { limit: 1_000 })).toBe('late')
    expect(Date.now() - since).toBeLessThan(10_000)
    await delay(100)
    expect([own, below].filter(isAsleep)).toEqual([])
  })

  test('does not wait for what goes on behind it, and tells it that the terminal is gone', async () => {
    const seconds = nap()
    const since = Date.now()
    expect(await asked(`sleep ${seconds} & export AWS_PROFILE=dev`)).toEqual({ value: 'dev' })
    expect(Date.now() - since).toBeLessThan(10_000)
    await delay(100)
    expect(isAsleep(seconds)).toBe(false)
  })

  test.skipIf(process.platform !== 'linux')('ends services that have left its session for good', async () => {
    const seconds = [nap(), nap(), nap()]
    const [own, hardy, below] = seconds
    const service = `setsid sh -c 'sleep ${below} & exec sleep ${own}' </dev/null >/dev/null 2>&1 & disown`
    const lines = `${service}\nnohup sleep ${hardy} >/dev/null 2>&1 &\nsleep 0.3\nexport AWS_PROFILE=dev`
    expect(await asked(lines)).toEqual({ value: 'dev' })
    await delay(200)
    expect(seconds.filter(isAsleep)).toEqual([])
  })

  test('tells start-up files that somebody asks', async () => {
    expect(await asked('[ -n "$SSO_RECONCILE_ASKS" ] || sleep 300\nexport AWS_PROFILE=dev')).toEqual({ value: 'dev' })
  })

  test('has no terminal and nothing to read, so that nobody can be asked anything', async () => {
    const answers = 'read -r a; read -r b </dev/tty || b=none; export AWS_PROFILE="<$a$b>"'
    expect(await asked(answers)).toEqual({ value: '<none>' })
  })

  test('tells apart no shell, and one that does not get that far', async () => {
    expect(await asked('', { env: { PATH: '/nowhere', HOME: '/' } })).toBe('missing')
    for (const bashrc of ['exit 1', 'exec true', 'exec dash', 'kill -9 $$']) expect(await asked(bashrc)).toBe('silent')
  })

  test('ends with the program that asks', async () => {
    const seconds = nap()
    const laptop = newLaptop('local: { shell: { aws_profile: a, shells: [bash] } }\n', {
      '.bashrc': `touch ~/started; trap '' HUP; sleep ${seconds}`,
    })
    const { child, ended } = start(laptop.desk, ['plan', '--only', 'local'])
    for (let n = 0; n < 100 && laptop.read('started') === undefined; n++) await delay(100)
    await delay(100)
    expect(isAsleep(seconds)).toBe(true)
    child.kill('SIGINT')
    expect((await ended).code).toBe(130)
    await delay(100)
    expect(isAsleep(seconds)).toBe(false)
  })
})

describe('the environment of a new terminal', () => {
  test('has nothing that an earlier shell left, and the folders that count', () => {
    const around = {
      PATH: '/bin',
      TERM: 'dumb',
      AWS_PROFILE: 'old',
      READ_ALREADY: '1',
      ZDOTDIR: '/mine',
      SSH_AUTH_SOCK: '/s',
      SHLVL: '3',
    }
    const place = { ZDOTDIR: '/z', XDG_CONFIG_HOME: '/x', AWS_PROFILE: 'old' }
    expect(terminalEnvironment(around, place, '/h')).toEqual({
      PATH: '/bin',
      TERM: 'xterm-256color',
      SSH_AUTH_SOCK: '/s',
      ZDOTDIR: '/z',
      XDG_CONFIG_HOME: '/x',
      HOME: '/h',
    })
  })

  test('an answer is taken only when it is whole', () => {
    expect(answerIn('x<<sso-reconcile:a:sso-reconcile>>y')).toBe('a')
    expect(answerIn('<<sso-reconcile:b<<sso-reconcile:a:sso-reconcile>>')).toBe('a')
    expect(answerIn('<<sso-reconcile:a:sso-')).toBeUndefined()
  })
})
