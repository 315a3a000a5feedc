import { isDocumentedSource } from '../../model/attribute-sources.ts'
import { listed } from '../../text/list.ts'
import type { FieldWords } from '../declaration.ts'
import { failed } from './configuration.ts'

/** How the attributes are shown: by their keys, which are names that policies use. */
export const words: FieldWords = {
  name: (path) => path.replace(/^attributes\./, ''),
  sentence: ({ path, before }) =>
    path === 'status' ? `AWS says: ${String(before)}${before === failed ? '; it will be recreated' : ''}` : undefined,
}

type Attributes = Readonly<Record<string, string>>

/** What a change of attributes comes to for those who sign in from then on. Pure. */
export function effectOf(before: Attributes, after: Attributes): string {
  const other = (these: Attributes, those: Attributes) => Object.keys(these).filter((key) => these[key] !== those[key])
  const others = other(after, before)
  const carried = others.filter((key) => isDocumentedSource(after[key] ?? ''))
  const doubtful = others.filter((key) => !carried.includes(key))
  const dropped = Object.keys(before).filter((key) => !(key in after))
  return [
    ...(carried.length > 0 ? [`new sessions carry ${listed(carried)} as session tags`] : []),
    ...(doubtful.length > 0
      ? [`not known whether sessions carry ${listed(doubtful)}: AWS documents no such source`]
      : []),
    ...(dropped.length > 0 ? [`new sessions no longer carry ${listed(dropped)}`] : []),
  ].join('; ')
}
