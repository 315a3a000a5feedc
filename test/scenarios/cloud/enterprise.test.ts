import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import type { Contents, ContentUser } from '../../../src/sandbox/content-types.ts'
import { isFull, tries } from '../../support/effort.ts'
import { type Cloud, newCloud } from './support/cloud.ts'
import { expectSettled, newOffice } from './support/office.ts'

vi.setConfig({ testTimeout: isFull ? 3_600_000 : 240_000 })

const extension = 'aws:identitystore:enterprise'
const costCenter = `\${path:enterprise.costCenter}`
const person = (name: string, more: object = {}) => ({
  given_name: name,
  family_name: name,
  email: `${name}@example.com`,
  ...more,
})
const live = (userName: string, attributes: object = {}): ContentUser => ({
  userName,
  email: `${userName}@example.com`,
  attributes: attributes as NonNullable<ContentUser['attributes']>,
})
const held = (members: object) => ({ Extensions: { [extension]: members } })

interface Row {
  readonly UserId: string
  readonly UserName: string
  attributes: Record<string, unknown>
}

async function usersOf(cloud: Cloud): Promise<Readonly<Record<string, Row>>> {
  const { users = {} } = (await cloud.export()) as unknown as { users?: Record<string, Row> }
  return Object.fromEntries(Object.values(users).map((one) => [one.UserName, one]))
}

/** Puts attributes into the state that no request would take. */
async function put(cloud: Cloud, userName: string, attributes: object): Promise<void> {
  const tables = await cloud.export()
  const rows = Object.values((tables as unknown as { users: Record<string, Row> }).users)
  for (const row of rows) if (row.UserName === userName) row.attributes = { ...row.attributes, ...attributes }
  await cloud.restore(tables)
}

/** What a user has beside what a manifest says, under every member that the tool writes. */
const besides = {
  Photos: [{ Value: 'https://example.com/ann.png', Type: 'photo', Display: '写真', Primary: true }],
  Roles: [{ Value: 'Old', Type: 'Work', Primary: true }],
  Extensions: {
    [extension]: {
      department: 'R&D',
      badge: { color: 'blue', level: 3 },
      manager: { value: 'okta-77', $ref: '../Users/77', displayName: 'Boss' },
    },
    'aws:identitystore:other': { costCenter: 'of somebody else' },
  },
}

describe.concurrent('what AWS keeps beside the enterprise attributes of a manifest', () => {
  it('survives every update, byte for byte', async () => {
    const cloud = await newCloud({ contents: { users: [live('ann'), live('bob')] } })
    await put(cloud, 'ann', besides)
    const said = { cost_center: '4130', department: '開発', manager: 'bob', roles: ['New'] }
    const office = newOffice(cloud.url, { users: { ann: person('ann', said), bob: person('bob') } })
    const { code, stdout, stderr } = await office.apply()
    expect(code, stdout + stderr).toBe(0)
    const { ann, bob } = await usersOf(cloud)
    const enterprise = besides.Extensions[extension]
    expect(ann?.attributes).toMatchObject({
      Photos: besides.Photos,
      Roles: [{ Value: 'New', Type: 'Work', Primary: true }],
      Extensions: {
        ...besides.Extensions,
        [extension]: {
          ...enterprise,
          costCenter: '4130',
          department: '開発',
          manager: { ...enterprise?.manager, value: bob?.UserId },
        },
      },
    })
    await expectSettled(office)
  })

  it('is not even sent: each change names one member', async () => {
    const cloud = await newCloud({ contents: { users: [live('ann', held({ department: 'R&D' })), live('bob')] } })
    const relay = await cloud.relay()
    const sent: unknown[] = []
    relay.pass = ({ operation, body }, forward) => {
      if (operation === 'UpdateUser') sent.push(JSON.parse(body).Operations)
      return forward()
    }
    const said = { cost_center: '4130', department: '', manager: 'bob' }
    const office = newOffice(relay.url, { users: { ann: person('ann', said), bob: person('bob') } })
    expect((await office.apply()).code).toBe(0)
    expect(sent).toEqual([
      [
        { AttributePath: `${extension}.costCenter`, AttributeValue: '4130' },
        { AttributePath: `${extension}.department` },
        { AttributePath: `${extension}.manager.value`, AttributeValue: (await usersOf(cloud)).bob?.UserId },
      ],
    ])
  })

  it('is no matter of a manifest that does not speak of them: nothing is asked for', async () => {
    const cloud = await newCloud({ contents: { users: [live('ann', held({ department: 'R&D' }))] } })
    const relay = await cloud.relay()
    const asked: string[] = []
    relay.pass = ({ operation, body }, forward) => {
      if (/User|AccessControl/.test(operation)) asked.push(`${operation} ${Object.keys(JSON.parse(body)).sort()}`)
      return forward()
    }
    const office = newOffice(relay.url, { users: { ann: person('ann', { title: 'Lead' }) } })
    expect((await office.apply()).code).toBe(0)
    expect([...new Set(asked)].sort()).toEqual([
      'ListUsers IdentityStoreId,MaxResults',
      'UpdateUser IdentityStoreId,Operations,UserId',
    ])
  })
})

