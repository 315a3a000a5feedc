import { describe, expect, it, vi } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import type { Faults } from '../../../src/sandbox/faults/faults.ts'
import { isWrite } from '../e2e/support/relay.ts'
import { arn, count, dev, expectApplied, expectRefused, external, ours, people, prod } from './support/cases.ts'
import { newCloud } from './support/cloud.ts'
import { expectSettled, newOffice, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const faults = { looks: 0 }

describe.concurrent('white space at the ends of a description', () => {
  const both = (description: string): Sections => ({
    groups: { Crew: { description } },
    permission_sets: { Dev: { description } },
  })
  const texts = ['Two lines\nand an end\n', '  both ends\t', 'Zeile für Zeile\n\n']

  it.each(['kept', 'trimmed'] as const)('settles at once, and when it alone changes (%s)', async (descriptions) => {
    const cloud = await newCloud({ faults: { ...faults, unconfirmed: { descriptions } } })
    const office = newOffice(cloud.url)
    for (const text of texts) {
      office.write(both(text))
      await expectApplied(office)
    }
    office.write(both(`\n${texts.at(-1)}`))
    await expectApplied(office)
  })

  it.each(['kept', 'trimmed'] as const)('that is live and not in the file goes (%s)', async (descriptions) => {
    const live = {
      groups: [{ displayName: 'Crew', description: ' On call\n' }],
      permissionSets: [{ name: 'Dev', description: ' On call\n', tags: ours }],
    }
    const cloud = await newCloud({ contents: live, faults })
    await cloud.faults({ ...faults, unconfirmed: { descriptions } })
    const office = newOffice(cloud.url, both('On call'))
    expect((await office.plan()).operations).toHaveLength(2)
    await expectApplied(office)
    expect(await cloud.portrait()).toMatchObject({
      groups: [{ Description: 'On call' }],
      permissionSets: [{ description: 'On call' }],
    })
  })

  it('that is in the file and not live may be what AWS dropped', async () => {
    const live = {
      groups: [{ displayName: 'Crew', description: 'On call' }],
      permissionSets: [{ name: 'Dev', description: 'On call', tags: ours }],
    }
    const cloud = await newCloud({ contents: live, faults })
    expect((await newOffice(cloud.url, both(' On call\n')).plan()).operations).toEqual([])
  })

  it('comes along with what init writes, and goes as adopt does', async () => {
    const live = {
      users: [
        { userName: 'rin', attributes: { Title: ' Lead', Emails: [{ Value: 'rin@example.com', Primary: true }] } },
      ],
      groups: [{ displayName: 'Crew', description: ' On call\n' }],
      permissionSets: [{ name: 'Dev', description: ' On call\n', tags: ours }],
    }
    const cloud = await newCloud({ contents: live, faults })
    const office = newOffice(cloud.url)
    expect(await office.run(['init', '--force'])).toMatchObject({ code: 0 })
    await expectSettled(office)
    office.write(both('On call'))
    const { code, stderr } = await office.run(['adopt', 'group/Crew', 'permission-set/Dev'])
    expect(code, stderr).toBe(0)
    await expectSettled(office)
    expect(await cloud.portrait()).toMatchObject({ groups: [{ Description: ' On call\n' }] })
  })

  it.each(['kept', 'trimmed'] as const)('is no description by itself, of a set (%s)', async (descriptions) => {
    const cloud = await newCloud({ faults: { ...faults, unconfirmed: { descriptions } } })
    await expectApplied(newOffice(cloud.url, { permission_sets: { Dev: { description: ' \n' } } }))
  })

  it('is no description by itself, of a group', async () => {
    const cloud = await newCloud({ contents: { groups: [{ displayName: 'Crew' }] }, faults })
    expect((await newOffice(cloud.url, { groups: { Crew: { description: ' \n' } } }).plan()).operations).toEqual([])
  })
})

describe.concurrent('a set with as many policies as AWS takes', () => {
  const services = ['S3', 'EC2', 'RDS', 'SQS', 'SNS', 'VPC', 'SSM', 'DynamoDB', 'ES', 'Glacier', 'Kinesis', 'MQ']
  const managed = services.map((name) => `Amazon${name}ReadOnlyAccess`)
  const fresh = ['SecurityAudit', 'AWSSupportAccess', 'job-function/ViewOnlyAccess', 'job-function/Billing']
  const local = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `Local${from + index}`)
  const customer = (names: readonly string[], path = '/') => names.map((name) => ({ name, path }))

  /** What a set holds, what it is to hold, and how many policies are attached on the way. */
  const swaps: readonly (readonly [string, readonly string[], readonly string[], object, number])[] = [
    [
      'one of ours for one of AWS',
      managed,
      local(0, 8),
      { managed_policies: [...managed, 'SecurityAudit'], customer_managed_policies: customer(local(1, 8)) },
      1,
    ],
    [
      'several of both kinds',
      managed,
      local(0, 8),
      {
        managed_policies: [...managed.slice(4), ...fresh],
        customer_managed_policies: customer([...local(0, 5), ...local(20, 23)]),
      },
      7,
    ],
    ['all for others', managed, local(0, 8), { customer_managed_policies: customer(local(40, 60)) }, 20],
    [
      'more in than out, to the brim',
      managed,
      local(0, 6),
      { managed_policies: [...managed.slice(2), ...fresh], customer_managed_policies: customer(local(0, 6)) },
      4,
    ],
    [
      'one for another of its name elsewhere',
      managed,
      local(0, 8),
      {
        managed_policies: managed,
        customer_managed_policies: [...customer(local(1, 8)), { name: 'Local0', path: '/team/' }],
      },
      1,
    ],
  ]
  it.each(swaps)('swaps %s', async (_what, aws, own, wanted, attached) => {
    const set = { managedPolicies: aws.map(arn), customerManagedPolicies: own.map((Name) => ({ Name, Path: '/' })) }
    const cloud = await newCloud({ contents: { permissionSets: [{ name: 'Big', tags: ours, ...set }] }, faults })
    await cloud.forget()
    await expectApplied(newOffice(cloud.url, { permission_sets: { Big: wanted } }))
    const calls = (await cloud.calls()).filter(({ operation }) => operation.startsWith('Attach'))
    expect({ attached: calls.length, refused: calls.filter(({ error }) => error) }).toEqual({ attached, refused: [] })
  })

  it('takes two spellings of one customer managed policy for one', async () => {
    const cloud = await newCloud({ faults })
    const twice = [{ name: 'Edge' }, { name: 'Edge', path: '/' }, { name: 'Edge', path: '/net/' }]
    const office = newOffice(cloud.url, { permission_sets: { Net: { customer_managed_policies: twice } } })
    const { stderr } = await expectApplied(office)
    expect(stderr).toContain('{"name":"Edge","path":"/"} and {"name":"Edge"} are the same policy')
    expect(await count(cloud, 'AttachCustomerManagedPolicyReferenceToPermissionSet')).toBe(2)
  })
})

