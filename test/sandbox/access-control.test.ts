import {
  AddRegionCommand,
  CreateInstanceAccessControlAttributeConfigurationCommand,
  CreateInstanceCommand,
  DescribeInstanceAccessControlAttributeConfigurationCommand,
  ListInstancesCommand,
  ListRegionsCommand,
} from '@aws-sdk/client-sso-admin'
import { describe, expect, it } from 'vitest'
import type { Faults } from '../../src/sandbox/faults/faults.ts'
import { configuration, control, costCenter, country, department, email, from } from './access-control.ts'
import { admin, clients, sandbox, seed, thrown } from './harness.ts'
import { dev, worked, world } from './world.ts'

async function started(faults: Faults = {}) {
  const own = await world({ faults })
  return { own, ...control(own) }
}

const name = async (call: Promise<unknown>) => (await thrown(call)).name

describe('attributes for access control', () => {
  it('are absent, then made, replaced as a whole, and removed', async () => {
    const { create, update, remove, look } = await started()
    const refused = async () => [await name(look()), await name(update({})), await name(remove())]
    expect(await refused()).toEqual(Array(3).fill('ResourceNotFoundException'))
    await create({ CostCenter: costCenter, Email: email })
    const shown = configuration({ CostCenter: costCenter, Email: email })
    expect(await look()).toEqual({ Status: 'ENABLED', InstanceAccessControlAttributeConfiguration: shown })
    expect(await name(create({ Email: email }))).toBe('ConflictException')
    await update({ Department: department })
    expect(await look()).toMatchObject({
      InstanceAccessControlAttributeConfiguration: configuration({ Department: department }),
    })
    await remove()
    expect(await refused()).toEqual(Array(3).fill('ResourceNotFoundException'))
    await create({ CostCenter: costCenter })
  })

  it('may be none, and are enabled all the same', async () => {
    const { create, look } = await started()
    await create({})
    expect(await look()).toEqual({
      Status: 'ENABLED',
      InstanceAccessControlAttributeConfiguration: { AccessControlAttributes: [] },
    })
  })

  it('are fifty at most, with keys up to 128 characters and values up to 256, of any letters', async () => {
    const { create, update, look } = await started()
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, from('userName')]))
    expect(await name(create(many(51)))).toBe('ValidationException')
    expect(await name(create({ ['k'.repeat(129)]: email }))).toBe('ValidationException')
    expect(await name(create({ '': email }))).toBe('ValidationException')
    expect(await name(create({ 'k*': email }))).toBe('ValidationException')
    expect(await name(create({ k: from('n'.repeat(249)) }))).toBe('ValidationException')
    await create(many(50))
    await update({ Both: from('name.givenName') + from('name.familyName') })
    await update({ ['k'.repeat(128)]: from('n'.repeat(248)), 'Kosten Stelle/ü_1': country })
    expect(await look()).toMatchObject({ Status: 'ENABLED' })
  })

  it('have one source each', async () => {
    const { own } = await started()
    const Source = (sources: string[]) => ({ AccessControlAttributes: [{ Key: 'k', Value: { Source: sources } }] })
    for (const sources of [[], [email, costCenter]]) {
      const command = new CreateInstanceAccessControlAttributeConfigurationCommand({
        InstanceArn: own.InstanceArn,
        InstanceAccessControlAttributeConfiguration: Source(sources),
      })
      expect(await name(own.aws.admin.send(command))).toBe('ValidationException')
    }
  })

  it.each([
    '',
    'Munich',
    '{path:userName}',
    from('userName').replace('path:', ''),
    from(''),
    `a${from('userName')}`,
    `${from('a')} ${from('b')}`,
  ])('take %j for a source only where any text is one', async (source) => {
    const { own, create, look } = await started()
    expect(await thrown(create({ k: source }))).toMatchObject({
      name: 'ValidationException',
      message: `The source of k is not a user attribute: ${source}`,
    })
    await own.faults({ unconfirmed: { attributeSources: 'any' } })
    await create({ k: source })
    expect(await look()).toMatchObject({ InstanceAccessControlAttributeConfiguration: configuration({ k: source }) })
  })

  it.each([
    ['folded', 'ValidationException'],
    ['exact', worked],
  ] as const)('may or may not have keys that differ in case only: %s', async (caseInAttributeKeys, outcome) => {
    const { create, update } = await started({ unconfirmed: { caseInAttributeKeys } })
    const both = { Team: department, team: costCenter }
    expect(await name(create(both))).toBe(outcome)
    if (outcome !== worked) await create({})
    expect(await name(update(both))).toBe(outcome)
  })

  it('never have the same key twice', async () => {
    const { own } = await started({ unconfirmed: { caseInAttributeKeys: 'exact' } })
    const one = { Key: 'k', Value: { Source: [email] } }
    const command = new CreateInstanceAccessControlAttributeConfigurationCommand({
      InstanceArn: own.InstanceArn,
      InstanceAccessControlAttributeConfiguration: { AccessControlAttributes: [one, one] },
    })
    expect(await thrown(own.aws.admin.send(command))).toMatchObject({ message: 'The attribute key k is given twice.' })
  })
})