describe.concurrent('a manager', () => {
  it('who is made by the same plan is made first, however the names sort, and a chain of them too', async () => {
    const cloud = await newCloud()
    const users = { a: person('a', { manager: 'm' }), m: person('m', { manager: 'z' }), z: person('z') }
    const office = newOffice(cloud.url, { users })
    expect((await office.plan()).operations.map(({ address }) => address)).toEqual(['user/z', 'user/m', 'user/a'])
    expect((await office.apply('--target', 'user/a')).code).toBe(0)
    const { a, m, z } = await usersOf(cloud)
    expect([a, m, z].map((one) => (one?.attributes.Extensions as Extensions)?.[extension]?.manager?.value)).toEqual([
      m?.UserId,
      z?.UserId,
      undefined,
    ])
    await expectSettled(office)
  })

  it('who cannot be made is waited for by those who need them', async () => {
    const rule = { kind: 'deny' as const, operations: ['CreateUser'] }
    const cloud = await newCloud({ contents: { users: [live('a'), live('b')] }, faults: { rules: [rule] } })
    const users = { a: person('a', { manager: 'z' }), b: person('b', { cost_center: '1' }), z: person('z') }
    const { skipped, failed, done } = await newOffice(cloud.url, { users }).outcomes()
    expect([Object.keys(failed), Object.keys(skipped), done]).toEqual([['user/z'], ['user/a'], ['user/b']])
  })

  it('of an identity provider, or one whose access is revoked, is a manager like any other', async () => {
    const idp = { ...live('idp'), externalIds: [{ Issuer: 'https://idp.example.com', Id: '1' }] }
    const cloud = await newCloud({ contents: { users: [idp, live('gone'), live('a'), live('b')] } })
    const office = newOffice(cloud.url, {
      users: {
        a: person('a', { manager: 'idp' }),
        b: person('b', { manager: 'gone' }),
        idp: { external: true },
        gone: person('gone'),
      },
      revoked: { gone: '2026-01-01T00:00:00Z' },
    })
    expect((await office.apply()).code).toBe(0)
    await expectSettled(office)
  })

  it('who is no user stays as it is where the file does not say, and is never mistaken for a name', async () => {
    const contents = { users: [live('ann', held({ manager: { value: 'bob' } })), live('bob')] }
    const cloud = await newCloud({ contents })
    const office = newOffice(cloud.url, { users: { ann: person('ann', { cost_center: '1' }), bob: person('bob') } })
    expect((await office.apply()).code).toBe(0)
    expect((await usersOf(cloud)).ann?.attributes).toMatchObject(held({ costCenter: '1', manager: { value: 'bob' } }))
    office.write({ users: { ann: person('ann', { manager: 'bob' }), bob: person('bob') } })
    const [update] = (await office.plan()).operations
    expect(update?.fields).toEqual([{ path: 'manager', before: 'bob (not a user)', after: 'bob' }])
    const refused = await office.run(['adopt', 'user/ann'])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('no user of the directory')])
    expect((await office.apply()).code).toBe(0)
    await expectSettled(office)
  })

  it('who goes is told of with those who have them on record', async () => {
    const cloud = await newCloud({ contents: { users: [live('boss'), live('a'), live('b')] } })
    const office = newOffice(cloud.url, {
      users: { a: person('a', { manager: 'boss' }), b: person('b', { manager: 'boss' }), boss: person('boss') },
    })
    expect((await office.apply()).code).toBe(0)
    office.write({
      users: { a: person('a', { manager: 'b' }), b: person('b', { cost_center: '1' }) },
      absent: { users: ['boss'] },
    })
    const { operations } = await office.plan()
    expect(operations.find(({ verb }) => verb === 'delete')?.effect).toBe(
      'was the manager of b, which AWS may keep on record',
    )
    expect((await office.apply()).code).toBe(0)
    // Two who manage each other go together all the same.
    office.write({ users: {}, absent: { users: ['a', 'b'] } })
    const ids = await usersOf(cloud)
    await put(cloud, 'b', held({ manager: { value: ids.a?.UserId } }))
    const { code, stderr } = await office.apply('--max-deletes', '2')
    expect(code, stderr).toBe(0)
  })
})

