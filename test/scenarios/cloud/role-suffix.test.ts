import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
import { expect, it, vi } from 'vitest'
import { dev, ours } from './support/cases.ts'
import { management, newCloud } from './support/cloud.ts'
import { newOffice, type Office, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const contents = {
  users: [{ userName: 'taro' }, { userName: 'hanako' }],
  permissionSets: [{ name: 'Ops', tags: ours }],
  assignments: [
    { permissionSet: 'Ops', user: 'taro', account: dev },
    { permissionSet: 'Ops', user: 'taro', account: management },
  ],
}
const granting = (users: readonly string[], accounts: readonly string[]): Sections => ({
  users: { taro: { external: true }, hanako: { external: true } },
  permission_sets: { Ops: {} },
  assignments: [{ users, permission_sets: ['Ops'], accounts }],
})

/** The ARNs of the roles in an account. */
async function roles(url: string, account: string): Promise<readonly (string | undefined)[]> {
  const credentials = { accessKeyId: `AKIA${account}XXXX`, secretAccessKey: 'dummy' }
  const iam = new IAMClient({ endpoint: url, region: 'us-east-1', credentials })
  return ((await iam.send(new ListRolesCommand({}))).Roles ?? []).map(({ Arn }) => Arn)
}

/** What a plan says of roles that go. */
async function said(office: Office, ...words: string[]): Promise<readonly string[]> {
  const { diagnostics } = await office.plan(...words)
  return diagnostics.filter(({ code }) => code === 'role-removed').map(({ message }) => message)
}

async function applied(office: Office): Promise<void> {
  const { code, stderr } = await office.apply('--max-deletes', '9', '--allow-lockout')
  expect(code, stderr).toBe(0)
}

// Trust policies and cluster mappings that named the old ARN: IAM Identity Center User Guide, "Referencing permission sets".
it('a role that a plan says goes comes back as another one, and one that it does not speak of stays', async () => {
  const cloud = await newCloud({ contents })
  const office = newOffice(cloud.url, granting(['taro'], [management]))
  const [before] = await roles(cloud.url, dev)
  const [kept] = await roles(cloud.url, management)
  expect(await said(office)).toEqual([
    expect.stringMatching(/^the role of Ops on Dev is deleted with the last assignment/),
  ])
  await applied(office)
  expect(await roles(cloud.url, dev)).toEqual([])

  office.write(granting(['taro', 'hanako'], [management, dev]))
  expect(await said(office)).toEqual([])
  await applied(office)
  const [after] = await roles(cloud.url, dev)
  expect(after?.slice(0, -16)).toBe(before?.slice(0, -16))
  expect(after).not.toBe(before)

  // Somebody keeps the set, so the role stays.
  office.write(granting(['hanako'], [management, dev]))
  expect(await said(office)).toEqual([])
  await applied(office)
  expect(await roles(cloud.url, dev)).toEqual([after])
  expect(await roles(cloud.url, management)).toEqual([kept])
})

it('an orphan that was not looked for keeps the role, as the plan says it may; --thorough knows', async () => {
  const cloud = await newCloud({ contents })
  const office = newOffice(cloud.url, granting(['taro', 'hanako'], [dev, management]))
  await applied(office)
  const tables = await cloud.export()
  const users = Object.entries(tables.users ?? {}).filter(([, { UserName }]) => UserName !== 'taro')
  await cloud.restore({ ...tables, users: Object.fromEntries(users) })
  const [kept] = await roles(cloud.url, dev)
  office.write({ ...granting(['hanako'], [management]), users: { hanako: { external: true } } })
  expect(await said(office)).toEqual([
    expect.stringContaining(', unless an orphaned assignment keeps it (not checked); assigned again,'),
  ])
  // The look that sees the orphan removes it too, and so the role goes for certain.
  expect(await said(office, '--thorough')).toEqual([expect.not.stringContaining('orphaned')])
  await applied(office)
  expect(await roles(cloud.url, dev)).toEqual([kept])
})

it('the warning is told in every form of a plan, and does not hold up a revocation', async () => {
  const cloud = await newCloud({ contents })
  const office = newOffice(cloud.url, granting(['taro'], [management]))
  const words = /the role of Ops on Dev is deleted with the last assignment/
  expect((await office.run(['plan'])).stderr).toMatch(words)
  for (const format of ['json', 'markdown', 'html'])
    expect((await office.run(['plan', '--format', format])).stdout).toMatch(words)
  const revoked = await office.run(['revoke', 'taro', '--yes', '--allow-lockout'])
  expect(revoked.stdout + revoked.stderr).not.toMatch(/the roles? of Ops/)
})
