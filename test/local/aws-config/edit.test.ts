import { parse } from 'ini'
import { describe, expect, test } from 'vitest'
import { editConfig } from '../../../src/local/aws-config/edit.ts'
import type { SectionEdit } from '../../../src/local/aws-config/section-edit.ts'
import { Refusal } from '../../../src/model/diagnostic.ts'

const owner = 'sso-reconcile'

function update(set: Record<string, string>, unset: string[] = [], name = 'a'): SectionEdit {
  return { verb: 'update', kind: 'profile', name, set, unset }
}

function create(name: string, set: Record<string, string> = { region: 'x' }): SectionEdit {
  return { verb: 'create', kind: 'profile', name, owner, set }
}

function remove(name: string): SectionEdit {
  return { verb: 'delete', kind: 'profile', name }
}

function refusal(text: string, ...edits: SectionEdit[]): string {
  try {
    editConfig(text, edits, 'config')
  } catch (cause) {
    if (cause instanceof Refusal) return cause.diagnostics.map(({ code, at }) => `${at?.line ?? '-'} ${code}`).join()
    throw cause
  }
  return 'accepted'
}

type Row = [what: string, before: string, edits: SectionEdit[], after: string]

describe('create', () => {
  const rows: Row[] = [
    ['in an empty text', '', [create('a')], '# managed by sso-reconcile\n[profile a]\nregion = x\n'],
    ['the default profile', '', [create('default')], '# managed by sso-reconcile\n[default]\nregion = x\n'],
    [
      'behind a text without final line end, which has none then either',
      '[b]\nx = 1',
      [create('a')],
      '[b]\nx = 1\n\n# managed by sso-reconcile\n[profile a]\nregion = x',
    ],
    [
      'behind a last line of spaces, which would make the header a continuation',
      '[b]\nx = 1\n  ',
      [create('a', {})],
      '[b]\nx = 1\n  \n\n# managed by sso-reconcile\n[profile a]',
    ],
    [
      'with the line ends of the file',
      '[b]\r\nx = 1\ny = 2\r\n',
      [create('a')],
      '[b]\r\nx = 1\ny = 2\r\n\r\n# managed by sso-reconcile\r\n[profile a]\r\nregion = x\r\n',
    ],
    [
      'with lone CR where there is nothing else',
      '[b]\r',
      [create('a', {})],
      '[b]\r\r# managed by sso-reconcile\r[profile a]\r',
    ],
    [
      'with the keys in the order given',
      '',
      [{ verb: 'create', kind: 'sso-session', name: 'm', owner: 'sso-reconcile/home', set: { z: '1', b: '2', a: '' } }],
      '# managed by sso-reconcile/home\n[sso-session m]\nz = 1\nb = 2\na =\n',
    ],
    [
      'two of them',
      '# mine\n',
      [create('a', {}), create('b', {})],
      '# mine\n\n# managed by sso-reconcile\n[profile a]\n\n# managed by sso-reconcile\n[profile b]\n',
    ],
  ]
  test.each(rows)('%s', (_what, before, edits, after) => {
    expect(editConfig(before, edits, 'config')).toBe(after)
  })
})

