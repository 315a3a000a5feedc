import { expect } from 'vitest'
import type { FaultRule } from '../../../../src/sandbox/faults/faults.ts'
import type { CallRecord } from '../../../../src/sandbox/faults/traffic.ts'
import type { TablesJson } from '../../../../src/sandbox/state/state.ts'
import { portrait } from '../../e2e/support/portrait.ts'
import { isWrite } from '../../e2e/support/relay.ts'
import { type Cloud, newCloud } from './cloud.ts'
import { expectSettled, type Office } from './office.ts'
import { meant, wideCloud, wideOffice } from './wide.ts'

/** An apply that nothing disturbs: the calls it needs, and those of its plan alone; and how things were before it and after. */
export interface Undisturbed {
  readonly tables: TablesJson
  readonly end: object
  readonly planned: readonly CallRecord[]
  readonly calls: readonly CallRecord[]
}

/** Plans and applies the wide manifest without any fault. */
export async function undisturbed(): Promise<Undisturbed> {
  const cloud = await wideCloud()
  const tables = await cloud.export()
  const office = wideOffice(cloud)
  await cloud.forget()
  await office.plan()
  const planned = needed(await cloud.calls())
  await cloud.forget()
  const { code, stdout, stderr } = await office.apply('--quiet', ...meant)
  expect(code, stdout + stderr).toBe(0)
  const calls = needed(await cloud.calls())
  await expectSettled(office)
  return { tables, planned, calls, end: await cloud.portrait() }
}

/** Without what a plan is only better for: policy-checks.test.ts is about that. */
function needed(calls: readonly CallRecord[]): readonly CallRecord[] {
  return calls.filter(({ service }) => service !== 'iam' && service !== 'access-analyzer')
}

/** A cloud and a desk as they were before that apply, with faults. */
export async function disturbed(
  { tables }: Undisturbed,
  rules: readonly FaultRule[],
  more: object = {},
  variables = {},
) {
  const cloud = await newCloud()
  await cloud.restore(tables)
  await cloud.faults({ rules, ...more })
  return { cloud, office: wideOffice(cloud, variables) }
}

/** Expects that an apply without faults comes to the end that an undisturbed one comes to. */
export async function expectFinishes(whole: Undisturbed, cloud: Cloud, office: Office, what: string): Promise<void> {
  await cloud.faults({})
  const { code, stdout, stderr } = await office.apply('--quiet', ...meant)
  expect({ what, code, end: await cloud.portrait() }, stdout + stderr).toEqual({ what, code: 0, end: whole.end })
}

/** Expects that nothing at all has happened. */
export async function expectUntouched({ tables }: Undisturbed, cloud: Cloud, what: string): Promise<void> {
  const writes = (await cloud.calls()).map(({ operation }) => operation).filter(isWrite)
  expect({ what, writes, held: await cloud.portrait() }).toEqual({ what, writes: [], held: portrait(tables) })
}

/** An operation as a rule of faults names it: `sso-admin:CreatePermissionSet`. */
export function nameOf({ service, operation }: CallRecord): string {
  return `${service}:${operation}`
}

/** The operation of such a name. */
export function operationOf(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Every operation that was called, once. */
export function distinct(calls: readonly CallRecord[]): string[] {
  return [...new Set(calls.map(nameOf))]
}

/** How often an operation was called. */
export function times(calls: readonly CallRecord[], name: string): number {
  return calls.filter((one) => nameOf(one) === name).length
}

/** The permission an operation takes, as IAM spells it. */
export function permission(name: string): string {
  return name.replace(/^sso-admin:/, 'sso:')
}
