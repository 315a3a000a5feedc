import { describe, expect, it } from 'vitest'
import { management, newCloud } from '../scenarios/cloud/support/cloud.ts'
import { newOffice } from '../scenarios/cloud/support/office.ts'

const external = [{ Issuer: 'https://idp.example.com', Id: '1' }]
const contents = {
  users: [{ userName: 'taro' }, { userName: 'jiro' }, { userName: 'hana', disabled: true }],
  groups: [
    { displayName: 'admins', members: ['taro', 'hana'] },
    { displayName: 'idp', members: ['jiro'], externalIds: external },
  ],
  permissionSets: [
    { name: 'Admin', managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
    { name: 'Read', managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
  ],
  assignments: [
    { group: 'admins', permissionSet: 'Admin', account: management },
    { group: 'idp', permissionSet: 'Read', account: '222233334444' },
  ],
}

async function examined(sections: object) {
  const cloud = await newCloud({ contents })
  const office = newOffice(cloud.url, { ...sections, local: { sso_session: 'main' } })
  const { stdout } = await office.run(['doctor', '--json'])
  const { checks } = JSON.parse(stdout) as { checks: { check: string }[] }
  return { findings: checks.filter(({ check }) => check === 'access'), cloud }
}

describe.concurrent('doctor', () => {
  it('names who administers the management account, through groups and without the disabled', async () => {
    const { findings } = await examined({ users: { taro: { external: true } } })
    expect(findings).toMatchObject([
      { level: 'ok', code: 'administrators', message: 'administrators of the management account: taro' },
    ])
  })

  it('names a revoked user who has access all the same, whatever else the file holds', async () => {
    const { findings } = await examined({ revoked: { jiro: '2026-11-22T10:00:00Z' } })
    expect(findings).toMatchObject([
      { code: 'administrators' },
      {
        level: 'problem',
        code: 'revoked-still-reaches',
        message: 'jiro is revoked but still has Read on Dev through idp',
        fix: { commands: ['sso-reconcile revoke jiro'] },
      },
    ])
  })

  it('asks nothing of the members of groups that hold nothing there', async () => {
    const { cloud } = await examined({ users: { taro: { external: true } } })
    const lists = (await cloud.calls()).filter(({ operation }) => operation === 'ListGroupMemberships')
    expect(lists).toHaveLength(1)
  })
})
