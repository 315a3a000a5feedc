import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { type Cloud, endClouds, newCloud, replicate } from './support/cloud.ts'
import { expectSettled, line, newOffice } from './support/office.ts'

vi.setConfig({ testTimeout: 60_000 })
afterEach(endClouds)

const region = 'us-east-1'
const dev = '222233334444'
const prod = '333344445555'
const center = (more: object) => ({ identity_center: { region, ...more } })

async function held(cloud: Cloud) {
  return (await cloud.portrait()) as {
    readonly instances: readonly { readonly name?: string; readonly replicas: readonly string[] }[]
    readonly delegates: readonly string[]
  }
}

describe('what no instance can have', () => {
  it('is told of before anything is read, with what can be', async () => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url, center({ name: '株式会社', additional_regions: ['cn-north-1', 'eu-west-9'] }))
    const { code, stderr } = await office.run(['plan', '--no-color'])
    expect([code, await cloud.calls()]).toEqual([1, []])
    expect(stderr).toContain('use 1 to 255 characters: letters from a to z')
    expect(stderr).toContain('"cn-north-1" is in the partition aws-cn')
    office.write(center({ name: 'ok', additional_regions: ['eu-west-9'] }))
    const validated = await office.run(['validate', '--no-color'])
    expect([validated.code, validated.stderr]).toEqual([0, expect.stringContaining('"eu-west-9" is no Region that')])
  })
})

