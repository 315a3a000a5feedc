import { readablePolicy } from '../../policies/document.ts'
import { plural } from '../../text/count.ts'
import type { FieldWords } from '../declaration.ts'

/** How fields of a permission set are shown. */
export const words: FieldWords = {
  // Who is denied is a key of the field, and may have dots in it.
  name(path) {
    const user = /^revoked\.(.+)$/.exec(path)?.[1]
    return user === undefined ? path.replaceAll('_', ' ') : `denial of ${user}`
  },

  // Which they are, by the names people know, is what the change leads to.
  sentence: ({ path, before }) =>
    path === 'outdated_in' && Array.isArray(before)
      ? `an older version is in ${plural(before.length, 'account')}`
      : undefined,

  readable: (path, document) => (path === 'inline_policy' ? readablePolicy(document) : document),
}
