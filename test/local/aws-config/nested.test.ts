import { describe, expect, test } from 'vitest'
import { editConfig } from '../../../src/local/aws-config/edit.ts'
import { refusedWith } from '../../../src/model/diagnostic.ts'

const edit = (text: string, set: Record<string, string>, unset: string[] = []) =>
  editConfig(text, [{ verb: 'update', kind: 'profile', name: 'a', set, unset }], 'config')

const head = '[profile a]\n'

describe('blocks of nested settings', () => {
  test.each<[string, string, Record<string, string>, string[], string]>([
    [
      'a new block, behind the section’s own keys',
      'x = 1\n',
      { 's3.a': '1', y: '2', 's3.b': '2' },
      [],
      'x = 1\ny = 2\ns3 =\n    a = 1\n    b = 2\n',
    ],
    ['in an empty section', '', { 's3.a': '1' }, [], 's3 =\n    a = 1\n'],
    [
      'a property more, indented like the others',
      's3 =\n  a = 1\ny = 1\n',
      { 's3.b': '2' },
      [],
      's3 =\n  a = 1\n  b = 2\ny = 1\n',
    ],
    [
      'to a block that is the last thing',
      's3 =\n\ta = 1',
      { 's3.b': '2', y: '1' },
      [],
      's3 =\n\ta = 1\n\tb = 2\ny = 1',
    ],
    ['to an opener that has none', 's3 =\ny = 1\n', { 's3.b': '2' }, [], 's3 =\n    b = 2\ny = 1\n'],
    [
      'another value, spelling kept',
      's3 =\n  a=1\n  b  =  2\n',
      { 's3.a': '3', 's3.b': '4' },
      [],
      's3 =\n  a=3\n  b  =  4\n',
    ],
    ['the last of two counts', 's3 =\n  a = 1\n  a = 2\n', { 's3.a': '3' }, [], 's3 =\n  a = 1\n  a = 3\n'],
    [
      'the key of the section of the same name stays',
      'region = x\ns3 =\n  region = y\n',
      { 's3.region': 'z' },
      [],
      'region = x\ns3 =\n  region = z\n',
    ],
    ['a property less', 's3 =\n  a = 1\n  # note\n  b = 2\n', {}, ['s3.a'], 's3 =\n  # note\n  b = 2\n'],
    ['the block goes with its last property', 's3 =\n  a = 1\n  a = 2\ny = 1\n', {}, ['s3.a'], 'y = 1\n'],
    ['but not when another comes', 's3 =\n  a = 1\n', { 's3.b': '2' }, ['s3.a'], 's3 =\n  b = 2\n'],
    ['in an indented section', '    x =\n  y = 1\n', { 's3.a': '1' }, [], '    x =\n  y = 1\n  s3 =\n      a = 1\n'],
    ['in CRLF', 's3 =\r\n  a = 1\r\n', { 's3.a': '2', 's3.b': '$&' }, [], 's3 =\r\n  a = 2\r\n  b = $&\r\n'],
  ])('%s', (_name, before, set, unset, after) => {
    const top = before.includes('\r') ? '[profile a]\r\n' : head
    expect(edit(top + before, set, unset)).toBe(top + after)
    expect(edit(top + after, set, unset)).toBe(top + after)
  })

  test('a new section has its blocks last', () => {
    const set = { 's3.a': '1', region: 'x', 'api.b': '2', 's3.c': '3' }
    expect(
      editConfig('', [{ verb: 'create', kind: 'profile', name: 'a', owner: 'sso-reconcile', set }], 'config'),
    ).toBe('# managed by sso-reconcile\n[profile a]\nregion = x\ns3 =\n    a = 1\n    c = 3\napi =\n    b = 2\n')
  })

  test('refused: a stray mark that would become the mark of the next section', () => {
    const text = `${head}region = x\n# managed by sso-reconcile/other\n  more\n[profile b]\n`
    expect(() => edit(text, {}, ['region'])).toThrow(
      expect.toSatisfy((thrown) => refusedWith(thrown, 'config-moved-mark')),
    )
  })

  test.each([
    ['a value where a block is wanted', 's3 = x\n', { 's3.a': '1' }, 'config-nested-value'],
    ['a block where a value is wanted', 's3 =\n  a = 1\n', { s3: 'x' }, 'config-nested-value'],
    ['a name nobody would read', '', { 's3.a b': '1' }, 'config-bad-key'],
    ['a value readers disagree about', '', { 's3.a': '1 # 2' }, 'config-bad-value'],
  ])('refused: %s', (_name, before, set: Record<string, string>, code) => {
    expect(() => edit(head + before, set)).toThrow(expect.toSatisfy((thrown) => refusedWith(thrown, code)))
  })
})
