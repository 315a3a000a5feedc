import fc from 'fast-check'
import { expect, vi } from 'vitest'
import type { TablesJson } from '../../src/sandbox/state/state.ts'
import { endClouds, management, newCloud } from '../scenarios/cloud/support/cloud.ts'
import { expectSettled, newOffice } from '../scenarios/cloud/support/office.ts'
import { tries } from '../support/effort.ts'
import { newCenter, states } from './support/states.ts'
import { itNeeds, newConfiguration, noProvider, terraform } from './support/terraform.ts'

vi.setConfig({ testTimeout: 1_200_000 })

itNeeds(
  noProvider,
  "what is exported is laid out as Terraform's, and its plan shows nothing but imports",
  async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(states, async (sections) => {
        const cloud = await newCenter()
        const office = newOffice(cloud.url, sections)
        const applied = await office.apply('--quiet')
        expect(applied.code, applied.stdout + applied.stderr).toBe(0)
        await expectSettled(office)
        const { code, stdout, stderr } = await office.run(['export', 'terraform'])
        expect({ code, told: stderr.match(/not applied/g) }, stderr).toEqual({ code: 0, told: null })
        const types = [...stdout.matchAll(/^resource "(\w+)"/gm)].map(([, type = '']) => type)
        for (const type of types) seen.add(type)
        const folder = await newConfiguration(stdout)
        await terraform(folder, ['fmt', '-check', '-diff', '-no-color'])
        const planned = await terraform(folder, ['plan', '-no-color', '-input=false'], cloud.url)
        expect(planned).toContain(`Plan: ${types.length} to import, 0 to add, 0 to change, 0 to destroy.`)
        expect(planned.match(/^.*(?:must be|will be (?!imported)).*$/gm)).toBe(null)
        await endClouds()
      }),
      // A smaller example would take minutes more to find.
      { ...tries(10, 30), endOnFailure: true },
    )
    expect([...seen].sort()).toEqual([
      'aws_identitystore_group',
      'aws_identitystore_group_membership',
      'aws_identitystore_user',
      'aws_ssoadmin_account_assignment',
      'aws_ssoadmin_customer_managed_policy_attachment',
      'aws_ssoadmin_instance_access_control_attributes',
      'aws_ssoadmin_managed_policy_attachment',
      'aws_ssoadmin_permission_set',
      'aws_ssoadmin_permission_set_inline_policy',
      'aws_ssoadmin_permissions_boundary_attachment',
    ])
  },
  1_200_000,
)

itNeeds(
  noProvider,
  'what others made and the resources cannot say is left alone, or named',
  async () => {
    const mails = [
      { Value: 'second@example.com', Type: 'home' },
      { Value: 'first@example.com', Type: 'work', Primary: true },
    ]
    const home = { Formatted: '1 Road\nTown', Country: 'JP', Type: 'home' }
    const cloud = await newCloud({
      contents: {
        users: [
          {
            ...{ userName: 'several', givenName: 'S', familyName: 'T', displayName: 'S T' },
            attributes: {
              Emails: mails.slice(1),
              Addresses: [home],
              PhoneNumbers: [{ Value: '1' }],
              NickName: 'か\u3099',
            },
          },
          { userName: 'unnamed', email: 'unnamed@example.com', attributes: { Title: 'x' } },
        ],
        groups: [{ displayName: 'team', description: 'two\nlines', members: ['several', 'unnamed'] }],
        permissionSets: [
          {
            ...{ name: 'Set', sessionDuration: 'PT480M', tags: { 'aws:x': 'y', b: '', a: '1' } },
            inlinePolicy: { Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' }, Version: '2012-10-17' },
          },
        ],
        assignments: [{ permissionSet: 'Set', user: 'unnamed', account: management }],
      },
    })
    // Requests make one of each; from before that limit, or from a provider, there may be more.
    const tables = JSON.parse(
      JSON.stringify(await cloud.export()).replace(JSON.stringify(mails.slice(1)), JSON.stringify(mails)),
    ) as TablesJson
    for (const { UserName, attributes } of Object.values(tables.users ?? {}))
      if (UserName === 'unnamed') delete (attributes as Record<string, unknown>).DisplayName
    await cloud.restore(tables)
    const person = { given_name: 'S', family_name: 'T' }
    const office = newOffice(cloud.url, {
      users: {
        several: { ...person, email: 'first@example.com' },
        unnamed: { ...person, email: 'unnamed@example.com' },
      },
      groups: { team: { members: ['several', 'unnamed'] } },
      permission_sets: { Set: { session_duration: '8h' } },
      assignments: [{ users: ['unnamed'], permission_sets: ['Set'], accounts: ['management'] }],
    })
    const { code, stdout, stderr } = await office.run(['export', 'terraform'])
    expect({ code, told: /not applied/.test(stderr) }, stderr).toEqual({ code: 0, told: true })
    expect(stdout).toContain('ignore_changes = [emails]')
    expect(stdout).toContain(
      '# - user unnamed: aws_identitystore_user needs a display name, a given name and a family name.',
    )
    expect(stdout).toContain('= local.other_users["unnamed"]')
    const folder = await newConfiguration(stdout)
    await terraform(folder, ['fmt', '-check', '-diff', '-no-color'])
    const planned = await terraform(folder, ['plan', '-no-color', '-input=false'], cloud.url)
    const count = stdout.match(/^resource /gm)?.length
    expect(planned, stdout).toContain(`Plan: ${count} to import, 0 to add, 0 to change, 0 to destroy.`)
  },
  300_000,
)
