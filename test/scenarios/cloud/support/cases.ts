import { expect } from 'vitest'
import type { Run } from '../../e2e/support/binary.ts'
import { isWrite } from '../../e2e/support/relay.ts'
import type { Cloud } from './cloud.ts'
import { expectSettled, type Office, type PlanDocument } from './office.ts'

/** Tags of a set that the tool has made. */
export const ours = { 'managed-by': 'sso-reconcile' }

/** Member accounts that every cloud has. */
export const [dev, prod, europe, playground] = ['222233334444', '333344445555', '444455556666', '555566667777'] as const

/** ARN of a policy of AWS. */
export function arn(policy: string): string {
  return `arn:aws:iam::aws:policy/${policy}`
}

/** A policy of one statement on every resource. */
export function allowing(Action: string | readonly string[], more: object = {}) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: Action as string, Resource: '*', ...more }] }
}

/** Declarations of things that are looked up and never written. */
export function external(...names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, { external: true }]))
}

/** Users by name, as contents of an Identity Center. */
export function people(...names: readonly string[]) {
  return names.map((userName) => ({ userName, email: `${userName}@example.com` }))
}

/** Codes of everything that a plan refuses or says. */
export function codes({ refusals, diagnostics }: Pick<PlanDocument, 'refusals' | 'diagnostics'>): readonly string[] {
  return [...diagnostics, ...refusals].map(({ code }) => code).sort()
}

/** The same without what a plan says of roles that go with what it removes. */
export function codesBeside(plan: Pick<PlanDocument, 'refusals' | 'diagnostics'>): readonly string[] {
  return codes(plan).filter((code) => code !== 'role-removed')
}

/** Operations that changed something, in the order in which they were answered. */
export async function writes(cloud: Cloud): Promise<readonly string[]> {
  return (await cloud.calls()).map(({ operation }) => operation).filter(isWrite)
}

/** How often an operation was called. */
export async function count(cloud: Cloud, name: string): Promise<number> {
  return (await cloud.calls()).filter(({ operation }) => operation === name).length
}

/** Runs an apply that has to be refused with these words, and expects that nothing at all has changed. */
export async function expectRefused(
  cloud: Cloud,
  office: Office,
  says: string | RegExp,
  ...words: string[]
): Promise<Run> {
  const before = await cloud.portrait()
  await cloud.forget()
  const ended = await office.apply(...words)
  expect(ended.stderr).toMatch(says)
  expect(ended.code).toBe(1)
  expect({ writes: await writes(cloud), held: await cloud.portrait() }).toEqual({ writes: [], held: before })
  return ended
}

/** Runs an apply that has to do everything, after which nothing is left to do. */
export async function expectApplied(office: Office, ...words: string[]): Promise<Run> {
  const ended = await office.apply('--quiet', ...words)
  expect(ended.code, ended.stdout + ended.stderr).toBe(0)
  await expectSettled(office)
  return ended
}

/** Runs an apply that is refused with these words, and the same with leave to lock out, which does it. */
export async function expectGuarded(cloud: Cloud, office: Office, says: string | RegExp): Promise<void> {
  await expectRefused(cloud, office, says, '--max-deletes', '9')
  const before = await cloud.portrait()
  const { code, stdout, stderr } = await office.apply('--quiet', '--max-deletes', '9', '--allow-lockout')
  expect(code, stdout + stderr).toBe(0)
  expect(await cloud.portrait()).not.toEqual(before)
}

/** Changes a permission set behind the back of the accounts that hold it: there the older version stays in place. */
export async function outdate(cloud: Cloud, set: string, change: object = {}): Promise<void> {
  const tables = await cloud.export()
  const rows = Object.entries(tables.permissionSets ?? {}).map(([key, row]) => [
    key,
    row.name === set ? { ...row, ...change, version: row.version + 1 } : row,
  ])
  await cloud.restore({ ...tables, permissionSets: Object.fromEntries(rows) })
}
