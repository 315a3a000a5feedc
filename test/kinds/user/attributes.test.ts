import { describe, expect, it } from 'vitest'
import { createInput, type Lists, readUser, updateInput } from '../../../src/kinds/user/attributes.ts'
import type { JsonObject } from '../../../src/model/json.ts'

const known = { idOf: (name: string) => `id of ${name}`, nameOf: (id: string) => id.replace('id of ', '') }
const store = { IdentityStoreId: 'd-1234567890', UserId: 'u' }

describe('the entry of a list that a manifest speaks of', () => {
  const rows: readonly (readonly [string, Lists, JsonObject])[] = [
    ['is the only one, marked or not', { Emails: [{ Value: 'a@example.com' }] }, { email: 'a@example.com' }],
    [
      'is the primary one',
      {
        Emails: [{ Value: 'a@example.com' }, { Value: 'b@example.com', Primary: true }],
        PhoneNumbers: [
          { Value: '1', Primary: false },
          { Value: '2', Primary: true },
        ],
        Addresses: [{ Locality: 'Kobe' }, { Locality: 'Osaka', Primary: true }],
      },
      { email: 'b@example.com', phone: '2', address: { locality: 'Osaka' } },
    ],
    [
      'is the first where none is primary',
      { PhoneNumbers: [{ Value: '1', Primary: false }, { Value: '2' }] },
      { phone: '1' },
    ],
    ['is none where the list is empty', { Emails: [], Addresses: [{ Formatted: 'Osaka', Primary: true }] }, {}],
  ]
  it.each(rows)('%s', (_what, lists, spec) => expect(readUser({ ...store, ...lists }, known)).toEqual(spec))
})

describe('an update keeps what stands beside it', () => {
  const home = { StreetAddress: '1-1', Locality: 'Tokyo', Formatted: '1-1, Tokyo', Type: 'home', Primary: true }
  const rows: readonly (readonly [string, Lists, JsonObject, JsonObject, unknown])[] = [
    [
      'type and mark of an e-mail address',
      { Emails: [{ Value: 'a@example.com', Type: 'private', Primary: true }] },
      { email: 'a@example.com' },
      { email: 'b@example.com' },
      [
        {
          AttributePath: 'emails',
          AttributeValue: [{ value: 'b@example.com', type: 'private', primary: true }],
        },
      ],
    ],
    [
      'further numbers, before and behind',
      { PhoneNumbers: [{ Value: '1', Type: 'fax' }, { Value: '2', Type: 'mobile', Primary: true }, { Value: '3' }] },
      { phone: '2' },
      { phone: '4' },
      [
        {
          AttributePath: 'phoneNumbers',
          AttributeValue: [{ value: '1', type: 'fax' }, { value: '4', type: 'mobile', primary: true }, { value: '3' }],
        },
      ],
    ],
    [
      'what somebody changed since the plan, who is told by the next one',
      { PhoneNumbers: [{ Value: '9', Type: 'home', Primary: false }] },
      { phone: '1' },
      { phone: '4' },
      [{ AttributePath: 'phoneNumbers', AttributeValue: [{ value: '4', type: 'home', primary: false }] }],
    ],
    [
      'type, mark and formatted text of an address, of which left out parts go',
      { Addresses: [home] },
      { address: { street: '1-1', locality: 'Tokyo' } },
      { address: { locality: 'Osaka' } },
      [
        {
          AttributePath: 'addresses',
          AttributeValue: [{ locality: 'Osaka', formatted: '1-1, Tokyo', type: 'home', primary: true }],
        },
      ],
    ],
    [
      'an address that has a formatted text alone',
      { Addresses: [{ Formatted: 'Tokyo' }] },
      {},
      { address: { locality: 'Osaka' } },
      [{ AttributePath: 'addresses', AttributeValue: [{ locality: 'Osaka', formatted: 'Tokyo' }] }],
    ],
    [
      'nothing where there was nothing, as after a create',
      {},
      {},
      { email: 'b@example.com', phone: '1', address: { country: 'JP' } },
      [
        { AttributePath: 'emails', AttributeValue: [{ value: 'b@example.com', type: 'work', primary: true }] },
        { AttributePath: 'phoneNumbers', AttributeValue: [{ value: '1', type: 'work', primary: true }] },
        { AttributePath: 'addresses', AttributeValue: [{ country: 'JP', primary: true }] },
      ],
    ],
    [
      'nothing of what is cleared',
      { PhoneNumbers: [{ Value: '1', Type: 'home' }, { Value: '2' }], Addresses: [home] },
      { phone: '1', address: { street: '1-1', locality: 'Tokyo' } },
      { address: {} },
      [{ AttributePath: 'phoneNumbers' }, { AttributePath: 'addresses' }],
    ],
    ['everything where nothing changes', { Addresses: [home] }, { address: {} }, {}, []],
  ]
  it.each(rows)('%s', (_what, held, before, after, operations) => {
    expect(updateInput(before, after, held, known)).toEqual(operations)
  })

  it('and what it leads to reads as what was asked for', () => {
    for (const [, held, before, after] of rows) {
      const members = updateInput(before, after, held, known).map(({ AttributePath = '', AttributeValue }) => [
        AttributePath.charAt(0).toUpperCase() + AttributePath.slice(1),
        (AttributeValue as JsonObject[] | undefined)?.map(capitalised),
      ])
      const changed = readUser({ ...store, ...held, ...Object.fromEntries(members) }, known)
      expect(changed).toMatchObject(Object.fromEntries(Object.entries(after).filter(([, one]) => !isEmpty(one))))
    }
  })
})