describe.concurrent('a name that is taken', () => {
  const rin = { given_name: 'Rin', family_name: 'Abe', email: 'rin.abe@example.com' }
  const taken: Contents = { users: people('Rin'), groups: [{ displayName: 'On-Call' }] }

  it.each(['folded', 'exact'] as const)('in another case is told before anything is sent (%s)', async (caseInNames) => {
    const cloud = await newCloud({ contents: taken, faults: { ...faults, unconfirmed: { caseInNames } } })
    const office = newOffice(cloud.url, { groups: { Fine: {}, 'on-call': {} } })
    await expectRefused(cloud, office, 'group on-call differs only in case from the existing group On-Call')
    office.write({ users: { rin }, groups: { Fine: {} } })
    await expectRefused(cloud, office, 'user rin differs only in case from the existing user Rin')
  })

  it('though no list shows it yet, is not tried again', async () => {
    const cloud = await newCloud({ faults })
    await cloud.faults({ ...faults, listLag: 60 })
    await cloud.add(taken)
    await cloud.forget()
    const office = newOffice(cloud.url, { users: { Rin: rin }, groups: { 'On-Call': {} } })
    const { code, failed } = await office.outcomes()
    expect({ code, failed: Object.keys(failed).sort() }).toEqual({ code: 1, failed: ['group/On-Call', 'user/Rin'] })
    expect([await count(cloud, 'CreateUser'), await count(cloud, 'CreateGroup')]).toEqual([1, 1])
  })

  it('in another group, is not tried again by a rename', async () => {
    const cloud = await newCloud({ contents: { groups: [{ displayName: 'Old' }] }, faults })
    await cloud.faults({ ...faults, listLag: 60 })
    await cloud.add(taken)
    await cloud.forget()
    const { code } = await newOffice(cloud.url, { groups: { 'On-Call': { was: 'Old' } } }).outcomes()
    expect({ code, updates: await count(cloud, 'UpdateGroup') }).toEqual({ code: 1, updates: 1 })
  })
})

describe.concurrent('a set whose roles take their time', () => {
  const contents: Contents = {
    users: people('rin'),
    permissionSets: [{ name: 'Slow', tags: ours }],
    assignments: [dev, prod].map((account) => ({ permissionSet: 'Slow', user: 'rin', account })),
  }

  it.each<readonly [string, Faults, Sections]>([
    ['seconds', { ...faults, roleSeconds: 3 }, { permission_sets: {} }],
    ['looks', { ...faults, lag: 3 }, { absent: { permission_sets: ['Slow'] } }],
    ['seconds, when it is renamed', { ...faults, roleSeconds: 3 }, { permission_sets: { Quick: { was: 'Slow' } } }],
  ])('is deleted when they are gone, after some %s', async (_what, slow, sections) => {
    const cloud = await newCloud({ contents, faults: slow })
    await expectApplied(newOffice(cloud.url, sections))
    const tries = (await cloud.calls()).filter(({ operation }) => operation === 'DeletePermissionSet')
    expect(tries.map(({ error }) => error ?? 'done')).toEqual([
      ...tries.slice(1).map(() => 'ConflictException'),
      'done',
    ])
    expect(tries.length).toBeGreaterThan(1)
    expect((await cloud.calls()).filter(({ operation }) => isWrite(operation)).length).toBeLessThan(tries.length + 4)
  })

  it('grants it again while they go', async () => {
    const cloud = await newCloud({ contents, faults: { ...faults, roleSeconds: 3 } })
    const rule = (...accounts: readonly string[]) => [{ users: ['rin'], permission_sets: ['Slow'], accounts }]
    const office = newOffice(cloud.url, {
      users: external('rin'),
      permission_sets: { Slow: {} },
      assignments: rule(dev),
    })
    await expectApplied(office)
    office.write({ users: external('rin'), permission_sets: { Slow: {} }, assignments: rule(dev, prod) })
    await expectApplied(office)
  })
})
