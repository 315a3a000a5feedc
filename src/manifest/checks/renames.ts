import { grouped } from '../../model/grouped.ts'
import type { Json } from '../../model/json.ts'
import { atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, keys, textAt } from '../view.ts'
import type { Check } from './check.ts'

interface Renamable {
  readonly section: 'groups' | 'permission_sets' | 'trusted_token_issuers'
  readonly noun: string
  /** A name as far as AWS tells names apart. */
  readonly form: (name: string) => string
}

const kinds: readonly Renamable[] = [
  { section: 'groups', noun: 'group', form: (name) => name.toLowerCase() },
  { section: 'permission_sets', noun: 'set', form: (name) => name },
  { section: 'trusted_token_issuers', noun: 'trusted token issuer', form: (name) => name },
]

/** What `was` gives a new name: the new name and the earlier one. */
export interface Rename {
  readonly name: string
  readonly was: string
}

/** Every rename of a section; none where nothing can be renamed. */
export function renamesIn(manifest: Json, section: string): readonly Rename[] {
  return entries(at(manifest, section)).flatMap(([name, value]) => {
    const was = textAt(value, 'was')
    return was === undefined ? [] : [{ name, was }]
  })
}

/** An earlier name belongs to nobody else: neither to a thing that is still declared nor to two heirs. */
export const checkRenames: Check = (manifest) => kinds.flatMap((kind) => renameFindings(manifest, kind))

function renameFindings(manifest: Json, { section, noun, form }: Renamable): readonly Finding[] {
  const names = grouped(keys(at(manifest, section)).map((name) => [form(name), name]))
  const renames = renamesIn(manifest, section)
  const heirs = grouped(renames.map((rename) => [form(rename.was), rename]))
  return renames.flatMap(({ name, was }) => {
    const path = [section, name, 'was']
    if (was === name)
      return [atValue(path, 'rename', `was is the current name of the ${noun}; expected an earlier one`, 'remove it')]
    const declared = names.get(form(was))?.find((other) => other !== name)
    if (declared !== undefined) return [stillDeclared(path, was, declared)]
    const [first] = heirs.get(form(was)) ?? []
    return first === undefined || first.name === name ? [] : [twoHeirs(path, was, first.name, noun)]
  })
}

function stillDeclared(path: Path, was: string, declared: string): Finding {
  const spelling = declared === was ? '' : ` as ${quote(declared)}`
  const message = `was: ${quote(was)} is still declared${spelling}`
  return atValue(path, 'rename', message, `remove ${quote(declared)}, or remove was`)
}

function twoHeirs(path: Path, was: string, successor: string, noun: string): Finding {
  const message = `${quote(was)} is already renamed to ${quote(successor)}`
  return atValue(path, 'rename', message, `a ${noun} can have only one new name`)
}