describe('the delegated administrator', () => {
  it('is registered once, and stays when the file no longer names it', async () => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url, { accounts: { dev }, ...center({ delegated_administrator: 'dev' }) })
    const [planned, ...others] = (await office.plan()).operations
    expect(others).toEqual([])
    expect(planned).toMatchObject({
      address: `delegated-administrator/${dev}`,
      verb: 'create',
      attention: 'more-rights',
      effect: 'administrators of dev can manage users, groups and access to all member accounts',
    })
    expect(await office.apply()).toMatchObject({ code: 0 })
    expect((await held(cloud)).delegates).toEqual([dev])
    await expectSettled(office)
    office.write(center({}))
    await expectSettled(office)
    office.write({ ...center({}), absent: { delegated_administrators: [dev] } })
    expect((await office.plan()).operations.map(line)).toEqual([`delete delegated-administrator/${dev}`])
    expect(await office.apply()).toMatchObject({ code: 0 })
    expect((await held(cloud)).delegates).toEqual([])
    await expectSettled(office)
  })

  it('is replaced only where the one before is listed as absent, and then in this order', async () => {
    const cloud = await newCloud()
    await cloud.delegate(dev)
    const office = newOffice(cloud.url, center({ delegated_administrator: prod }))
    const { complete, diagnostics } = await office.plan()
    expect(complete).toBe(false)
    expect(diagnostics).toMatchObject([
      {
        code: 'delegate-taken',
        message: `account ${dev} is the delegated administrator, and AWS allows one`,
        hint: `to keep it, run sso-reconcile adopt delegated-administrator/${dev}; to replace it, write under absent: delegated_administrators: ["${dev}"]`,
      },
    ])
    expect(await office.apply()).toMatchObject({ code: 1 })
    expect((await held(cloud)).delegates).toEqual([dev])
    office.write({ ...center({ delegated_administrator: prod }), absent: { delegated_administrators: [dev] } })
    await cloud.forget()
    expect(await office.apply()).toMatchObject({ code: 0 })
    const writes = (await cloud.calls()).map(({ operation }) => operation).filter((name) => /egister/.test(name))
    expect(writes).toEqual(['DeregisterDelegatedAdministrator', 'RegisterDelegatedAdministrator'])
    expect((await held(cloud)).delegates).toEqual([prod])
    await expectSettled(office)
  })

  it.each([
    ['the one that is registered', 'delegated-administrator/dev', dev],
    ['the one that the file names', `delegated-administrator/${prod}`, undefined],
    ['both', `delegated-administrator/${prod} delegated-administrator/Dev`, dev],
  ])('is as it is live once a file that names another one adopts %s', async (_which, words, expected) => {
    const cloud = await newCloud()
    await cloud.delegate(dev)
    const office = newOffice(cloud.url, { ...center({ delegated_administrator: prod }), accounts: { dev } })
    const { code, stderr } = await office.run(['adopt', ...words.split(' ')])
    expect(code, stderr).toBe(0)
    const { identity_center } = parse(readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8'))
    expect([dev, 'dev', undefined]).toContain(identity_center.delegated_administrator)
    expect(identity_center.delegated_administrator === undefined).toBe(expected === undefined)
    await expectSettled(office)
  })

  it('changes nothing about itself', async () => {
    const cloud = await newCloud()
    const asDelegate = await cloud.delegate(dev)
    const office = newOffice(cloud.url, center({ delegated_administrator: dev }), asDelegate)
    await expectSettled(office)
    office.write({ ...center({}), absent: { delegated_administrators: [dev] } })
    const { code, stderr } = await office.apply()
    expect(code).toBe(1)
    expect(stderr).toContain(
      `delegated-administrator/${dev} can only be removed by the management account 111122223333`,
    )
    expect((await held(cloud)).delegates).toEqual([dev])
  })

  it.each([
    ['management', 'the management account manages Identity Center without being registered'],
    ['111122223333', 'account 111122223333 is the management account'],
    ['999900001111', 'account 999900001111 is not in the organization'],
    ['unheard-of', 'account "unheard-of" is not a nickname under accounts'],
  ])('cannot be %s', async (delegated_administrator, said) => {
    const cloud = await newCloud()
    const { code, stderr } = await newOffice(cloud.url, center({ delegated_administrator })).apply()
    expect(code).toBe(1)
    expect(stderr).toContain(said)
    expect(stderr).toMatch(/sso\.yaml:2:\d+/)
  })

  it('is told when its account is closed', async () => {
    const cloud = await newCloud()
    await cloud.delegate(dev)
    await cloud.put([{ id: dev, name: 'Dev', state: 'SUSPENDED' }])
    const { code, stderr } = await newOffice(cloud.url, center({ delegated_administrator: dev })).run(['plan'])
    expect(code).toBe(0)
    expect(stderr).toContain(`account Dev (${dev}) is not active: nobody can manage Identity Center from there`)
  })

  it('is not declared by its name and absent by its id', async () => {
    const cloud = await newCloud()
    await cloud.delegate(dev)
    const office = newOffice(cloud.url, {
      ...center({ delegated_administrator: { name: 'Dev' } }),
      absent: { delegated_administrators: [dev] },
    })
    const { code, stderr } = await office.run(['plan'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/sso\.yaml:3:\d+ +error +account Dev \(222233334444\) is both declared and absent/)
  })

  it('whose registration got no answer counts as registered by this run', async () => {
    const cloud = await newCloud()
    await cloud.faults({ rules: [{ kind: 'cut-after', operations: ['RegisterDelegatedAdministrator'], times: 1 }] })
    const { code, stdout, stderr } = await newOffice(cloud.url, center({ delegated_administrator: dev })).apply()
    expect(code).toBe(0)
    expect(stdout + stderr).not.toContain('another run')
    expect((await held(cloud)).delegates).toEqual([dev])
  })

  it('cannot be a closed account', async () => {
    const cloud = await newCloud()
    await cloud.put([{ id: '666677778888', name: 'Closed', state: 'SUSPENDED' }])
    const { code, stderr } = await newOffice(cloud.url, center({ delegated_administrator: '666677778888' })).apply()
    expect(code).toBe(1)
    expect(stderr).toContain(
      'account Closed (666677778888) is not active, and cannot become the delegated administrator',
    )
  })
})

