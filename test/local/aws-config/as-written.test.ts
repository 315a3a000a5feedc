import { describe, expect, test } from 'vitest'
import { isAsWritten, takenAway } from '../../../src/local/aws-config/as-written.ts'
import { parseConfig } from '../../../src/local/aws-config/document.ts'
import { editConfig } from '../../../src/local/aws-config/edit.ts'

const isOwnKey = (key: string) => ['sso_session', 'sso_account_id', 'sso_role_name', 'region'].includes(key)
const owner = 'sso-reconcile'
const set = { sso_session: 'main', sso_account_id: '012345678901', sso_role_name: 'Admin', region: '' }
const created = editConfig(
  '',
  ['a', 'default'].map((name) => ({ verb: 'create', kind: 'profile', name, owner, set })),
  '',
)
const remove = { verb: 'delete', kind: 'profile', name: 'a' } as const

describe('what the tool wrote needs no backup', () => {
  const rows: [what: string, text: string][] = [
    ['nothing', ''],
    ['as created', created],
    ['with CRLF', created.replaceAll('\n', '\r\n')],
    ['without a last line end', created.replace(/\n$/, '')],
    [
      'after an update',
      editConfig(created, [{ ...remove, verb: 'update', set: { region: 'x' }, unset: ['sso_session'] }], ''),
    ],
    ['of another manifest', created.replaceAll('by sso-reconcile', 'by sso-reconcile/work')],
  ]
  test.each(rows)('%s', (_what, text) => {
    const document = parseConfig(text, 'config')
    expect(isAsWritten(document, isOwnKey)).toBe(true)
    if (text !== '') expect(takenAway(document, [remove], isOwnKey)).toEqual([])
  })
})

describe('whatever a person added does', () => {
  const rows: [what: string, change: (text: string) => string][] = [
    ['a section', (text) => `${text}[profile b]\n`],
    ['a comment', (text) => `# note\n${text}`],
    ['a key', (text) => text.replace('Admin\n', 'Admin\ncli_pager = less\n')],
    ['a block', (text) => text.replace('Admin\n', 'Admin\ns3 =\n  region = x\n')],
    ['a comment within a section', (text) => text.replace('Admin\n', 'Admin\n# the old one\n')],
    ['a note behind a header', (text) => text.replace('[profile a]', '[profile a] # mine')],
    ['other white space', (text) => text.replace('sso_session = main', 'sso_session=main')],
    ['another case', (text) => text.replace('sso_session', 'SSO_Session')],
    ['quotes around a name', (text) => text.replace('[profile a]', '[profile "a"]')],
    ['a mark that is gone', (text) => text.replace('# managed by sso-reconcile\n', '')],
  ]
  test.each(rows)('%s', (_what, change) => {
    expect(isAsWritten(parseConfig(change(created), 'config'), isOwnKey)).toBe(false)
  })
})

test('a section that is not as written is what an edit of it takes away, whole', () => {
  const lines = ['[profile a]', 'sso_session = main', 'cli_pager = less', '# note', 'region = x', '']
  const text = `# managed by sso-reconcile\n${lines.join('\n')}\n# below\n[profile b]\n`
  const document = parseConfig(text, 'config')
  expect(takenAway(document, [remove], isOwnKey)).toEqual([lines.join('\n')])
  const update = { ...remove, verb: 'update', set: { region: 'y' } } as const
  expect(takenAway(document, [{ ...update, unset: ['cli_pager'] }], isOwnKey)).toEqual([lines.join('\n')])
  expect(takenAway(document, [{ ...update, unset: [] }], isOwnKey)).toEqual([])
})
