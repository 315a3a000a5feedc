import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { type Cloud, newCloud } from '../cloud/support/cloud.ts'
import { newOffice, type Sections } from '../cloud/support/office.ts'
import type { Variables } from '../e2e/support/binary.ts'

/** Member accounts that hold the access of these tests. */
export const [dev, prod] = ['222233334444', '333344445555'] as const

const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`

/** People, two sets, and a group of an identity provider beside one of the directory. */
const contents: Contents = {
  users: [{ userName: 'mika' }, { userName: 'noa' }],
  groups: [
    { displayName: 'crew', members: ['mika', 'noa'] },
    { displayName: 'okta-crew', members: ['mika'], externalIds: [{ Issuer: 'https://idp.example.com', Id: '7' }] },
  ],
  permissionSets: [
    { name: 'Run', managedPolicies: [arn('ReadOnlyAccess')], sessionDuration: 'PT4H' },
    { name: 'Look', managedPolicies: [arn('SecurityAudit')] },
  ],
}

const users = { mika: { external: true }, noa: { external: true } }

/** A desk at an Identity Center in which mika holds some assignments. */
export async function scene(assignments: Contents['assignments'], sections: Sections) {
  const cloud = await newCloud({ contents: { ...contents, assignments: assignments ?? [] }, faults: { seconds: 0.05 } })
  const office = newOffice(cloud.url, { users, ...sections })
  const text = () => readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8')
  const revoke = (words: readonly string[] = [], extra: Variables = {}) =>
    office.run(['revoke', 'mika', '--yes', ...words], extra)
  return { cloud, office, text, revoke }
}

/** Names and sets of who is in which group and holds what, as the Identity Center has it. */
export async function grants(cloud: Cloud): Promise<readonly string[]> {
  const { memberships, assignments } = (await cloud.portrait()) as Record<string, string[][]>
  return [...(memberships ?? []), ...(assignments ?? [])].map((row) => row.join(' ')).sort()
}
