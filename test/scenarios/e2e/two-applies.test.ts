import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isFull } from '../../support/effort.ts'
import { type Run, run, start } from './support/binary.ts'
import { type Center, startCenter } from './support/center.ts'
import { journey, newDesk } from './support/desk.ts'
import { isWrite } from './support/relay.ts'

let center: Center
beforeEach(async () => {
  center = await startCenter()
})
afterEach(() => center.close())

/** The journey with a group, so that every kind of Identity Center takes part. */
const manifest = journey.replace(
  '\npermission_sets:',
  '\ngroups:\n  crew: { description: all, members: [taro] }\n\npermission_sets:',
)
const before = manifest.replace('session_duration: 8h', 'session_duration: 2h\n    relay_state: https://example.com/')
const without = manifest
  .replace(/\ngroups:\n.*\n\n/, '\ngroups: {}\n\n')
  .replace(/\nassignments:\n(?:.+\n)+/, '\nassignments: []\n')

/** Two runs at desks of their own, on one account; the second has begun before the first one writes. */
async function together(
  words: readonly (readonly string[])[],
  texts: readonly string[],
  delay: (nth: number) => number,
) {
  const desks = texts.map((text) => newDesk(center.relay.url, text))
  let nth = 0
  center.relay.pass = async ({ operation }, forward) => {
    if (isWrite(operation)) await new Promise((resolve) => setTimeout(resolve, delay(nth++)))
    return forward()
  }
  const ended = await Promise.all(desks.map((desk, index) => start(desk, words[index] ?? []).ended))
  center.relay.pass = undefined
  return { desks, ended }
}

/** What holds whatever came of two runs: no trace, no success that is none, and a third run brings everything to its end. */
async function expectNothingLost(ended: readonly Run[], text: string): Promise<void> {
  for (const { code, stdout, stderr } of ended) {
    expect([0, 1], stderr).toContain(code)
    expect(stderr).not.toMatch(/^ +at |defect of sso-reconcile/m)
    // Whoever planned after the other had ended has nothing to do.
    expect(/^(Applied: |No changes\.)/m.test(stdout), stdout + stderr).toBe(code === 0)
  }
  const desk = newDesk(center.relay.url, text)
  const apply = await run(desk, ['apply', '--yes', '--max-deletes', '9'])
  expect(apply.code, apply.stdout + apply.stderr).toBe(0)
  expect(await run(desk, ['plan', '--check'])).toMatchObject({ code: 0 })
}

const cloud = ['--only', 'cloud', '--max-deletes', '9']
const apply = ['apply', '--yes', ...cloud]
const rounds = Array.from({ length: isFull ? 12 : 2 }, (_, round) => round)
/** How long each write waits, in milliseconds: even, one run after the other, and in turns. */
const paces = [() => 0, (nth: number) => (nth % 2) * 150, (nth: number) => ((nth + 1) % 3) * 80]

describe('two applies at once on one account', () => {
  test.each(rounds)('of the same manifest make it so, once (round %i)', async (round) => {
    const { ended } = await together([apply, apply], [manifest, manifest], paces[round % 3] ?? (() => 0))
    // Whoever came second made nothing twice and says whom it met; what is asked for is there for both.
    const check = await run(newDesk(center.relay.url, manifest), ['plan', '--check', '--only', 'cloud'])
    const said = ended.map(({ stdout, stderr }) => stdout + stderr).join('\n')
    if (ended.some(({ code }) => code === 0)) expect(check.code, said).toBe(0)
    const taken = /another run/.test(said)
    const calls = center.relay.calls.filter((one) => one === 'CreateUser').length
    if (calls > 1) expect(taken, said).toBe(true)
    await expectNothingLost(ended, manifest)
  })

  test.each(rounds)('of which one changes what the other does (round %i)', async (round) => {
    expect(await run(newDesk(center.relay.url, before), apply)).toMatchObject({ code: 0 })
    const { ended } = await together([apply, apply], [manifest, manifest], paces[round % 3] ?? (() => 0))
    await expectNothingLost(ended, manifest)
  })

  test.each(rounds)('of which one takes away what the other gives (round %i)', async (round) => {
    expect(await run(newDesk(center.relay.url, manifest), apply)).toMatchObject({ code: 0 })
    const texts = round % 2 === 0 ? [without, before] : [before, without]
    const { ended } = await together([apply, apply], texts, paces[round % 3] ?? (() => 0))
    await expectNothingLost(ended, manifest)
  })

  test('and a set that is deleted under an apply is told as what it is', async () => {
    expect(await run(newDesk(center.relay.url, before), apply)).toMatchObject({ code: 0 })
    const desk = newDesk(center.relay.url, manifest)
    center.relay.pass = async ({ operation }, forward) => {
      const isFirst = center.relay.calls.filter((one) => one === operation).length === 1
      if (operation === 'UpdatePermissionSet' && isFirst)
        return {
          status: 400,
          headers: {},
          body: JSON.stringify({ __type: 'ResourceNotFoundException', Message: 'Gone.' }),
        }
      return forward()
    }
    const { code, stdout } = await run(desk, apply)
    expect(code).toBe(1)
    expect(stdout).toContain('permission-set/AdministratorAccess: sso:UpdatePermissionSet found no such resource')
    expect(stdout).toContain('another run of this or another tool seems to be changing this account')
  })

  test('and a request that another run has started is waited for, and said', async () => {
    expect(await run(newDesk(center.relay.url, manifest), apply)).toMatchObject({ code: 0 })
    let asked = 0
    center.relay.pass = async ({ operation }, forward) => {
      if (operation !== 'ListPermissionSetProvisioningStatus' || ++asked > 2) return forward()
      const row = { Status: 'IN_PROGRESS', RequestId: '11111111-2222-3333-4444-555555555555' }
      const body = JSON.stringify({ PermissionSetsProvisioningStatus: [row] })
      return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body }
    }
    const { code, stderr } = await run(newDesk(center.relay.url, manifest), ['plan', '--check', '--only', 'cloud'])
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('another run may be changing this account now')
  })
})
