import { expect, it } from 'vitest'
import { leftOut } from '../../src/terraform/left-out.ts'
import type { Source } from '../../src/terraform/source.ts'

const rule = { users: ['taro'], permission_sets: ['Admin'], accounts: ['dev'] }

it.each([
  [
    { until: '2026-11-27' },
    ['until 2026-11-27, Admin for taro: Terraform does not end it; delete the assignment then.'],
  ],
  [{ until: '2026-11-26' }, ['until 2026-11-26, Admin for taro: that has passed, so it is left out.']],
  [
    { from: '2026-11-28' },
    ['from 2026-11-28, Admin for taro: Terraform does not begin it; what is not there yet is left out.'],
  ],
  [{ from: '2026-11-27' }, []],
])('what a rule says of %o, as it is at the time of the export', (dates, told) => {
  const source = {
    manifest: { manifest: { identity_center: { region: 'us-east-1' }, assignments: [{ ...rule, ...dates }] } },
    facts: { now: new Date('2026-11-27T12:00:00Z') },
    desired: { user: new Map() },
  } as unknown as Source
  expect(leftOut(source)).toEqual(told)
})