describe.concurrent('init and adopt', () => {
  const text = (office: { readonly desk: { readonly work: string } }) =>
    readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8')
  const cloudOf = async () => {
    const cloud = await newCloud({ contents: { users: [live('ann'), live('boss')] } })
    const boss = (await usersOf(cloud)).boss?.UserId
    const members = { costCenter: '0413', employeeNumber: 7, department: '開発', manager: { value: boss }, badge: 'x' }
    await put(cloud, 'ann', { ...held(members), Roles: [{ Value: 'Lead', Type: 'Work', Primary: false }] })
    await put(cloud, 'boss', held({ manager: { value: 'okta-77' } }))
    return cloud
  }

  it('write what is live, after which a plan is empty, and say what they cannot', async () => {
    const office = newOffice((await cloudOf()).url)
    expect((await office.run(['init', '--force'])).code).toBe(0)
    const { users } = parse(text(office))
    expect(users.ann).toMatchObject({
      ...{ cost_center: '0413', employee_number: '7', department: '開発', manager: 'boss' },
      roles: [{ value: 'Lead', type: 'Work', primary: false }],
    })
    expect(users.boss.manager).toBe(undefined)
    expect(text(office)).toContain('# user boss, manager: okta-77 (not a user); it stays as it is')
    await expectSettled(office)
  })

  it('take a user with a manager only together, and name the command', async () => {
    const office = newOffice((await cloudOf()).url, { users: {} })
    const alone = await office.run(['adopt', 'user/ann'])
    expect([alone.code, alone.stderr]).toEqual([1, expect.stringContaining('adopt user/boss user/ann')])
    expect((await office.run(['adopt', 'user/boss', 'user/ann'])).code).toBe(0)
    expect(parse(text(office)).users.ann).toMatchObject({ manager: 'boss', cost_center: '0413' })
    await expectSettled(office)
  })
})

type Extensions = Readonly<Record<string, { readonly manager?: { readonly value?: string } }>> | undefined

describe.concurrent('a server', () => {
  const users = { ann: person('ann', { title: 'Lead' }) }
  const said = { ann: person('ann', { title: 'Lead', cost_center: '4130' }) }

  it.each(['ignored', 'refused'] as const)(
    'whose extensions are %s stands in nobody’s way who does not use them, init and access included',
    async (extensions) => {
      const contents = { users: [live('ann')], accessControlAttributes: { CostCenter: costCenter } }
      const cloud = await newCloud({ contents })
      await cloud.faults({ unconfirmed: { extensions } })
      const office = newOffice(cloud.url, { users })
      expect((await office.apply()).code).toBe(0)
      const { code, stdout } = await office.run(['init', '--force'])
      expect([code, stdout]).toEqual([0, expect.stringContaining('1 user')])
      const { session_tags: tags } = JSON.parse((await office.run(['access', '--json'])).stdout)
      expect(tags).toEqual({
        tags: [{ key: 'CostCenter', source: costCenter, attribute: 'cost_center', known: false }],
        users_without: [],
      })
      await expectSettled(office)
    },
  )

  it('that refuses them refuses a plan that needs them', async () => {
    const cloud = await newCloud({ contents: { users: [live('ann')] } })
    await cloud.faults({ unconfirmed: { extensions: 'refused' } })
    const { code, stderr } = await newOffice(cloud.url, { users: said }).run(['plan'])
    expect([code, stderr]).toEqual([1, expect.stringContaining('is not supported')])
    const text = stderr.replace(/\s+/g, ' ')
    expect(text).toContain(
      'users can be listed there, but not with their enterprise attributes: identitystore:ListUsers',
    )
    expect(text).toContain('this Region or server does not know them: take ')
    expect(text).not.toContain('correct the value')
  })

  it('that passes them over is no success: what was made and cannot be seen is named', async () => {
    const cloud = await newCloud()
    await cloud.faults({ unconfirmed: { extensions: 'ignored' } })
    const office = newOffice(cloud.url, { users: said })
    const { code, stdout, stderr } = await office.apply()
    expect([code, stdout + stderr]).toEqual([1, expect.stringContaining('user/ann')])
    office.write({ users: { ann: person('ann', { title: 'Lead', cost_center: '' }) } })
    const { diagnostics } = await office.plan()
    expect(diagnostics.map(({ code: one, message }) => [one, message])).toEqual([
      ['enterprise-unseen', expect.stringContaining('cost center of ann is to be empty, but')],
    ])
  })

  it('that answers some user’s attributes is believed about the others', async () => {
    const cloud = await newCloud({ contents: { users: [live('ann'), live('bob', held({ division: 'X' }))] } })
    const office = newOffice(cloud.url, { users: { ann: person('ann', { cost_center: '' }) } })
    const { operations, diagnostics } = await office.plan()
    expect([operations, diagnostics]).toEqual([[], []])
  })

  it('whose answer to a create gets lost is looked at again, managers by name', async () => {
    const cloud = await newCloud({
      contents: { users: [live('boss')] },
      faults: { rules: [{ kind: 'cut-after', operations: ['CreateUser', 'UpdateUser'], times: 2 }] },
    })
    const office = newOffice(cloud.url, {
      users: {
        ann: person('ann', { manager: 'boss', roles: ['A'], cost_center: '1' }),
        boss: person('boss', { division: 'D' }),
      },
    })
    const { code, stdout, stderr } = await office.apply()
    expect(code, stdout + stderr).toBe(0)
    await expectSettled(office)
  })
})

