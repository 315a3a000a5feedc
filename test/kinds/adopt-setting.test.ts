import { expect, it } from 'vitest'
import { adoptedSetting } from '../../src/kinds/shared/adopt-setting.ts'

it.each([
  ['nothing', undefined, 0],
  ['a word', 'dev', 1],
  ['a reference', { name: 'Dev' }, 1],
  ['an empty list', [], 0],
  ['a list', ['eu-west-1', 'us-west-2'], 2],
] as const)(
  'a setting of the instance is counted, and what is refused of it is left out: %s',
  (_what, value, count) => {
    const setting = adoptedSetting('key', 'one', 'several')
    const identity_center = { region: 'us-east-1', ...(value === undefined ? {} : { key: value }) }
    expect(setting.count({ version: 1, identity_center })).toEqual([count, 'one', 'several'])
    expect(setting.section).toBe('identity_center.key')
    expect(setting.refused({ path: ['identity_center', 'key'], of: 'value', why: 'why', draft: {} })).toEqual([
      { about: 'identity_center.key', treatment: 'out', why: 'why' },
    ])
  },
)
