import { describe, expect, it, vi } from 'vitest'
import { newCloud } from './support/cloud.ts'
import { expectSettled, newOffice } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const extension = 'aws:identitystore:enterprise'

/** What a user has beside what a manifest can say. */
const besides = {
  Photos: [{ Value: 'https://example.com/ann.png', Type: 'photo', Primary: true }],
  Roles: [{ Value: 'Researcher', Type: 'Work', Primary: true }],
  Extensions: { [extension]: { department: 'R&D' } },
}
const contents = {
  users: [
    {
      userName: 'ann',
      givenName: 'Ann',
      familyName: 'Lee',
      attributes: {
        ...besides,
        Title: 'Lead',
        Emails: [{ Value: 'ann@example.com', Type: 'private', Primary: true }],
        PhoneNumbers: [{ Value: '+43 1', Type: 'mobile' }],
        Addresses: [
          { StreetAddress: 'Ring 1', Locality: 'Wien', Formatted: 'Ring 1, Wien', Type: 'home', Primary: true },
        ],
      },
    },
  ],
}
const ann = { given_name: 'Ann', family_name: 'Lee', email: 'ann@example.com' }

describe.concurrent('what a user has beside what a manifest says', () => {
  const rows: readonly (readonly [string, object, object])[] = [
    [
      'an e-mail address, a number and an address that change keep their types',
      { ...ann, email: 'lee@example.com', phone: '+43 2', address: { street: 'Ring 2', locality: 'Wien' } },
      {
        Emails: [{ Value: 'lee@example.com', Type: 'private', Primary: true }],
        PhoneNumbers: [{ Value: '+43 2', Type: 'mobile' }],
        Addresses: [
          { StreetAddress: 'Ring 2', Locality: 'Wien', Formatted: 'Ring 1, Wien', Type: 'home', Primary: true },
        ],
      },
    ],
    [
      'another title touches no list',
      { ...ann, title: 'Head' },
      {
        Title: 'Head',
        Emails: [{ Value: 'ann@example.com', Type: 'private', Primary: true }],
        PhoneNumbers: [{ Value: '+43 1', Type: 'mobile' }],
      },
    ],
    [
      'what is cleared is gone',
      { ...ann, title: '', phone: '', address: {} },
      { Emails: [{ Value: 'ann@example.com', Type: 'private', Primary: true }] },
    ],
  ]
  it.each(rows)('survives an update: %s', async (_what, wanted, expected) => {
    const cloud = await newCloud({ contents })
    const office = newOffice(cloud.url, { users: { ann: wanted } })
    const { code, stdout, stderr } = await office.apply()
    expect(code, stdout + stderr).toBe(0)
    const [user] = Object.values((await cloud.export()).users ?? {})
    expect(user?.attributes).toMatchObject({ ...besides, ...expected })
    const cleared = ['Title', 'PhoneNumbers', 'Addresses'].filter((member) => !(member in (user?.attributes ?? {})))
    expect(cleared).toEqual('title' in wanted && wanted.title === '' ? ['Title', 'PhoneNumbers', 'Addresses'] : [])
    await expectSettled(office)
  })

  it('is read only when a list changes, by one call for the user', async () => {
    const cloud = await newCloud({ contents })
    const office = newOffice(cloud.url, { users: { ann: { ...ann, title: 'Head' } } })
    const described = async () => {
      await cloud.forget()
      expect((await office.apply()).code).toBe(0)
      return (await cloud.calls()).filter(({ operation }) => operation === 'DescribeUser').length
    }
    expect(await described()).toBe(0)
    office.write({ users: { ann: { ...ann, phone: '+43 3' } } })
    expect(await described()).toBe(1)
  })

  it('stays unknown where it may not be read, and then nothing of the user is changed', async () => {
    const cloud = await newCloud({ contents, faults: { rules: [{ kind: 'deny', operations: ['DescribeUser'] }] } })
    const office = newOffice(cloud.url, { users: { ann: { ...ann, title: 'Head', phone: '+43 3' } } })
    const before = await cloud.portrait()
    const { code, failed } = await office.outcomes()
    expect(code).toBe(1)
    expect(failed['user/ann']).toContain('identitystore:DescribeUser was denied')
    expect(await cloud.portrait()).toEqual(before)
  })
})

describe.concurrent.each(['kept', 'trimmed'] as const)(
  'white space at the ends of attributes, %s by AWS',
  (userTexts) => {
    const texts = {
      department: 'Eng ',
      cost_center: ' 42',
      title: '\tLead',
      address: { street: ' Ring 1 ', region: ' ' },
    }
    const faults = { unconfirmed: { userTexts } }

    it('settles at once, in a user whose creation got no answer too', async () => {
      const lost = [{ kind: 'cut-after', operations: ['CreateUser'], times: 1 } as const]
      const cloud = await newCloud({ faults: { ...faults, rules: lost } })
      const office = newOffice(cloud.url, { users: { ann: { ...ann, ...texts } } })
      expect(await office.apply()).toMatchObject({ code: 0 })
      await expectSettled(office)
      office.write({ users: { ann: { ...ann, ...texts, department: ' Eng', title: 'Head ' } } })
      expect(await office.apply()).toMatchObject({ code: 0 })
      await expectSettled(office)
    })

    it('that is live and not in the file is a change, and nothing but white space clears', async () => {
      const held = { Extensions: { [extension]: { department: 'Eng ', costCenter: '42' } } }
      const user = { ...ann, userName: 'ann', attributes: { Emails: [{ Value: ann.email, Primary: true }], ...held } }
      const cloud = await newCloud({ contents: { users: [{ userName: 'ann', attributes: user.attributes }] } })
      await cloud.faults(faults)
      const office = newOffice(cloud.url, { users: { ann: { ...ann, department: 'Eng', cost_center: '42 ' } } })
      const { code, stdout, stderr } = await office.run(['plan', '--check', '--no-color'])
      expect(code, stderr).toBe(2)
      expect(stdout).toMatch(/ department +"Eng " -> Eng\n/)
      expect(stdout).not.toContain('cost center')
      expect(stderr).toContain('cost_center of user "ann" ends with white space')
      expect(await office.apply()).toMatchObject({ code: 0 })
      await expectSettled(office)
      office.write({ users: { ann: { ...ann, department: 'Eng', cost_center: '   ' } } })
      expect(await office.apply()).toMatchObject({ code: 0 })
      await expectSettled(office)
      const [row] = Object.values((await cloud.export()).users ?? {})
      expect(row?.attributes.Extensions).toEqual({ [extension]: { department: 'Eng' } })
    })
  },
)
