import { beforeAll, describe, expect, it, vi } from 'vitest'
import { operations } from '../../../src/aws/operations.ts'
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
vi.setConfig({ testTimeout: 400_000, hookTimeout: 120_000 })

let whole: Undisturbed
beforeAll(async () => {
  whole = await undisturbed()
})

it('the apply that is disturbed here uses every write there is', () => {
  const writes = Object.entries(operations).flatMap(([name, { access }]) => (access === 'write' ? [name] : []))
  // It sets Identity Center up, before there is anything to reconcile.
  const setUp = ['CreateOrganization']
  // Of what an instance has once, one apply makes one change; here it is made.
  const single = /^(?:Update|Delete)InstanceAccessControlAttributeConfiguration$/
  const all = writes.filter((name) => !setUp.includes(name) && !single.test(name))
  expect(distinct(whole.calls).map(operationOf).filter(isWrite).sort()).toEqual(all.sort())
})

describe.concurrent('access denied', () => {
  it('on any read stops before anything is changed, and names the permission', async () => {
    const reads = distinct(whole.planned)
    expect(reads.length).toBeGreaterThan(20)
    await each(reads, async (name) => {
      const { cloud, office } = await disturbed(whole, [{ kind: 'deny', operations: [name] }])
      const { code, stdout, stderr } = await office.apply(...meant)
      expect({ name, code, stdout }).toEqual({ name, code: 1, stdout: '' })
      expect(stderr).toContain(`${permission(name)} was denied`)
      expect(stderr).toContain(`give the caller the permission ${permission(name)}`)
      await expectUntouched(whole, cloud, name)
    })
  })

  it('on any write, or on a look in between, fails what needs it and is made up for by the next apply', async () => {
    const first = whole.calls.findIndex(({ operation }) => isWrite(operation))
    const last = whole.calls.findLastIndex(({ operation }) => isWrite(operation))
    const between = distinct(whole.calls.slice(first, last + 1))
    expect(between.filter((name) => !isWrite(operationOf(name))).length).toBeGreaterThan(2)
    const spared: string[] = []
    await each(between, async (name) => {
      // The plan may ask the same; it is let through.
      const rule = { kind: 'deny', operations: [name], skip: times(whole.planned, name) } as const
      const { cloud, office } = await disturbed(whole, [rule])
      const { code, stdout, stderr } = await office.apply(...meant)
      const isStruck = (await cloud.calls()).some((call) => call.error && `${call.service}:${call.operation}` === name)
      // How requests in progress are looked after, one by one or by a list, follows from how long they take: it may not have been asked.
      if (!isStruck) spared.push(name)
      expect({ name, code }, stdout).toEqual({ name, code: isStruck ? 1 : 0 })
      if (!isStruck) return
      expect(stdout + stderr).toContain(`give the caller the permission ${permission(name)}`)
      expect(stdout).not.toContain('Applied:')
      await expectFinishes(whole, cloud, office, name)
    })
    expect(spared.filter((name) => !/Status$/.test(name))).toEqual([])
  })

  it('on the closing look is no success either', async () => {
    const rule = {
      kind: 'deny',
      operations: ['ListUsers'],
      skip: times(whole.planned, 'identitystore:ListUsers'),
    } as const
    const { cloud, office } = await disturbed(whole, [rule])
    const { code, stdout, stderr } = await office.apply(...meant)
    expect(code).toBe(1)
    expect(stderr).toContain('identitystore:ListUsers was denied')
    expect(stderr).toContain('the result is not verified')
    expect(stdout).not.toContain('Applied:')
    expect(await cloud.portrait()).toEqual(whole.end)
  })
})
