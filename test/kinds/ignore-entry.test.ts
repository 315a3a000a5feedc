import { expect, it } from 'vitest'
import { assignment } from '../../src/kinds/assignment/assignment.ts'
import { does } from '../../src/kinds/declaration.ts'
import { group } from '../../src/kinds/group/group.ts'
import { address } from '../../src/model/address.ts'

const starred = { never: expect.stringContaining('has a * in it') }
it('a name with a star cannot be ignored by itself', () => {
  if (!does(group.ignore) || !does(assignment.ignore)) throw new Error('both can be ignored')
  expect(group.ignore.entry(address('group', 'ops*'), { spec: {} })).toEqual(starred)
  expect(group.ignore.entry(address('group', 'a b@c'), { spec: {} })).toEqual({ list: 'groups', item: 'a b@c' })
  const spec = { permission_set: 'Run', principal_type: 'group', principal: 'ops*', account: '222233334444' } as const
  expect(assignment.ignore.entry('assignment/x', { spec })).toEqual(starred)
  expect(assignment.ignore.entry('assignment/x', { spec: { ...spec, principal: 'ops' } })).toEqual({
    list: 'assignments',
    item: { group: 'ops', permission_set: 'Run', account: '222233334444' },
  })
})