describe.concurrent('a change of what a session tag is made of', () => {
  const contents: Contents = {
    users: [live('ann', held({ costCenter: '1', department: 'D' })), live('bob')],
    groups: [{ displayName: 'team' }],
    accessControlAttributes: { CostCenter: costCenter, Title: `\${path:title}` },
  }
  const tags = { access_control_attributes: { CostCenter: costCenter, Title: `\${path:title}` } }
  const effects = async (sections: object) => {
    const office = newOffice((await newCloud({ contents })).url, sections as never)
    return (await office.plan()).operations.map(({ address, effect }) => [address, effect])
  }

  it('is said, whether the file or the instance names the tag', async () => {
    const expected = [
      ['user/bob', 'new sessions carry the session tag CostCenter'],
      [
        'user/ann',
        'new sessions carry another value of the session tag CostCenter; new sessions carry the session tag Title',
      ],
    ]
    const users = {
      ann: person('ann', { cost_center: '2', department: 'E', title: 'T' }),
      bob: person('bob', { cost_center: '2' }),
    }
    expect(await effects({ users, ...tags })).toEqual(expected)
    expect(await effects({ users })).toEqual(expected)
    expect(await effects({ users: { ann: person('ann', { cost_center: '', department: 'D' }) } })).toEqual([
      ['user/ann', 'new sessions no longer carry the session tag CostCenter'],
    ])
    // Without a word of either, the file sends what it always sent, and nobody knows.
    expect(await effects({ users: { ann: person('ann', { title: 'T' }) } })).toEqual([['user/ann', undefined]])
  })

  it('waits until all else is done, and so does what is granted to the user', async () => {
    const cloud = await newCloud({ contents })
    const sections = {
      users: { ann: person('ann', { cost_center: '2' }), bob: person('bob', { department: 'E' }), cy: person('cy') },
      groups: { team: { members: ['ann', 'bob'] } },
    }
    const office = newOffice(cloud.url, sections)
    expect((await office.plan()).operations.map(({ address }) => address)).toEqual([
      'user/bob',
      'user/cy',
      'membership/team:bob',
      'user/ann',
      'membership/team:ann',
    ])
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['CreateUser'] }] })
    const { skipped } = await office.outcomes()
    expect(Object.keys(skipped).sort()).toEqual(['membership/team:ann', 'user/ann'])
  })

  it('may change rights where nobody may read the attributes, and the plan says so', async () => {
    const cloud = await newCloud({
      contents,
      faults: { rules: [{ kind: 'deny', operations: ['DescribeInstanceAccessControlAttributeConfiguration'] }] },
    })
    const office = newOffice(cloud.url, { users: { ann: person('ann', { cost_center: '2' }) } })
    const [update] = (await office.plan()).operations
    expect(update?.effect).toContain('session tags may change')
    expect((await office.run(['access'])).stderr).toContain('Session tags were not checked: ')
  })
})

