import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterEach, beforeEach, expect, it } from 'vitest'
import schema from '../../../schema/plan.schema.json' with { type: 'json' }
import { run } from '../../support/here.ts'
import { type Center, startCenter } from '../e2e/support/center.ts'
import { configPath, type Desk, newDesk } from '../e2e/support/desk.ts'

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
  ['a role', role, /error +AWS tools resolve profile personal to the role Admin in 444455556666/],
  ['access keys', keys, /error +profile personal has access keys here, which the SDK for JavaScript uses instead/],
])('%s that came while the plan was carried out makes an apply fail', async (_what, text, message) => {
  const desk = newDesk(center.relay.url)
  whileApplying(desk, text)
  const ended = await run(desk, ['apply', '--yes'])
  expect(ended.code).toBe(1)
  expect(ended.stdout + ended.stderr).toMatch(message)
})

it('a profile that came twice while the plan was carried out makes an apply fail', async () => {
  const desk = newDesk(center.relay.url)
  let broken = false
  center.relay.pass = async ({ operation }, forward) => {
    // The first question after the last change is of the look that closes the apply.
    const isWritten = existsSync(configPath(desk.home))
    if (isWritten && !broken && operation.includes('List')) {
      broken = true
      appendFileSync(configPath(desk.home), '\n[profile "personal"]\n')
    }
    return forward()
  }
  const ended = await run(desk, ['apply', '--yes', '--json'])
  expect([ended.code, broken]).toEqual([1, true])
  const last = JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '')
  expect(last).toMatchObject({ type: 'finished', failed: 0, proven: false })
  expect(last.diagnostics.map(({ code }: { code: string }) => code)).toContain('not-verified')
})

it('machines are told in JSON what is not as desired', async () => {
  const desk = newDesk(center.relay.url)
  whileApplying(desk, keys)
  const lines = (await run(desk, ['apply', '--yes', '--json'])).stdout.trim().split('\n')
  const told = { severity: 'error', code: 'keys-shadow-profile', unmet: 'profile/personal' }
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'finished', proven: false, diagnostics: [told] })
  const plan = JSON.parse((await run(desk, ['plan', '--json'])).stdout)
  expect(plan.diagnostics).toMatchObject([{ ...told, severity: 'warning' }])
  expect(plan).toSatisfy(new Ajv({ strictTypes: false }).compile(schema))
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
    expect.stringContaining('these differ from sso.yaml: profile/personal'),
  ])
})
