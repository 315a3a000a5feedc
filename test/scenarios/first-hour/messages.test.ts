import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run, start } from '../e2e/support/binary.ts'
import { newDesk } from '../e2e/support/desk.ts'
import { noTerminal } from '../e2e/support/pty.ts'
import { commandsNamed, follow, isAnswered, type Newcomer } from './support/newcomer.ts'

const noAws = spawnSync('aws', ['--version']).status === 0 ? undefined : 'skipped: the AWS CLI says who one is'
const cannot = noTerminal ?? noAws
if (cannot) process.stderr.write(`${cannot}\n`)

/** A new AWS account and an empty home; all that is known of either is what the server says. */
async function newcomerAt(columns: number): Promise<Newcomer> {
  const server = newDesk()
  const { child } = start(server, ['sandbox', '--fresh', '--port', '0'])
  onTestFinished(() => void child.kill())
  let said = ''
  const told = (text: string) => {
    said += text
  }
  child.stdout?.on('data', told)
  await new Promise<void>((resolve) => {
    child.stderr?.on('data', (text: string) => {
      told(text)
      if (/curl .*\n/.test(said)) resolve()
    })
  })
  const exports = Object.fromEntries(
    [...said.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  )
  const [, method = '', url = '', body = ''] = /curl -X (\w+) (\S+) -d '(.*)'/.exec(said) ?? []
  const desk = newDesk()
  rmSync(join(desk.work, 'sso.yaml'))
  return { desk, columns, exports, enable: () => fetch(url, { method, body }) }
}

describe.skipIf(cannot)('from a new AWS account and an empty home, the messages alone lead to the AWS CLI', () => {
  it.each([
    ['init', 100],
    ['apply', 60],
    ['doctor', 80],
    ['login', 80],
  ])('sso-reconcile %s, in %i columns', async (words, columns) => {
    const diary = await follow(await newcomerAt(columns), `sso-reconcile ${words}`)
    const lines = diary.map(({ line }) => line)
    expect(isAnswered(diary), `${lines.join('\n')}\n\n${diary.at(-1)?.text}`).toBe(true)
    expect(diary.at(-1)?.text).toContain(':assumed-role/AWSReservedSSO_AdministratorAccess_')
  })
})

it.each(['plan', 'access', 'validate', 'revoke taro', 'iam-policy', 'doctor', 'login'])(
  'sso-reconcile %s in an empty folder names init',
  async (words) => {
    const desk = newDesk()
    rmSync(join(desk.work, 'sso.yaml'))
    const { stdout, stderr } = await run(desk, words.split(' '))
    expect(commandsNamed(stdout + stderr)[0], stderr).toBe('sso-reconcile init')
  },
)

it.each([
  [
    'Next: after that, sso-reconcile login personal (the browser asks)\n      then aws sts get-caller-identity --profile personal',
    ['sso-reconcile login personal', 'aws sts get-caller-identity --profile personal'],
  ],
  ['  hint: run sso-reconcile apply, which offers it', ['sso-reconcile apply']],
  [
    'Apply exactly this: sso-reconcile apply --expect\n0123 --max-deletes 2',
    ['sso-reconcile apply --expect 0123 --max-deletes 2'],
  ],
])('the reader of messages finds the commands in %j', (text, expected) => {
  expect(commandsNamed(text)).toEqual(expected)
})