describe.concurrent('a session tag whose source is misspelt', () => {
  it('is warned of at its line, and not promised', async () => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url, { access_control_attributes: { Cost: '$' + '{path:enterprise.costcentre}' } })
    expect(await office.run(['validate'])).toMatchObject({ code: 0 })
    const { stdout, stderr } = await office.run(['plan', '--no-color'])
    expect(stderr).toContain('sso.yaml:3:')
    expect(stderr).toContain(`did you mean "${costCenter}"?`)
    expect(stdout).toContain('not known whether sessions carry Cost: AWS documents no such source')
    expect(stdout).not.toContain('new sessions carry')
  })
})

const text = fc.oneof(
  fc.constantFrom('', '4130', '0701984', '開発', 'é ü', '🦊 & co', 'x'.repeat(1024)),
  fc.stringMatching(/^[a-zA-Z0-9 .,;:#&"'-]{0,20}$/),
)
const filledText = text.filter((one) => one.trim() !== '')
const keys = {
  employee_number: 'employeeNumber',
  cost_center: 'costCenter',
  organization: 'organization',
  division: 'division',
  department: 'department',
} as const

describe('users at random', () => {
  const members = fc.record(
    {
      ...Object.fromEntries(Object.values(keys).map((key) => [key, filledText])),
      other: filledText,
      manager: fc.record({ value: fc.constantFrom('okta', 'u1'), displayName: filledText }),
    },
    { requiredKeys: [] },
  )
  const liveUser = fc.record(
    {
      Extensions: members.map((one) => ({ [extension]: one })),
      Photos: fc.constant(besides.Photos),
      Roles: filledText.map((Value) => [{ Value, Type: 'T' }]),
    },
    { requiredKeys: [] },
  )
  const saidUser = fc.record(
    {
      ...Object.fromEntries(Object.keys(keys).map((key) => [key, text])),
      manager: fc.constantFrom('', 'u0', 'u1'),
      roles: fc.array(filledText, { maxLength: 1 }),
    },
    { requiredKeys: [] },
  )

  it('end as the manifest says, and keep everything that it does not say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(liveUser, saidUser), { minLength: 3, maxLength: 3 }), async (drawn) => {
        const cloud = await newCloud({ contents: { users: drawn.map((_, index) => live(`u${index}`)) } })
        for (const [index, [attributes]] of drawn.entries()) await put(cloud, `u${index}`, attributes)
        // Nobody is their own manager: each has one of a lower number.
        const says = drawn.map(([, { manager, ...rest }], index) =>
          manager === undefined || (manager !== '' && Number(manager.slice(1)) >= index) ? rest : { ...rest, manager },
        )
        const office = newOffice(cloud.url, {
          users: Object.fromEntries(says.map((said, index) => [`u${index}`, person(`u${index}`, said)])),
        })
        const { code, stdout, stderr } = await office.apply()
        expect(code, stdout + stderr).toBe(0)
        const ids = Object.fromEntries(
          Object.values(await usersOf(cloud)).map(({ UserName, UserId }) => [UserName, UserId]),
        )
        const seen = await usersOf(cloud)
        for (const [index, [attributes]] of drawn.entries()) {
          const { Extensions, Photos } = seen[`u${index}`]?.attributes ?? {}
          const before: Record<string, unknown> = attributes.Extensions?.[extension] ?? {}
          const expected = after(before, says[index] ?? {}, ids)
          expect([Extensions ?? {}, Photos]).toEqual([
            Object.keys(expected).length > 0 ? { [extension]: expected } : {},
            attributes.Photos,
          ])
        }
        await expectSettled(office)
      }),
      tries(8, 200),
    )
  })
})

/** The extension as it should be after a manifest was applied, worked out on its own. */
function after(
  before: Record<string, unknown>,
  said: Readonly<Record<string, unknown>>,
  ids: Readonly<Record<string, string>>,
) {
  const next = { ...before }
  for (const [key, member] of Object.entries(keys)) {
    const value = said[key]
    if (typeof value !== 'string') continue
    // What trimming makes of a value may be what AWS made of it, and nothing but white space clears.
    if (value.trim() === '') delete next[member]
    else if (next[member] !== value.trim()) next[member] = value
  }
  if (said.manager === '') delete next.manager
  else if (typeof said.manager === 'string') next.manager = { ...(next.manager as object), value: ids[said.manager] }
  return next
}