describe('update', () => {
  const rows: Row[] = [
    [
      'a value',
      '[profile a]\nregion = x\noutput = y\n',
      [update({ region: 'z' })],
      '[profile a]\nregion = z\noutput = y\n',
    ],
    [
      'a value of another spelling',
      '[profile a]\n  Region:x  \r\n',
      [update({ region: 'z' })],
      '[profile a]\n  Region:z  \r\n',
    ],
    ['a value with $&', '[profile a]\nregion = x\n', [update({ region: '$&$1' })], '[profile a]\nregion = $&$1\n'],
    [
      'a value with a note, which is part of it',
      '[profile a]\nregion = x # y\n',
      [update({ region: 'x' })],
      '[profile a]\nregion = x\n',
    ],
    [
      'an empty value',
      '[profile a]\nregion =\noutput=\n',
      [update({ region: 'x', output: 'y' })],
      '[profile a]\nregion = x\noutput=y\n',
    ],
    ['to an empty value', '[profile a]\nregion = x\n', [update({ region: '' })], '[profile a]\nregion =\n'],
    [
      'a value of several lines',
      '[profile a]\nx = 1\n  2\n# c\n\n  3\ny = 4\n',
      [update({ x: '5' })],
      '[profile a]\nx = 5\n# c\n\ny = 4\n',
    ],
    [
      'an equal value of several spellings',
      '[profile a]\nRegion :  x\n',
      [update({ region: 'x' })],
      '[profile a]\nRegion :  x\n',
    ],
    [
      'never a nested property',
      '[profile a]\ns3 =\n  region = n\n',
      [update({ region: 'x' })],
      '[profile a]\ns3 =\n  region = n\nregion = x\n',
    ],
    [
      'with a new key behind the last',
      '[profile a]\nx = 1\n\n# b\n[b]\n',
      [update({ y: '2' })],
      '[profile a]\nx = 1\ny = 2\n\n# b\n[b]\n',
    ],
    [
      'with a new key indented as its siblings',
      '[profile a]\n  x = 1\n',
      [update({ y: '2' })],
      '[profile a]\n  x = 1\n  y = 2\n',
    ],
    [
      'with a new key in front of an indented block, behind which AWS SDKs take all for nested',
      '[profile a]\n  x = 1\n  s3 =\n    b = c\n',
      [update({ y: '2' })],
      '[profile a]\n  x = 1\n  y = 2\n  s3 =\n    b = c\n',
    ],
    [
      'with a new key below a header',
      '[profile a]\n# c\n[b]\n',
      [update({ y: '2' })],
      '[profile a]\ny = 2\n# c\n[b]\n',
    ],
    [
      'with a new key in front of an indented header, once what stood in between is gone',
      '[default]\n[profile b]\n\t[plugins]\n',
      [{ verb: 'update', kind: 'profile', name: 'default', set: { region: 'x' }, unset: [] }, remove('b')],
      '[default]\n\tregion = x\n\t[plugins]\n',
    ],
    [
      'with a new key in front of an indented header',
      '[profile a]\n  [b]\n',
      [update({ y: '2' })],
      '[profile a]\n  y = 2\n  [b]\n',
    ],
    [
      'with a new key behind a last line without end',
      '[profile a]\r\nx = 1',
      [update({ y: '2' })],
      '[profile a]\r\nx = 1\r\ny = 2',
    ],
    ['without a key', '[profile a]\nx = 1\n  2\nY = 3\n', [update({}, ['x', 'y', 'z'])], '[profile a]\n'],
    ['without a key, with another', '[profile a]\n  x = 1\n', [update({ y: '2' }, ['x'])], '[profile a]\n  y = 2\n'],
    ['[default]', '[default]\nx = 1\n', [update({ x: '2' }, [], 'default')], '[default]\nx = 2\n'],
    [
      '[profile default]',
      '[profile default]\nx = 1\n',
      [update({ x: '2' }, [], 'default')],
      '[profile default]\nx = 2\n',
    ],
    [
      'a quoted name',
      '[profile "my dev"] # n\nx = 1\n',
      [update({ x: '2' }, [], 'my dev')],
      '[profile "my dev"] # n\nx = 2\n',
    ],
    [
      'keeps the mark and all around',
      '# managed by sso-reconcile/b\n[profile a]\n; c\nx=1\n\n#d\n',
      [update({ x: '2' })],
      '# managed by sso-reconcile/b\n[profile a]\n; c\nx=2\n\n#d\n',
    ],
    ['nothing at all', 'junk, as nothing is asked for', [], 'junk, as nothing is asked for'],
  ]
  test.each(rows)('%s', (_what, before, edits, after) => {
    expect(editConfig(before, edits, 'config')).toBe(after)
  })
})

describe('delete', () => {
  const mark = '# managed by sso-reconcile\n'
  const rows: Row[] = [
    ['the last section', `[b]\n\n${mark}[profile a]\nx = 1\n`, [remove('a')], '[b]\n'],
    ['the only section', `${mark}[profile a]\nx = 1\n`, [remove('a')], ''],
    ['the first section', `${mark}[profile a]\nx = 1\n\n# b\n[b]\n`, [remove('a')], '# b\n[b]\n'],
    ['all, however they are spaced', `${mark}[profile a]\n\n${mark}[profile b]\n`, [remove('a'), remove('b')], ''],
    [
      'a block and a comment inside',
      `[b]\n\n${mark}[profile a]\ns3 =\n  x = 1\n# c\n  y = 2\n`,
      [remove('a')],
      '[b]\n',
    ],
    [
      'nothing that stands below it',
      `[b]\n\n${mark}[profile a]\nx = 1\n# c\n\n# d\n[e]\n`,
      [remove('a')],
      '[b]\n\n# c\n\n# d\n[e]\n',
    ],
    ['only one of two blank lines', `[b]\n\n\n${mark}[profile a]\n`, [remove('a')], '[b]\n\n'],
    ['no line of spaces', `[b]\n \n${mark}[profile a]\n`, [remove('a')], '[b]\n \n'],
    [
      'a section without mark, keeping the note above',
      '[b]\n\n# note\n[profile a]\nx = 1\n',
      [remove('a')],
      '[b]\n\n# note\n',
    ],
    ['without handing its mark on', `${mark}[profile a]\n[profile b]\n`, [remove('a')], '[profile b]\n'],
    [
      'without handing a stray mark on',
      `${mark}\n${mark}[profile a]\n[profile b]\n`,
      [remove('a')],
      `${mark}\n[profile b]\n`,
    ],
    [
      'and create anew',
      `${mark}[profile a]\nold = 1\n`,
      [remove('a'), create('a')],
      `${mark}[profile a]\nregion = x\n`,
    ],
  ]
  test.each(rows)('%s', (_what, before, edits, after) => {
    expect(editConfig(before, edits, 'config')).toBe(after)
  })
})

