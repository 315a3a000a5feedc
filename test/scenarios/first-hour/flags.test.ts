import { execFile } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { newOffice } from '../cloud/support/office.ts'
import { binary, environment } from '../e2e/support/binary.ts'

const flat = (text: string) => text.replace(/\s+/g, ' ')
const sandbox = ['--sandbox', '--sandbox-dir', 'my box']
const told = "--file team.yaml --sandbox --sandbox-dir 'my box'"
const nowhere = () => newOffice('http://127.0.0.1:9')

describe('advice where there is no manifest carries the flags of the run', () => {
  it.each([
    ['validate'],
    ['plan'],
    ['apply', '--yes'],
    ['access'],
    ['iam-policy'],
    ['adopt', 'user/taro'],
    ['ignore', 'user/taro'],
    ['revoke', 'taro'],
    ['grant', 'taro', 'Admin', 'dev', '--for', '4h'],
    ['export', 'terraform'],
  ])('%s', async (...words) => {
    const { code, stderr } = await nowhere().run([...words, '-f', 'team.yaml', ...sandbox])
    expect(code).toBe(1)
    expect(flat(stderr)).toContain(`run "sso-reconcile init ${told}" to write one`)
  })

  it('and doctor, whose advice works when it is pasted', async () => {
    const { desk, run } = nowhere()
    const { stdout } = await run(['doctor', '-f', 'team.yaml', ...sandbox])
    const command = `sso-reconcile init ${told}`
    expect(stdout).toContain(command)
    const program = `sso-reconcile() { '${process.execPath}' '${binary}' "$@"; }; ${command}`
    await promisify(execFile)('bash', ['-c', program], { cwd: desk.work, env: environment(desk) })
    expect(existsSync(join(desk.work, 'team.yaml'))).toBe(true)
  })

  it('with the profile and the variables that were allowed', async () => {
    const { stderr } = await nowhere().run(['plan', '-f', 'team.yaml', '--profile', 'admin', '--env', 'TEAM'])
    expect(flat(stderr)).toContain('run "sso-reconcile init --file team.yaml --env TEAM --profile admin" to write one')
  })
})

it('an empty manifest is told to be written with the flags of the run', async () => {
  const { desk, run } = nowhere()
  writeFileSync(join(desk.work, 'team.yaml'), '')
  const { stderr } = await run(['validate', '-f', 'team.yaml', '--profile', 'admin'])
  expect(flat(stderr)).toContain('run "sso-reconcile init --file team.yaml --profile admin" to write a manifest')
})

describe('doctor --explain', () => {
  it.each([
    ['Error loading SSO Token: Token for default does not exist', `sso-reconcile login ${told}`],
    ['nothing that anybody knows', `run "sso-reconcile doctor ${told}"`],
  ])('repeats the flags of the run: %s', async (message, advice) => {
    const { stdout, stderr } = await nowhere().run(['doctor', '--explain', message, '-f', 'team.yaml', ...sandbox])
    expect(flat(stdout + stderr)).toContain(advice)
  })

  it('means the profile of the run, and says the same in JSON', async () => {
    const message = 'Error loading SSO Token: Token for default does not exist'
    const { stdout } = await nowhere().run(['doctor', '--explain', message, '--profile', 'dev', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ next: 'sso-reconcile login --profile dev' })
  })
})

it('doctor repeats the profile of the run, and not where its advice names another one', async () => {
  const { desk, run } = nowhere()
  writeFileSync(join(desk.work, 'sso.yaml'), 'nonsense: [\n')
  const { stdout } = await run(['doctor', '--profile', 'admin', '--only', 'local'])
  expect(stdout).toContain('sso-reconcile validate --profile admin')
})
