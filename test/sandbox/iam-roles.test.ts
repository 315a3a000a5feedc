import { IAMClient, ListRolesCommand, type ListRolesCommandInput } from '@aws-sdk/client-iam'
import { expect, it } from 'vitest'
import { management, region, sandbox, seed, thrown } from './harness.ts'
import { dev, world } from './world.ts'

const PathPrefix = '/aws-reserved/sso.amazonaws.com/'
const contents = {
  users: [{ userName: 'taro' }, { userName: 'hanako' }],
  permissionSets: ['Admin', 'Reader', 'Unused'].map((name) => ({ name })),
  assignments: [
    { permissionSet: 'Admin', account: management, user: 'taro' },
    { permissionSet: 'Reader', account: dev, user: 'taro' },
  ],
}

/** Lists roles in an account, as a client of AWS does. */
function rolesOf(url: string, account = management) {
  const credentials = { accessKeyId: `AKIA${account}XXXX`, secretAccessKey: 'dummy' }
  const iam = new IAMClient({ endpoint: url, region, credentials, maxAttempts: 1 })
  return (input: ListRolesCommandInput = { PathPrefix }) => iam.send(new ListRolesCommand(input))
}

const arns = async (url: string, account?: string) =>
  ((await rolesOf(url, account)()).Roles ?? []).map(({ Arn }) => Arn)

it('each account has a role for each set that is assigned there, and sees no other', async () => {
  const { url } = await world({ contents })
  const { Roles = [], IsTruncated, Marker } = await rolesOf(url)()
  expect({ IsTruncated, Marker }).toEqual({ IsTruncated: false, Marker: undefined })
  expect(Roles).toHaveLength(1)
  expect(Roles[0]).toMatchObject({
    Path: `${PathPrefix}${region}/`,
    RoleName: expect.stringMatching(/^AWSReservedSSO_Admin_[0-9a-f]{16}$/),
    Arn: `arn:aws:iam::${management}:role${Roles[0]?.Path}${Roles[0]?.RoleName}`,
    CreateDate: expect.any(Date),
  })
  expect(await arns(url, dev)).toEqual([expect.stringMatching(`arn:aws:iam::${dev}:role.*_Reader_[0-9a-f]{16}$`)])
  expect((await rolesOf(url)({ PathPrefix: '/elsewhere/' })).Roles).toEqual([])
  expect((await rolesOf(url)({})).Roles).toHaveLength(1)
})

it.each([
  ['us-east-1', 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_'],
  ['eu-west-2', 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-2/AWSReservedSSO_Admin_'],
  ['cn-north-1', 'arn:aws-cn:iam::111122223333:role/aws-reserved/sso.amazonaws.com/cn-north-1/AWSReservedSSO_Admin_'],
])('the Region of Identity Center is in the path, unless it is us-east-1: %s', async (home, begin) => {
  const { url } = await sandbox({ seed: { ...seed, region: home }, contents })
  expect((await arns(url))[0]?.slice(0, -16)).toBe(begin)
})

it('a role goes with the last assignment, and comes back with another suffix', async () => {
  const { url, remove, create, provision } = await world({ contents })
  const [first] = await arns(url)
  await create('Admin', management, 'hanako')
  await remove('Admin', management, 'taro')
  await provision('Admin', management)
  expect(await arns(url)).toEqual([first])
  await remove('Admin', management, 'hanako')
  expect(await arns(url)).toEqual([])
  await create('Admin', management, 'taro')
  const [second] = await arns(url)
  expect(second?.slice(0, -16)).toBe(first?.slice(0, -16))
  expect(second).not.toBe(first)
})

it('a role that is on its way out is listed until its time has come', async () => {
  const { url, remove, pass } = await world({ contents, faults: { roleSeconds: 30 } })
  await remove('Admin', management, 'taro')
  expect(await arns(url)).toHaveLength(1)
  pass(31)
  expect(await arns(url)).toEqual([])
})

it('comes in pages of the length that is asked for, and refuses other lengths', async () => {
  const { url, create } = await world({ contents })
  for (const set of ['Reader', 'Unused']) await create(set, management, 'taro')
  const list = rolesOf(url)
  const names: (string | undefined)[] = []
  let Marker: string | undefined
  do {
    const page = await list({ PathPrefix, MaxItems: 1, ...(Marker ? { Marker } : {}) })
    expect(page.Roles).toHaveLength(1)
    expect(page.IsTruncated).toBe(page.Marker !== undefined)
    names.push(page.Roles?.[0]?.RoleName?.slice(0, -17))
    Marker = page.Marker
  } while (Marker)
  expect(names).toEqual(['Admin', 'Reader', 'Unused'].map((set) => `AWSReservedSSO_${set}`))
  for (const MaxItems of [0, 1001]) expect((await thrown(list({ MaxItems }))).name).toBe('ValidationError')
})

it('is refused by a fault, in the words of IAM', async () => {
  const { url, faults } = await world({ contents })
  await faults({ rules: [{ kind: 'deny', operations: ['iam:*'] }] })
  expect((await thrown(rolesOf(url)())).name).toBe('AccessDenied')
})