describe('refuses', () => {
  const rows: [what: string, before: string, edits: SectionEdit[], found: string][] = [
    ['what the AWS CLI cannot read', '[a]\njunk\n', [create('b')], '2 config-junk'],
    ['to create what exists', '\n[profile a]\n', [create('a')], '2 config-edit-misfit'],
    [
      'to create a default that exists as [profile default]',
      '[profile default]\n',
      [create('default')],
      '1 config-edit-misfit',
    ],
    ['to update what does not exist', '', [update({ x: '1' })], '1 config-edit-misfit'],
    ['to delete what does not exist', '[a]\n', [remove('a')], '1 config-edit-misfit'],
    ['to edit one section twice', '[profile a]\n', [update({}), remove('a')], '1 config-edit-misfit'],
    ['to create one section twice', '', [create('a'), create('a')], '1 config-edit-misfit'],
    [
      'to touch a profile that is there twice',
      '[default]\n[profile default]\n',
      [remove('default')],
      '2 config-ambiguous-section',
    ],
    ['to put one value over a block', '[profile a]\ns3 =\n  x = 1\n', [update({ s3: 'y' })], '2 config-nested-value'],
    [
      'a deletion that would hide an indented header',
      '[a]\nx = 1\n[profile a]\n   y = 2\n  [b]\n',
      [remove('a')],
      '5 config-indented-header',
    ],
    [
      'to touch a section with a header hidden in it',
      '[profile a]\nx = 1\n  [profile b]\n',
      [remove('a')],
      '3 config-indented-header',
    ],
    [
      'to create what is hidden in a value',
      '[profile a]\nx = 1\n  [profile b]\n',
      [create('b')],
      '3 config-indented-header',
    ],
    ...['', 'a b', 'a]', 'a\n[b]', 'ü', '__proto__', '-', '-x'].map((name): [string, string, SectionEdit[], string] => [
      `the name ${JSON.stringify(name)}`,
      '',
      [create(name)],
      '- config-bad-name',
    ]),
    ...['', 'Region', 'a b', 'a=b', '__proto__', 'a\nb', '[a', '#a'].map(
      (key): [string, string, SectionEdit[], string] => [
        `the key ${JSON.stringify(key)}`,
        '',
        [create('a', { [key]: 'x' })],
        '- config-bad-key',
      ],
    ),
    ...['a\nb', 'a\rb', 'a\0b', 'a #b', 'a\t;b', '#a', ';a', ' a', 'a ', 'a\u0085b', 'a\u2028b', '\ud800'].map(
      (value): [string, string, SectionEdit[], string] => [
        `the value ${JSON.stringify(value)}`,
        '',
        [create('a', { x: value })],
        '- config-bad-value',
      ],
    ),
  ]
  test.each(rows)('%s', (_what, before, edits, found) => {
    expect(refusal(before, ...edits)).toBe(found)
  })

  test('a bad value without repeating it', () => {
    expect(() => editConfig('', [create('a', { x: 'SECRET\n' })], 'config')).toThrow(/^(?!.*SECRET).*profile "a", x/)
  })
})

test('a new section reads the same with the ini package, another independent reader', () => {
  const set = { sso_session: 'home', sso_account_id: '012345678901', sso_role_name: 'Read', region: 'eu-west-1' }
  const text = editConfig('# note\n[default]\nregion = x', [create('dev', set)], 'config')
  expect(parse(text)).toEqual({ default: { region: 'x' }, 'profile dev': set })
})

test('names every reader takes are accepted', () => {
  for (const name of ['a', '012', 'a_b@c+d.e%f:g/h-i', 'toString', 'a-'])
    expect(refusal('', create(name))).toBe('accepted')
})
