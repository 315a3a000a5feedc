import { describe, expect, it, vi } from 'vitest'
import { runAt } from '../../support/here.ts'
import { newTime, type Time } from '../../support/time.ts'
import { type Cloud, newCloud } from '../cloud/support/cloud.ts'
import { manifestText, newOffice, type Office, type PlanDocument, type Sections } from '../cloud/support/office.ts'
import { run as runBinary } from '../e2e/support/binary.ts'
import type { Relay } from '../e2e/support/relay.ts'

vi.setConfig({ testTimeout: 120_000 })

const dev = '222233334444'
const people = ['ann', 'bob']
const contents = {
  users: people.map((userName) => ({ userName })),
  permissionSets: [{ name: 'Read', tags: { 'managed-by': 'sso-reconcile' } }],
  assignments: people.map((user) => ({ permissionSet: 'Read', user, account: dev })),
}
const granting = (rules: readonly object[]): Sections => ({
  users: Object.fromEntries(people.map((name) => [name, { external: true }])),
  permission_sets: { Read: {} },
  assignments: rules,
})
const rule = (user: string, until?: string) => ({
  users: [user],
  permission_sets: ['Read'],
  accounts: [dev],
  ...(until ? { until } : {}),
})
const codes = ({ refusals, diagnostics }: PlanDocument) => [...diagnostics, ...refusals].map(({ code }) => code)
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const ends = (plan: PlanDocument) => plan.operations.map(({ verb, address }) => `${verb} ${address}`)

/** Lets answers tell another time. */
function telling(relay: Relay, date: (real: Date) => string | undefined): void {
  relay.pass = async (_call, forward) => {
    const answer = await forward()
    const { date: _date, ...headers } = answer.headers
    const told = date(new Date())
    // Without one Node sends its own.
    return { ...answer, headers: { ...headers, date: told ?? '' } }
  }
}

async function behind(
  hours: number,
  rules: readonly object[],
): Promise<{ office: Office; cloud: Cloud; relay: Relay }> {
  const cloud = await newCloud({ contents })
  const relay = await cloud.relay()
  telling(relay, (real) => new Date(real.getTime() + hours * 3_600_000).toUTCString())
  return { office: newOffice(relay.url, granting(rules)), cloud, relay }
}