describe('a role', () => {
  const held = {
    Roles: [
      { Value: 'Other', Type: 'Home' },
      { Value: 'Old', Type: 'Work', Primary: true },
    ],
  }
  const spec = readUser({ ...store, ...held }, known)

  it('is the primary one, and the others stay', () => {
    expect(spec).toEqual({ roles: { value: 'Old', type: 'Work', primary: true } })
    const after = { roles: { value: 'New', type: 'Work', primary: true } }
    expect(updateInput(spec, after, held, known)).toEqual([
      {
        AttributePath: 'roles',
        AttributeValue: [
          { value: 'Other', type: 'Home' },
          { value: 'New', type: 'Work', primary: true },
        ],
      },
    ])
  })

  it('that is new is the primary one, unless the manifest says otherwise', () => {
    const rolesOf = (roles: JsonObject) => createInput({ roles }, known).Roles
    expect(rolesOf({ value: 'A' })).toEqual([{ Value: 'A', Primary: true }])
    expect(rolesOf({ value: 'A', primary: false })).toEqual([{ Value: 'A', Primary: false }])
  })
})

describe('the enterprise extension', () => {
  const extension = 'aws:identitystore:enterprise'
  const readFrom = (members: JsonObject) => readUser({ ...store, Extensions: { [extension]: members as never } }, known)

  it('is read as it is documented, with members in capitals too, and numbers as texts', () => {
    const said = { employee_number: '7', cost_center: 'c', department: 'd', manager: 'boss' }
    expect(readFrom({ employeeNumber: 7, costCenter: 'c', department: 'd', manager: { value: 'id of boss' } })).toEqual(
      said,
    )
    expect(
      readFrom({ EmployeeNumber: '7', CostCenter: 'c', Department: 'd', Manager: { Value: 'id of boss' } }),
    ).toEqual(said)
  })

  it('is nothing where it holds nothing that a manifest could say', () => {
    for (const members of [
      {},
      { other: 'x' },
      { manager: {} },
      { manager: 'text' },
      { costCenter: { a: 1 } },
      { division: '' },
      { division: null },
    ])
      expect(readFrom(members)).toEqual({})
    expect(readUser({ ...store, Extensions: { [extension]: null as never } }, known)).toEqual({})
  })

  it('goes with a create as a whole, and only where something is said', () => {
    expect(createInput({ cost_center: 'c', manager: 'boss', division: '' }, known)).toEqual({
      Extensions: { [extension]: { costCenter: 'c', manager: { value: 'id of boss' } } },
    })
    expect(createInput({ title: 't' }, known)).toEqual({ Title: 't' })
  })
})

// Without a mark of the primary address, SAML attributes made of it stay empty (aws-samples/terraform-aws-identity-center-users-and-groups 11).
it('a new user has a primary address', () => {
  expect(createInput({ email: 'a@example.com' }, known)).toMatchObject({
    Emails: [{ Value: 'a@example.com', Primary: true }],
  })
})

function capitalised(entry: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(entry).map(([key, one]) => [key.charAt(0).toUpperCase() + key.slice(1), one]),
  )
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
