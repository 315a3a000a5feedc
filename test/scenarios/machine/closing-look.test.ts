import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { run } from '../../support/here.ts'
import { type Center, startCenter } from '../e2e/support/center.ts'
import { type Desk, newDesk } from '../e2e/support/desk.ts'

let center: Center

beforeEach(async () => {
  center = await startCenter()
})
afterEach(() => center.close())

const stored = 'aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = x\n'
const keys = `[personal]\n${stored}`
const role = `[base]\n${stored}[personal]\nrole_arn = arn:aws:iam::444455556666:role/Admin\nsource_profile = base\n`

/** Writes the credentials file of a desk as soon as something is changed in AWS: behind the plan's back. */
function whileApplying(desk: Desk, text: string): void {
  center.relay.pass = async ({ operation }, forward) => {
    if (operation.endsWith('CreateUser')) place(desk, text)
    return forward()
  }
}

function place(desk: Desk, text: string): void {
  mkdirSync(join(desk.home, '.aws'), { recursive: true })
  writeFileSync(join(desk.home, '.aws', 'credentials'), text)
}

it.each([
  ['a role', role, /error +AWS tools take profile personal for the role Admin in 444455556666/],
  ['access keys', keys, /error +profile personal has access keys here, which the SDK for JavaScript takes instead/],
])('%s that came while the plan was carried out makes an apply fail', async (_what, text, message) => {
  const desk = newDesk(center.relay.url)
  whileApplying(desk, text)
  const ended = await run(desk, ['apply', '--yes'])
  expect(ended.code).toBe(1)
  expect(ended.stdout + ended.stderr).toMatch(message)
})

it('what the plan told before is accepted with it, and told again', async () => {
  const desk = newDesk(center.relay.url)
  place(desk, keys)
  const ended = await run(desk, ['apply', '--yes'])
  expect(ended.code).toBe(0)
  expect(ended.stderr).toMatch(/warning +profile personal has access keys here/)
  const again = await run(desk, ['apply', '--yes'])
  expect([again.code, again.stdout]).toEqual([
    0,
    expect.stringContaining('not all is as sso.yaml says: profile/personal'),
  ])
})