describe('the binary, where AWS tells another time', () => {
  const plan = async (office: Office): Promise<PlanDocument> =>
    JSON.parse((await runBinary(office.desk, ['plan', '--json'])).stdout)

  it('judges until by that time, and refuses what it would take away because of it', async () => {
    const { office, cloud } = await behind(5, [rule('ann', inHours(2)), rule('bob')])
    const seen = await plan(office)
    expect(ends(seen)).toEqual([`delete assignment/Read:user:ann@${dev}`])
    expect(codes(seen)).toEqual(['until-passed', 'clock-off', 'clock-decides'])
    await cloud.forget()
    const { code, stderr } = await runBinary(office.desk, ['apply', '--yes'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/warning.*this machine's clock is 5 hours behind AWS's/)
    expect(stderr).toMatch(
      /error.*delete assignment\/Read:user:ann@222233334444 depends on the time \(until .* has passed\), and this machine's clock is 5 hours behind AWS's/,
    )
    expect(stderr).toContain('timedatectl')
    expect((await cloud.calls()).map(({ operation }) => operation)).not.toContain('DeleteAccountAssignment')
  })

  it('refuses to take away what a rule will give, as its time may have come', async () => {
    const { office, cloud } = await behind(-5, [{ ...rule('ann'), from: inHours(-2) }, rule('bob')])
    const seen = await plan(office)
    expect(ends(seen)).toEqual([`delete assignment/Read:user:ann@${dev}`])
    expect(codes(seen)).toEqual(['granted-later', 'clock-off', 'clock-decides'])
    await cloud.forget()
    const { code, stderr } = await runBinary(office.desk, ['apply', '--yes'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/depends on the time \(granted from .* only\), and this machine's clock is 5 hours ahead/)
    expect((await cloud.calls()).map(({ operation }) => operation)).not.toContain('DeleteAccountAssignment')
  })

  it('keeps what has not ended by that time, whatever the clock here says', async () => {
    const { office } = await behind(-5, [rule('ann', inHours(-2)), rule('bob')])
    const seen = await plan(office)
    expect(ends(seen)).toEqual([])
    expect(codes(seen)).toEqual(['clock-off'])
  })

  it('does whatever does not depend on the time', async () => {
    const { office } = await behind(5, [rule('bob', inHours(24))])
    const { code, stdout, stderr } = await runBinary(office.desk, ['apply', '--yes'])
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('ann')
    expect(ends(await plan(office))).toEqual([])
  })
})

describe('clocks that differ', () => {
  it('cost no request more', async () => {
    const asked = async (hours: number) => {
      const { office, relay } = await behind(hours, [rule('ann'), rule('bob')])
      await office.plan()
      return [...relay.calls].sort()
    }
    const usual = await asked(0)
    // What a set does not have is answered with a refusal.
    expect(usual).toContain('GetPermissionsBoundaryForPermissionSet')
    expect(await asked(13)).toEqual(usual)
  })

  it.each([
    ['a little', 4 / 60, 0],
    ['not at all', 0, 0],
    ['by more than five minutes', 6 / 60, 1],
  ])('%s', async (_name, hours, refused) => {
    const { office } = await behind(hours, [rule('ann', inHours(-1)), rule('bob')])
    expect((await office.plan()).refusals.map(({ code }) => code)).toEqual(Array(refused).fill('clock-decides'))
  })

  it.each<[string, (real: Date) => string]>([
    ['no Date', () => ''],
    ['a Date that is none', () => 'soon'],
    ['a Date of another form', (real) => real.toISOString()],
    ['Dates that contradict each other', contradicting()],
  ])('are unknown with %s: nothing is taken away because of the time', async (_name, date) => {
    const { office, relay } = await behind(0, [rule('ann', inHours(-1)), rule('bob')])
    telling(relay, date)
    const seen = await office.plan()
    expect(codes(seen)).toEqual(['until-passed', 'clock-unknown', 'clock-decides'])
    const due = await office.plan('--due')
    expect(due.refusals.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^what is due cannot be told: AWS's time is not known/),
    ])
    office.write(granting([rule('bob')]))
    expect((await office.plan()).refusals).toEqual([])
    expect((await office.run(['apply', '--due', '--yes'])).code).toBe(1)
  })

  it("are not taken for right by doctor where AWS's time is not known", async () => {
    const { office, relay } = await behind(0, [])
    telling(relay, () => '')
    const { stdout } = await office.run(['doctor'])
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      "not compared with AWS's clock, because AWS's time is not known: its responses have no",
    )
  })

  it('are told by access and doctor too', async () => {
    const { office } = await behind(-3, [])
    for (const words of [['access'], ['access', '--format', 'csv'], ['doctor']]) {
      const { stdout, stderr } = await office.run(words)
      expect((stdout + stderr).replace(/\s+/g, ' ')).toContain("this machine's clock is 3 hours ahead of AWS's")
    }
  })
})

describe('a machine whose own clock is wrong', () => {
  async function at(hours: number): Promise<{ office: Office; time: Time; cloud: Cloud }> {
    const cloud = await newCloud({ contents, now: () => new Date() })
    const time = newTime()
    time.pass(hours)
    return { office: newOffice(cloud.url, granting([rule('ann'), rule('bob')])), time, cloud }
  }

  it.each([-9, 9])("by %d hours revokes what was issued until AWS's now", async (hours) => {
    const { office, time, cloud } = await at(hours)
    const { stdout } = await runAt(time, office.desk, ['revoke', 'ann', '--sessions', '--yes'])
    expect(stdout).toContain('ann')
    const inline = JSON.stringify(await cloud.export())
    const [, issued = ''] = /TokenIssueTime[^0-9]+([0-9T:-]+Z)/.exec(inline) ?? []
    expect(Math.abs(Date.parse(issued) - Date.now())).toBeLessThan(60_000)
  })

  it('does not lift a denial early', async () => {
    const { office, time, cloud } = await at(0)
    const sections = { ...granting([rule('bob')]), revoked: { ann: inHours(-1).slice(0, 19).concat('Z') } }
    office.write(sections)
    expect((await runAt(time, office.desk, ['apply', '--yes', '--max-deletes', '9'])).code).toBe(0)
    const denied = () => cloud.export().then((all) => JSON.stringify(all).includes('SsoReconcileRevoked'))
    expect(await denied()).toBe(true)
    time.pass(20)
    const early = await runAt(time, office.desk, ['apply', '--yes'])
    expect(early.stderr).toContain("this machine's clock is 20 hours ahead of AWS's")
    expect(await denied()).toBe(true)
    expect(manifestText(sections)).toContain('revoked')
  })
})

function contradicting(): (real: Date) => string {
  let turn = 0
  return (real) => new Date(real.getTime() + (turn++ % 2) * 3_600_000).toUTCString()
}