describe('the creation of attributes for access control', () => {
  const slow = { looks: 2, seconds: 60, unconfirmed: { accessControlCreation: 'in-progress' } } as const

  it.each([
    ['after some looks', async ({ look }: Awaited<ReturnType<typeof started>>) => [await look(), await look()]],
    ['in time', async ({ own }: Awaited<ReturnType<typeof started>>) => own.pass(60)],
  ] as const)('may be in progress for a while, and nothing else goes until it ends %s', async (_how, wait) => {
    const all = await started(slow)
    const { own, create, update, remove, look } = all
    await create({ CostCenter: costCenter })
    expect([await name(create({})), await name(update({})), await name(remove())]).toEqual(
      Array(3).fill('ConflictException'),
    )
    own.pass(59)
    await wait(all)
    expect((await look()).Status).toBe('ENABLED')
    await update({})
    await remove()
  })

  it('says so to whoever looks', async () => {
    const { create, look } = await started(slow)
    await create({ CostCenter: costCenter })
    const statuses = [(await look()).Status, (await look()).Status, (await look()).Status]
    expect(statuses).toEqual(['CREATION_IN_PROGRESS', 'CREATION_IN_PROGRESS', 'ENABLED'])
  })

  it('fails by order, and what failed has to be deleted first', async () => {
    const { create, update, remove, look, own } = await started({ rules: [{ kind: 'fail', reason: 'No room.' }] })
    await create({ CostCenter: costCenter })
    expect(await look()).toMatchObject({ Status: 'CREATION_FAILED', StatusReason: 'No room.' })
    expect([await name(create({})), await name(update({}))]).toEqual(['ConflictException', 'ConflictException'])
    await remove()
    await own.faults({})
    await create({})
    expect(await look()).not.toHaveProperty('StatusReason')
  })
})

describe('who and where', () => {
  it('a delegated administrator may do all of it, another account nothing', async () => {
    const own = await world()
    const { create, update, remove, look } = control(own, clients(own.url, 'AKIA444455556666XXXX'))
    const all = async () => [await name(create({})), await name(look()), await name(update({})), await name(remove())]
    expect(await all()).toEqual(Array(4).fill('AccessDeniedException'))
    await admin(own.url, 'POST', 'delegate', { account: dev })
    expect(await all()).toEqual(Array(4).fill(worked))
  })

  it('only the primary Region takes it', async () => {
    const own = await world()
    const { create, look } = control(own, clients(own.url, 'dummy', 'eu-west-1'))
    const both = async () => [await name(create({})), await name(look())]
    expect(await both()).toEqual(Array(2).fill('ResourceNotFoundException'))
    const { InstanceArn } = own
    await own.aws.admin.send(new AddRegionCommand({ InstanceArn, RegionName: 'eu-west-1' }))
    await own.aws.admin.send(new ListRegionsCommand({ InstanceArn }))
    expect(await both()).toEqual(Array(2).fill('ValidationException'))
  })

  it('an account instance has none', async () => {
    const { url } = await sandbox({ seed: { ...seed, fresh: true } })
    const { admin: by } = clients(url)
    await by.send(new CreateInstanceCommand({}))
    const { Instances: [instance] = [] } = await by.send(new ListInstancesCommand({}))
    const { InstanceArn } = instance ?? {}
    const command = new DescribeInstanceAccessControlAttributeConfigurationCommand({ InstanceArn })
    expect(await name(by.send(command))).toBe('ValidationException')
  })

  it('faults strike it as they do others', async () => {
    const { own, create, look } = await started({ rules: [{ kind: 'conflict', times: 1 }] })
    expect(await thrown(create({}))).toMatchObject({
      name: 'ConflictException',
      message: expect.stringMatching(/Retry/),
    })
    await create({})
    await own.faults({ rules: [{ kind: 'deny', operations: ['*AccessControlAttributeConfiguration'] }] })
    expect(await name(look())).toBe('AccessDeniedException')
  })
})
