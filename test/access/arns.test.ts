import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessFormats } from '../../src/report/access/formats.ts'
import type { Contents } from '../../src/sandbox/content-types.ts'
import type { Desk } from '../scenarios/e2e/support/desk.ts'
import { run } from '../support/here.ts'
import { accessCenter, forgetUser } from './support/center.ts'

const management = '111122223333'
const dev = '444455556666'
const old = '777788889999'
const path = 'role/aws-reserved/sso.amazonaws.com/ap-northeast-1'
const contents: Contents = {
  users: [{ userName: 'taro' }, { userName: 'hanako' }, { userName: 'gone' }],
  groups: [{ displayName: '空', members: [] }],
  permissionSets: ['Admin', 'Admin_Read', 'Empty', 'Unassigned'].map((name) => ({ name })),
  assignments: [
    { permissionSet: 'Admin', account: management, user: 'taro' },
    { permissionSet: 'Admin_Read', account: management, user: 'gone' },
    { permissionSet: 'Empty', account: management, group: '空' },
    { permissionSet: 'Admin', account: dev, user: 'hanako' },
    { permissionSet: 'Admin', account: old, user: 'hanako' },
  ],
}

let center: Awaited<ReturnType<typeof accessCenter>>
let desk: Desk
const admin: (typeof center)['admin'] = (...asked) => center.admin(...asked)

beforeAll(async () => {
  center = await accessCenter({
    accounts: [
      { id: management, name: 'Home' },
      { id: dev, name: '開発, "=1+1"' },
      { id: old, name: 'Old' },
    ],
    contents,
  })
  desk = center.desk
  await forgetUser(center, 'gone')
  await center.change((tables) => {
    const account = tables.accounts?.[old]
    if (account) account.state = 'SUSPENDED'
  })
})
beforeEach(async () => {
  await center.forget()
  await admin('DELETE', 'faults')
})

/** The suffix of the role of a set in the management account, as the sandbox has it. */
async function suffix(set: string): Promise<string> {
  const tables = await center.tables()
  const arn = Object.values(tables.permissionSets ?? {}).find(({ name }) => name === set)?.arn
  const rows = Object.values(tables.provisions ?? {})
  return String(rows.find((one) => one.permissionSet === arn && one.account === management)?.role)
}

async function count(operation: string): Promise<number> {
  return (await center.calls()).filter((one) => one === operation).length
}

const arns = (...words: string[]) => run(desk, ['access', '--arns', ...words])
const exact = async (set: string) => `arn:aws:iam::${management}:${path}/AWSReservedSSO_${set}_${await suffix(set)}`
const pattern = (set: string, account: string) =>
  `arn:aws:iam::${account}:${path}/AWSReservedSSO_${set}_????????????????`

/** The text on a terminal, as if that had no width. */
async function flat(...words: string[]): Promise<string> {
  const { stdout, code } = await arns(...words, '--format', 'text')
  expect(code).toBe(0)
  return stdout.replaceAll('\n', ' ')
}

interface Row {
  readonly user: string
  readonly account: string
  readonly role_arn: string | null
  readonly role_arn_pattern: string
}

