import { describe, expect, it, vi } from 'vitest'
import type { ContentPermissionSet } from '../../../src/sandbox/content-types.ts'
import type { PermissionSetRow } from '../../../src/sandbox/state/tables.ts'
import { allowing, arn, ours } from './support/cases.ts'
import { newCloud } from './support/cloud.ts'
import { expectSettled, newOffice } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

type Row = Partial<PermissionSetRow>

/** Applies another field of a set while one is kept; gives what of the set has changed. */
async function changed(field: string, content: Partial<ContentPermissionSet>, also: object): Promise<Row> {
  const contents = { permissionSets: [{ name: 'Held', tags: ours, ...content }] }
  const cloud = await newCloud({ contents, faults: { looks: 0 } })
  const row = async () => Object.values((await cloud.export()).permissionSets ?? {})[0] ?? {}
  const before: Row = await row()
  const office = newOffice(cloud.url, { permission_sets: { Held: { keep: [field] } } })
  await expectSettled(office)
  office.write({ permission_sets: { Held: { keep: [field], ...also } } })
  expect(await office.apply('--quiet')).toMatchObject({ code: 0 })
  await expectSettled(office)
  const { version: _version, ...after }: Row = await row()
  const differs = ([key, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(before[key as keyof Row])
  return Object.fromEntries(Object.entries(after).filter(differs))
}

const longer = { session_duration: '3h' }

describe.concurrent('a field under keep', () => {
  it.each<readonly [string, Partial<ContentPermissionSet>]>([
    ['description', { description: 'Kept by the console' }],
    ['relay_state', { relayState: 'https://kept.example.com/?a=1' }],
    ['managed_policies', { managedPolicies: ['AdministratorAccess', 'job-function/Billing'].map(arn) }],
    ['customer_managed_policies', { customerManagedPolicies: [{ Name: 'Edge', Path: '/net/' }] }],
    ['inline_policy', { inlinePolicy: allowing('ce:*') }],
    ['permissions_boundary', { permissionsBoundary: { CustomerManagedPolicyReference: { Name: 'Fence', Path: '/' } } }],
    ['tags', { tags: { ...ours, team: 'x', 'aws:cloudformation:stack-id': 's' } }],
  ])('%s stays as it is while another one changes', async (field, content) => {
    expect(await changed(field, content, longer)).toEqual({ sessionDuration: 'PT3H' })
  })

  it('session_duration stays as it is while another one changes', async () => {
    const change = { relay_state: 'https://new.example.com' }
    expect(await changed('session_duration', { sessionDuration: 'PT1H30M' }, change)).toEqual({
      relayState: 'https://new.example.com',
    })
  })

  it('description stays as it is, white space at its ends too', async () => {
    expect(await changed('description', { description: ' Kept\n' }, longer)).toEqual({ sessionDuration: 'PT3H' })
  })

  it('has the default of AWS, or what the manifest says, in a set that is only made', async () => {
    const cloud = await newCloud({ faults: { looks: 0 } })
    const office = newOffice(cloud.url, {
      permission_sets: { Fresh: { keep: ['session_duration', 'description', 'tags'], description: 'First' } },
    })
    expect(await office.apply('--quiet')).toMatchObject({ code: 0 })
    await expectSettled(office)
    expect(Object.values((await cloud.export()).permissionSets ?? {})).toMatchObject([
      { description: 'First', sessionDuration: 'PT1H', tags: ours },
    ])
  })
})
