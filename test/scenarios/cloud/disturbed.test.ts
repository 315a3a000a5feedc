import { beforeAll, describe, expect, it, vi } from 'vitest'
import { isWrite } from '../e2e/support/relay.ts'
import {
  distinct,
  disturbed,
  expectFinishes,
  expectUntouched,
  operationOf,
  permission,
  times,
  type Undisturbed,
  undisturbed,
} from './support/undisturbed.ts'
import { each, meant } from './support/wide.ts'

// Dozens of runs in one test take a while where everything else runs beside them.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const young = ['ListRegions', 'ListTrustedTokenIssuers', 'ListApplications']
const sixTimes = young.map((one) => ({ kind: 'internal' as const, operations: [one], times: 6 }))

let whole: Undisturbed
beforeAll(async () => {
  whole = await undisturbed()
})

describe.concurrent('a service under load', () => {
  it.each([
    ['answers every second write with a conflict', [{ kind: 'conflict', every: 2 }], {}],
    ['fails inside on every fifth call', [{ kind: 'internal', every: 5 }], {}],
    ['fails inside six times at lists that older servers do not know', sixTimes, {}],
    ['takes long for whatever is asynchronous', [], { looks: 5, seconds: null, lag: 3 }],
  ] as const)('that %s still gets everything done', async (_what, rules, more) => {
    const { cloud, office } = await disturbed(whole, rules, more)
    const { code, stdout, stderr } = await office.apply(...meant)
    expect(code, stdout + stderr).toBe(0)
    const struck = (await cloud.calls()).filter(({ error }) => error !== undefined)
    if (rules.length > 0) expect(struck.length).toBeGreaterThan(5)
    // A role that lingers is no longer anybody's; how long it is seen is up to whoever looks.
    const { provisions: _seen, ...found } = (await cloud.portrait()) as { provisions: unknown }
    expect(whole.end).toMatchObject(found)
  })
})

describe.concurrent('a page that fails in the middle of a list', () => {
  it('fails the plan: half a list is never taken for the whole', async () => {
    const { cloud, office } = await disturbed(whole, [], { pageSize: 1 }, { AWS_MAX_ATTEMPTS: '1' })
    await cloud.forget()
    await office.plan()
    const calls = await cloud.calls()
    const more = distinct(whole.planned).filter((name) => times(calls, name) > times(whole.planned, name))
    expect(more.map(operationOf)).toEqual(
      expect.arrayContaining([
        'ListAccounts',
        'ListUsers',
        'ListGroups',
        'ListGroupMemberships',
        'ListPermissionSets',
        'ListManagedPoliciesInPermissionSet',
        'ListCustomerManagedPolicyReferencesInPermissionSet',
      ]),
    )
    expect(more.some((name) => operationOf(name).startsWith('ListAccountAssignments'))).toBe(true)
    await each(more, async (name) => {
      const rule = { kind: 'internal', operations: [name], page: 2 } as const
      const { cloud: half, office: other } = await disturbed(whole, [rule], { pageSize: 1 }, { AWS_MAX_ATTEMPTS: '1' })
      const { code, stdout, stderr } = await other.apply(...meant)
      expect({ name, code, stdout }).toEqual({ name, code: 1, stdout: '' })
      expect(stderr).toContain(`${permission(name)} failed`)
      await expectUntouched(whole, half, name)
    })
  })
})

describe.concurrent('a connection that is cut', () => {
  it.each([
    ['before', 'a single attempt', '1'],
    ['after', 'a single attempt', '1'],
    ['before', 'the usual attempts', undefined],
    ['after', 'the usual attempts', undefined],
  ] as const)('%s the write is carried out, with %s, never passes for success', async (when, _how, attempts) => {
    const all = ['Create*', 'Update*', 'Delete*', 'Put*', 'Attach*', 'Detach*', 'Provision*', 'Tag*', 'Untag*']
    // An attachment sent twice is a conflict, which is waited out for a minute before it fails.
    const writes = when === 'after' && !attempts ? all.filter((one) => one !== 'Attach*') : all
    const rule = { kind: `cut-${when}`, operations: writes, every: 4 } as const
    const { cloud, office } = await disturbed(whole, [rule], {}, { AWS_MAX_ATTEMPTS: attempts })
    const { code, stdout, stderr } = await office.apply(...meant)
    expect((await cloud.calls()).filter(({ error }) => error === 'cut').length).toBeGreaterThan(0)
    // What was carried out is found done by a look; what never arrived fails.
    if (attempts === '1' && when === 'after')
      expect({ code, said: stderr.includes('a check found it done') }, stderr).toEqual({ code: 0, said: true })
    if (attempts === '1' && when === 'before')
      expect({ code, said: stdout.includes('got no response') }, stderr).toEqual({ code: 1, said: true })
    if (code === 0) expect(await cloud.portrait()).toEqual(whole.end)
    else expect(stdout).not.toContain('Applied:')
    await expectFinishes(whole, cloud, office, when)
  })
})

describe.concurrent('credentials that expire', () => {
  it('in the middle end the run with the next step, and the next apply goes on', async () => {
    const first = whole.calls.findIndex(({ operation }) => isWrite(operation))
    await each([0, first - 3, first + 1, first + 20, whole.calls.length - 10], async (skip) => {
      const { cloud, office } = await disturbed(whole, [{ kind: 'expire', skip }])
      const { code, stdout, stderr } = await office.apply(...meant)
      expect({ skip, code }, stdout + stderr).toEqual({ skip, code: 1 })
      expect(stdout + stderr).toContain('the credentials have expired')
      expect(stdout + stderr).toContain('log in again ("aws login" or "aws sso login") and run this again')
      expect(stdout).not.toContain('Applied:')
      if (skip < first) await expectUntouched(whole, cloud, `expired after ${skip}`)
      else await expectFinishes(whole, cloud, office, `expired after ${skip}`)
    })
  })
})