describe('additional Regions', () => {
  it('are added one after the other, each until it can be used, and stay when they are not listed', async () => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url, center({ additional_regions: ['eu-west-1', 'ap-northeast-1'] }))
    const { operations, diagnostics } = await office.plan()
    expect(operations.map(line)).toEqual([
      'create additional-region/ap-northeast-1',
      'create additional-region/eu-west-1',
    ])
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'region-prerequisites' }])
    expect(await office.apply()).toMatchObject({ code: 0 })
    expect((await held(cloud)).instances).toMatchObject([{ replicas: ['ap-northeast-1 ACTIVE', 'eu-west-1 ACTIVE'] }])
    await expectSettled(office)
    office.write(center({ additional_regions: ['eu-west-1'] }))
    await expectSettled(office)
    office.write({ ...center({}), absent: { additional_regions: ['ap-northeast-1'] } })
    expect(await office.apply()).toMatchObject({ code: 0 })
    expect((await held(cloud)).instances).toMatchObject([{ replicas: ['eu-west-1 ACTIVE'] }])
    await expectSettled(office)
  })

  it('that AWS is still adding are waited for', async () => {
    const cloud = await newCloud()
    await replicate(cloud, 'eu-west-1', 'ADDING')
    const office = newOffice(cloud.url, center({ additional_regions: ['eu-west-1'] }))
    await cloud.forget()
    const { code, stdout } = await office.apply()
    expect(code).toBe(0)
    expect(stdout).toContain('AWS is still adding eu-west-1; apply waits until that has ended')
    expect((await cloud.calls()).map(({ operation }) => operation)).not.toContain('AddRegion')
    await expectSettled(office)
  })

  it('that AWS is still removing are added again once they are gone', async () => {
    const cloud = await newCloud()
    await replicate(cloud, 'eu-west-1', 'REMOVING')
    const office = newOffice(cloud.url, center({ additional_regions: ['eu-west-1'] }))
    expect(await office.apply()).toMatchObject({ code: 0 })
    expect((await held(cloud)).instances).toMatchObject([{ replicas: ['eu-west-1 ACTIVE'] }])
  })

  it('of which AWS says something unknown are not taken for being in use', async () => {
    const cloud = await newCloud()
    await replicate(cloud, 'eu-west-1', 'ADD_FAILED')
    const office = newOffice(cloud.url, center({ additional_regions: ['eu-west-1'] }))
    const { code, stderr } = await office.run(['plan'])
    expect(code).toBe(1)
    expect(stderr).toContain('AWS says of the additional Region eu-west-1: add failed')
  })

  it('come and go where lists show both only later', async () => {
    const cloud = await newCloud({ faults: { listLag: 1 } })
    const office = newOffice(cloud.url, center({ additional_regions: ['eu-west-1'] }))
    expect(await office.apply()).toMatchObject({ code: 0 })
    expect((await held(cloud)).instances).toMatchObject([{ replicas: ['eu-west-1 ACTIVE'] }])
    office.write({ ...center({}), absent: { additional_regions: ['eu-west-1'] } })
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const gone = await office.apply()
    expect(gone.code, gone.stdout + gone.stderr).toBe(0)
    expect((await held(cloud)).instances).toMatchObject([{ replicas: [] }])
  })

  it('name what AWS asks for where it refuses them', async () => {
    const cloud = await newCloud({ faults: { unconfirmed: { regionPrerequisites: 'enforced' } } })
    const { code, stdout, stderr } = await newOffice(cloud.url, center({ additional_regions: ['eu-west-1'] })).apply()
    expect(code).toBe(1)
    expect((stdout + stderr).replace(/\s+/g, ' ')).toContain(
      'encrypted with a multi-Region key of your own that has a replica in the Region',
    )
    expect((await held(cloud)).instances).toMatchObject([{ replicas: [] }])
  })

  it.each([
    [{ additional_regions: [region] }, {}, `"${region}" is the primary Region`],
    [{}, { additional_regions: [region] }, `"${region}" is the primary Region`],
    [{ additional_regions: ['eu-west-1'] }, { additional_regions: ['eu-west-1'] }, 'is both declared and absent'],
    [
      { start_url: 'https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws' },
      { additional_regions: ['eu-west-1'] },
      'identity_center.start_url is the access portal in "eu-west-1"',
    ],
  ])('contradict nothing else: %j %j', async (more, absent, said) => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url, { ...center(more), absent })
    const { code, stderr } = await office.run(['validate'])
    expect(code).toBe(1)
    expect(stderr.replace(/\s+/g, ' ')).toContain(said)
  })
})

describe('the name of the instance', () => {
  it('is given and changed, and left alone where the file does not say it', async () => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url, center({ name: 'corp' }))
    expect(await office.apply()).toMatchObject({ code: 0 })
    expect((await held(cloud)).instances).toMatchObject([{ name: 'corp' }])
    await expectSettled(office)
    office.write(center({ name: 'example.org' }))
    expect((await office.plan()).operations.map(line)).toEqual([
      'update instance-name/identity-center name: corp -> example.org',
    ])
    expect(await office.apply()).toMatchObject({ code: 0 })
    office.write(center({}))
    await expectSettled(office)
    expect((await held(cloud)).instances).toMatchObject([{ name: 'example.org' }])
  })
})

