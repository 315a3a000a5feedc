import { type Diagnostic, error } from '../model/diagnostic.ts'
import { listed } from '../text/list.ts'
import { nearest } from '../text/near.ts'

/** A name that a person gave to a command, which has to be in the manifest. */
interface Given {
  readonly what: 'user' | 'permission set' | 'account'
  readonly name: string
  /** The names that are there. */
  readonly known: readonly string[]
  /** How to declare it, after "otherwise". */
  readonly add: string
}

/** That the manifest does not declare what a command names; nothing where it does. Pure. */
export function undeclared(
  { what, name, known, add }: Given,
  { file }: { readonly file: string },
): readonly Diagnostic[] {
  if (known.includes(name)) return []
  const likely = nearest(name, known)
  const declared = known.length === 0 ? '' : `; declared there: ${listed(known, 5, 6)}`
  const hint = likely === undefined ? `${add}${declared}` : `did you mean ${likely}? Otherwise ${add}`
  return [error(`${what.replace(' ', '-')}-unknown`, `${what} ${name} is not in ${file}`, { hint })]
}
