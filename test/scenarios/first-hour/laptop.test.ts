import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TablesJson } from '../../../src/sandbox/state/state.ts'
import { run, runAt } from '../../support/here.ts'
import { newTime } from '../../support/time.ts'
import { type Center, startCenter } from '../e2e/support/center.ts'
import { configOf, type Desk, journey, newDesk } from '../e2e/support/desk.ts'

let center: Center
let empty: TablesJson
beforeAll(async () => {
  center = await startCenter()
  empty = await center.export()
})
beforeEach(() => center.restore(empty))
afterAll(() => center.close())

const noKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }
const offer = /Write start_url and the account ids into sso\.yaml, so that a new laptop needs no credentials\?/
const nextLine = /^Next: sso-reconcile init \(writes start_url and the account ids into sso\.yaml/m

const textOf = (desk: Desk) => readFileSync(join(desk.work, 'sso.yaml'), 'utf8')

/** Applies at a terminal, and gives what was asked. */
async function applyAsking(
  desk: Desk,
  answer: (question: string) => string | undefined,
  words: readonly string[] = [],
) {
  const asked: string[] = []
  const ask = async (question: string) => {
    asked.push(question)
    return answer(question)
  }
  const applied = await runAt(newTime(), desk, ['apply', ...words], {}, { interactive: true, ask })
  expect(applied, applied.stderr).toMatchObject({ code: 0 })
  return { ...applied, asked }
}

/** The same file on a machine with nothing on it, and no way to AWS. */
function newMachine({ work }: Desk): Desk {
  const desk = newDesk()
  copyFileSync(join(work, 'sso.yaml'), join(desk.work, 'sso.yaml'))
  return desk
}

const setUp = (desk: Desk) => run(desk, ['apply', '--only', 'local', '--yes'], noKeys)

describe('a new laptop', () => {
  it('needs no credentials once the first apply was answered with yes, and comments of the file stay', async () => {
    const desk = newDesk(center.relay.url)
    const first = await applyAsking(desk, () => 'yes')
    expect(first.asked.filter((question) => offer.test(question))).toHaveLength(1)
    expect(first.stderr).toContain('written into sso.yaml: identity_center.start_url, accounts.management; commit it')
    const added = textOf(desk).split('\n')
    const kept = journey.split('\n')
    expect(kept.filter((line) => !added.includes(line))).toEqual([])
    expect(added.filter((line) => !kept.includes(line))).toEqual([
      expect.stringMatching(/^ {2}start_url: https:\/\/d-[0-9a-f]{10}\.awsapps\.com\/start$/),
      'accounts:',
      '  management: "111122223333"',
    ])
    expect(await run(desk, ['plan', '--check'])).toMatchObject({ code: 0 })
    const laptop = newMachine(desk)
    expect(await setUp(laptop)).toMatchObject({ code: 0 })
    expect(configOf(laptop.home)).toBe(configOf(desk.home))
  })

  it('is told of where nobody can be asked, and the hint there leads on', async () => {
    const desk = newDesk(center.relay.url)
    const first = await run(desk, ['apply', '--yes'])
    expect(first.stdout).toMatch(nextLine)
    expect(textOf(desk)).toBe(journey)
    const stuck = await setUp(newMachine(desk))
    expect(stuck.code).toBe(1)
    expect(
      stuck.stderr.match(
        /on a machine that is logged in, run sso-reconcile init \(it writes .*\), commit, then pull here/g,
      ),
    ).toHaveLength(2)
    expect(await run(desk, ['init'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Completed sso.yaml') })
    expect(await setUp(newMachine(desk))).toMatchObject({ code: 0 })
  })

  it('is nothing to write for where somebody says no, and nobody is asked again', async () => {
    const desk = newDesk(center.relay.url)
    const first = await applyAsking(desk, (question) => (offer.test(question) ? 'no' : 'yes'))
    expect(first.asked.some((question) => offer.test(question))).toBe(true)
    expect(textOf(desk)).toBe(journey)
    await run(desk, ['apply', '--yes'])
    const again = await applyAsking(desk, () => 'yes')
    expect(again.asked).toEqual([])
  })

  it('is not spoken of where the file is complete, holds no profiles, or where a sandbox made the address up', async () => {
    const desk = newDesk(center.relay.url)
    await applyAsking(desk, () => 'yes')
    await center.restore(empty)
    const complete = textOf(desk)
    const other = newDesk(center.relay.url, complete)
    const [instance] = Object.values((await center.export()).instances ?? {}) as { identityStoreId: string }[]
    expect(complete).toContain(instance?.identityStoreId)
    expect((await run(other, ['apply', '--yes'])).stdout).not.toMatch(nextLine)
    await center.restore(empty)
    const cloud = newDesk(center.relay.url, journey.replace(/local:\n( {2}.*\n)+/, ''))
    expect((await run(cloud, ['apply', '--yes'])).stdout).not.toMatch(nextLine)
    const rehearsal = await run(newDesk(), ['apply', '--yes', '--sandbox'])
    expect(rehearsal.stdout).toContain('Applied:')
    expect(rehearsal.stdout).not.toMatch(nextLine)
  })

  it('has a check of doctor, until the file is complete', async () => {
    const desk = newDesk(center.relay.url)
    await run(desk, ['apply', '--yes'])
    const before = await run(desk, ['doctor'])
    expect(before.stdout.replace(/\s+/g, ' ')).toContain(
      'sso.yaml is not complete for a new laptop, which has no credentials: it lacks identity_center.start_url, accounts.management',
    )
    await run(desk, ['init'])
    expect((await run(desk, ['doctor'])).stdout).not.toContain('not complete for a new laptop')
  })

  it('signs in at the customised address that this machine has, not at a derived one', async () => {
    const desk = newDesk(center.relay.url)
    await run(desk, ['apply', '--yes', '--only', 'cloud'])
    const custom = 'https://example.awsapps.com/start'
    const { mkdirSync, writeFileSync } = await import('node:fs')
    mkdirSync(join(desk.home, '.aws'))
    writeFileSync(
      join(desk.home, '.aws', 'config'),
      `[sso-session personal]\nsso_start_url = ${custom}\nsso_region = ap-northeast-1\nsso_registration_scopes = sso:account:access\n`,
    )
    await center.restore(empty)
    await applyAsking(desk, () => 'yes')
    expect(textOf(desk)).toContain(`start_url: ${custom}\n`)
    expect(await run(desk, ['plan', '--check'])).toMatchObject({ code: 0 })
  })
})
