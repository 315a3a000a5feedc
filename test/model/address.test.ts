import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Address, address, assignmentAddress, membershipAddress, shownAddress } from '../../src/model/address.ts'

const name = fc.string({
  unit: fc.constantFrom('a', 'あ', '@', '%', ':', '4', '0', ' ', '1'),
  minLength: 1,
  maxLength: 8,
})
const account = fc.constantFrom('111111111111', '444455556666')
const type = fc.constantFrom('user' as const, 'group' as const)

const any: fc.Arbitrary<Address> = fc.oneof(
  name.map((one) => address('user', one)),
  fc.tuple(name, name).map(([group, user]) => membershipAddress(group, user)),
  fc
    .tuple(name, type, name, account)
    .map(([set, type, principal, at]) => assignmentAddress({ set, principal: { type, name: principal }, account: at })),
)

it('is shown so that no two look the same, and none breaks a column', () => {
  fc.assert(
    fc.property(fc.uniqueArray(any, { minLength: 2, maxLength: 40 }), (all) => {
      const seen = all.map(shownAddress)
      expect(new Set(seen).size).toBe(all.length)
      expect(seen.filter((one) => /\s/.test(one))).toEqual([])
    }),
  )
})
