import { expect, test } from 'vitest'
import { parseConfig } from '../../../src/local/aws-config/document.ts'
import type { SectionEdit } from '../../../src/local/aws-config/section-edit.ts'
import { verifyEdit } from '../../../src/local/aws-config/verify.ts'

const before = '# note\n[a]\nx = 1 \n\n# managed by sso-reconcile\n[profile b]\ny = 2\nz = 3\n# end'
const update: SectionEdit = { verb: 'update', kind: 'profile', name: 'b', set: { y: '4' }, unset: ['z'] }
const remove: SectionEdit = { verb: 'delete', kind: 'profile', name: 'b' }
const create: SectionEdit = { verb: 'create', kind: 'profile', name: 'c', owner: 'sso-reconcile', set: { x: '1' } }
const updated = before.replace('y = 2\nz = 3', 'y = 4')
const created = `${before}\n\n# managed by sso-reconcile\n[profile c]\nx = 1\n`

const rows: [what: string, edit: SectionEdit, after: string, defect: RegExp | undefined][] = [
  ['an update', update, updated, undefined],
  ['a deletion', remove, '# note\n[a]\nx = 1 \n# end', undefined],
  ['a new section', create, created, undefined],
  ['a value left as it was', update, before, /options of \[profile b\]/],
  ['a key too many', update, updated.replace('y = 4', 'y = 4\nw = 5'), /options of \[profile b\]/],
  ['a lost comment', update, updated.replace('# note\n', ''), /a comment/],
  ['a changed comment', create, created.replace('# end', '# End'), /a comment/],
  ['other bytes in another section', update, updated.replace('x = 1 ', 'x = 1'), /section \[a\]/],
  ['another section gone', update, updated.replace('[a]\nx = 1 \n', ''), /number of sections/],
  ['a lost mark', update, updated.replace('# managed by sso-reconcile\n', ''), /header of \[profile b\]/],
  ['a section not deleted', remove, before, /number of sections/],
  ['the wrong section deleted', remove, before.replace('[a]\nx = 1 \n', ''), /header of \[a\]/],
  [
    'a new section without mark',
    create,
    created.replace('sso-reconcile\n[profile c]', 'me\n[profile c]'),
    /new section c/,
  ],
  ['a new section of another name', create, created.replace('profile c', 'profile d'), /new section c/],
  ['a new section with another value', create, created.replace(/1\n$/, '2\n'), /new section c/],
]

test.each(rows)('%s', (_what, edit, after, defect) => {
  const run = () => verifyEdit(parseConfig(before, 'config'), parseConfig(after, 'config'), [edit])
  if (defect) expect(run).toThrow(defect)
  else expect(run).not.toThrow()
})