describe('settings of the instance', () => {
  const all = { name: 'corp', additional_regions: ['eu-west-1'], delegated_administrator: dev }

  it('are not even read where the file does not speak of them', async () => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url, { users: {} })
    await cloud.forget()
    await office.plan()
    const asked = (await cloud.calls()).map(({ operation }) => operation)
    expect(asked).not.toContain('ListRegions')
    expect(asked).not.toContain('ListDelegatedAdministrators')
  })

  it('are an error where they are declared and may not be read', async () => {
    const cloud = await newCloud()
    for (const [operation, sections] of [
      ['ListRegions', center({ additional_regions: ['eu-west-1'] })],
      ['ListDelegatedAdministrators', center({ delegated_administrator: dev })],
    ] as const) {
      await cloud.faults({ rules: [{ kind: 'deny', operations: [operation] }] })
      const { code, stderr } = await newOffice(cloud.url, sections).run(['plan'])
      expect(code).toBe(1)
      expect(stderr).toContain(`${operation} was denied`)
    }
  })

  it('are written by init, and told by access', async () => {
    const cloud = await newCloud()
    await cloud.delegate(dev)
    await replicate(cloud, 'eu-west-1')
    const office = newOffice(cloud.url, center({ name: 'corp' }))
    expect(await office.apply()).toMatchObject({ code: 0 })
    const { stdout } = await office.run(['access', '--format', 'text'])
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `Delegated administrator: Dev (${dev}), whose administrators can manage users, groups and access to all member accounts.`,
    )
    expect(stdout).toContain('Additional Regions, each with an access portal: eu-west-1.')
    const told = JSON.parse((await office.run(['access', '--format', 'json'])).stdout)
    expect(told.identity_center).toEqual({
      name: 'corp',
      delegated_administrators: [{ account: dev, account_label: 'Dev', administrators: [] }],
      additional_regions: [{ region: 'eu-west-1' }],
      unread: [],
    })
    expect(await office.run(['init', '--force'])).toMatchObject({ code: 0 })
    const text = readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8')
    expect(parse(text)).toMatchObject({
      identity_center: { region, name: 'corp', additional_regions: ['eu-west-1'], delegated_administrator: 'dev' },
      accounts: { dev },
    })
    await expectSettled(office)
  })

  it('that may not be read are said to be unread, by access and by init', async () => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url)
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['ListRegions', 'ListDelegatedAdministrators'] }] })
    const { code, stdout } = await office.run(['access', '--format', 'text'])
    expect(code).toBe(0)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Not read: delegated administrator: organizations:ListDelegatedAdministrators was denied',
    )
    expect(stdout.replace(/\s+/g, ' ')).toContain('Not read: additional Regions: sso:ListRegions was denied')
    expect(await office.run(['init', '--force'])).toMatchObject({ code: 0 })
    const text = readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8')
    expect(text).toContain('additional Regions: sso:ListRegions was denied')
  })

  it('drift is taken into the file by adopt', async () => {
    const cloud = await newCloud()
    await cloud.delegate(dev)
    await replicate(cloud, 'eu-west-1')
    const office = newOffice(cloud.url, {
      ...center({ name: 'old', additional_regions: ['ap-northeast-1'] }),
      absent: { delegated_administrators: [dev], additional_regions: ['eu-west-1'] },
    })
    await newOffice(cloud.url, center({ name: 'live' })).apply()
    for (const at of [
      'instance-name/identity-center',
      `delegated-administrator/${dev}`,
      'additional-region/eu-west-1',
      'additional-region/ap-northeast-1',
    ]) {
      const { code, stderr } = await office.run(['adopt', at])
      expect(code, at + stderr).toBe(0)
    }
    await expectSettled(office)
    expect(parse(readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8'))).toMatchObject({
      identity_center: { name: 'live', additional_regions: ['eu-west-1'], delegated_administrator: dev },
    })
  })

  it('are all that a manifest has to hold, and --only narrows down to each', async () => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url, center(all))
    for (const kind of ['instance-name', 'additional-region', 'delegated-administrator']) {
      expect((await office.plan('--only', kind)).operations.map((one) => one.kind)).toEqual([kind])
      expect(await office.apply('--only', kind)).toMatchObject({ code: 0 })
    }
    await expectSettled(office)
  })
})