describe('the ARNs of roles', () => {
  it('are those of IAM in the caller’s account, and patterns elsewhere', async () => {
    const { code, stdout, stderr } = await arns('--json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { access, groups_without_members: idle, roles } = JSON.parse(stdout)
    const told = ({ user, account, role_arn, role_arn_pattern }: Row) => [user, account, role_arn, role_arn_pattern]
    expect(access.map(told)).toEqual([
      ['hanako', old, null, pattern('Admin', old)],
      ['hanako', dev, null, pattern('Admin', dev)],
      ['taro', management, await exact('Admin'), pattern('Admin', management)],
      [expect.stringMatching(/-/), management, await exact('Admin_Read'), pattern('Admin_Read', management)],
    ])
    expect(idle.map(({ role_arn }: Row) => role_arn)).toEqual([await exact('Empty')])
    expect(roles).toEqual({ account: management, read: true, reason: null, unclear: [], without_assignment: [] })
    expect(await count('ListRoles')).toBe(1)
  })

  it('are patterns where nobody asks for more, and cost no call', async () => {
    const { access, roles } = JSON.parse((await run(desk, ['access', '--json'])).stdout)
    expect(access.map(({ role_arn }: Row) => role_arn)).toEqual([null, null, null, null])
    expect(access[1].role_arn_pattern).toBe(pattern('Admin', dev))
    expect(roles).toBeUndefined()
    expect(await count('ListRoles')).toBe(0)
    for (const format of ['text', 'tsv', 'csv', 'markdown', 'html'])
      expect((await run(desk, ['access', '--format', format])).stdout).not.toContain('AWSReservedSSO')
  })

  it('are in every form, without a formula and in as many columns a line', async () => {
    const [own, other] = [await exact('Admin'), pattern('Admin', dev)]
    for (const format of accessFormats) {
      const { stdout } = await arns('--format', format)
      for (const arn of [own, other]) expect(stdout).toContain(arn)
    }
    const csv = (await arns('--format', 'csv')).stdout.trimEnd().split('\r\n')
    expect(csv[0]).toMatch(/,denied,role_arn,role_arn_pattern$/)
    expect(csv.find((line) => line.includes(`,${dev},`))).toBe(
      `hanako,${dev},"開発, ""=1+1""",Admin,1h,direct,,no,no,no,no,,${other}`,
    )
    const tsv = (await arns('--format', 'tsv')).stdout.trimEnd().split('\n')
    expect(tsv.map((line) => line.split('\t').length)).toEqual([8, 8, 8, 8])
    expect(tsv.map((line) => line.split('\t')[7])).toContain(own)
  })

  it('are given with an answer to --can in the same forms', async () => {
    for (const format of accessFormats) {
      const { stdout, code } = await arns('--can', 'sts:GetCallerIdentity', '--format', format)
      expect(code).toBe(0)
      expect(stdout).toContain(await exact('Admin'))
      expect(stdout).toContain(pattern('Admin', dev))
    }
    const { roles } = JSON.parse((await arns('--can', 'sts:GetCallerIdentity', '--json')).stdout)
    expect(roles).toMatchObject({ account: management, read: true })
  })

  it('are not read where a filter leaves the caller’s account out', async () => {
    const { access, roles } = JSON.parse((await arns('--account', dev, '--json')).stdout)
    expect(access.map(({ role_arn }: Row) => role_arn)).toEqual([null])
    expect(roles).toMatchObject({ account: null, read: false, reason: null })
    expect(await count('ListRoles')).toBe(0)
    expect(JSON.parse((await arns('--user', 'taro', '--json')).stdout).access[0].role_arn).toBe(await exact('Admin'))
  })

  it('are those of the delegated administrator’s account where that asks', async () => {
    const state = (await admin('GET', 'state')) as object
    await admin('POST', 'delegate', { account: dev })
    const delegate = { AWS_ACCESS_KEY_ID: `AKIA${dev}XXXX` }
    const { stdout, stderr } = await run(
      desk,
      ['access', '--arns', '--user', 'taro', '--user', 'hanako', '--json'],
      delegate,
    )
    expect(stderr).toBe('')
    const { access, roles } = JSON.parse(stdout)
    expect(access.map(({ account, role_arn }: Row) => [account, role_arn?.slice(0, -16) ?? null])).toEqual([
      [old, null],
      [dev, pattern('Admin', dev).slice(0, -16)],
      [management, null],
    ])
    expect(roles).toMatchObject({ account: dev, read: true })
    await admin('PUT', 'state', state)
  })

  it('are none where nothing matches', async () => {
    expect(await flat('--user', 'nobody')).toMatch(/^Nothing matches the filter\. /)
  })
})

describe('what stands beside the ARNs', () => {
  it.each([
    ['deny', /iam:ListRoles was denied.* sso-reconcile iam-policy --arns prints the permission\./],
    ['throttle', /could not be read: iam:ListRoles was throttled/],
    ['internal', /could not be read: iam:ListRoles/],
  ] as const)('where IAM answers with %s: patterns, the reason and the next step', async (kind, words) => {
    await admin('PUT', 'faults', { rules: [{ kind, operations: ['ListRoles'] }] })
    const text = await flat()
    expect(text).toContain(pattern('Admin', management))
    expect(text).toMatch(words)
    const { access, roles } = JSON.parse((await arns('--json')).stdout)
    expect(access.map(({ role_arn }: Row) => role_arn)).toEqual([null, null, null, null])
    expect(roles).toMatchObject({ read: false, reason: expect.stringContaining('iam:ListRoles') })
  })

  it('the permission that is printed is the one that is missing', async () => {
    await admin('PUT', 'faults', { rules: [{ kind: 'deny', operations: ['ListRoles'] }] })
    const [, advice = ''] = /sso-reconcile (iam-policy --arns.*?) prints/.exec(await flat()) ?? []
    const { stdout } = await run(desk, [...advice.split(' '), '--read-only', '--kms-key', 'none'])
    expect(JSON.parse(stdout).Statement).toContainEqual({
      Sid: 'ReadRoles',
      Effect: 'Allow',
      Action: ['iam:ListRoles'],
      Resource: '*',
    })
  })

  it('a page that fails leaves all of them unknown', async () => {
    await admin('PUT', 'faults', { pageSize: 1, rules: [{ kind: 'deny', operations: ['ListRoles'], page: 2 }] })
    const { access, roles } = JSON.parse((await arns('--json')).stdout)
    expect(access.map(({ role_arn }: Row) => role_arn)).toEqual([null, null, null, null])
    expect(roles.read).toBe(false)
    await admin('PUT', 'faults', { pageSize: 1 })
    expect(JSON.parse((await arns('--json')).stdout).access[2].role_arn).toBe(await exact('Admin'))
  })

  it('a role that no assignment accounts for is named, with a reason, unless the report is about other sets', async () => {
    const state = (await admin('GET', 'state')) as object
    await center.change(({ permissionSets = {}, provisions = {} }) => {
      const set = Object.values(permissionSets).find(({ name }) => name === 'Unassigned')
      const some = Object.values(provisions).find(({ account }) => account === management)
      provisions[`${management} ${set?.arn}`] = { ...some, permissionSet: set?.arn, role: 'fedcba9876543210' }
    })
    const left = {
      role_arn: `arn:aws:iam::${management}:${path}/AWSReservedSSO_Unassigned_fedcba9876543210`,
      reason: 'Unassigned is not assigned there',
    }
    const beside = async (...words: string[]) => JSON.parse((await arns(...words, '--json')).stdout).roles
    expect((await beside()).without_assignment).toEqual([left])
    expect((await beside('--user', 'taro')).without_assignment).toEqual([left])
    expect((await beside('--permission-set', 'Admin')).without_assignment).toEqual([])
    expect(await flat()).toContain('that no assignment accounts for: arn:')
    await admin('PUT', 'state', state)
  })

  it('a profile of this machine is named for the other account, where there is one', async () => {
    const words = () => flat('--account', dev)
    const command = 'aws iam list-roles --path-prefix /aws-reserved/sso.amazonaws.com/'
    expect(await words()).toContain(`, with a profile of the account: ${command} --profile PROFILE `)
    mkdirSync(join(desk.home, '.aws'))
    const config = (text: string) => writeFileSync(join(desk.home, '.aws', 'config'), text)
    config(`[profile far]\nsso_account_id = ${old}\n[profile near]\nsso_account_id = ${dev}\nsso_role_name = Admin\n`)
    expect(await words()).toContain(`${command} --profile near `)
    // What cannot be read has none.
    config(`[profile near\nsso_account_id = ${dev}\n`)
    expect(await words()).toContain(`${command} --profile PROFILE `)
    config('')
  })
})
