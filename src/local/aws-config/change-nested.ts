import { indentation } from '../files/lines.ts'
import type { ConfigDocument, ConfigOption, ConfigSection } from './document.ts'
import { blocksOf, NESTED_INDENT, nestedKey, nestedProperties, optionLine, withNestedValue } from './nested.ts'
import { addBehind, type Patch } from './patch.ts'
import type { SectionEdit } from './section-edit.ts'

/**
 * Changes, adds and drops properties of blocks that the section has; gives the keys of those whose block is still to be
 * made. A block that loses its last property goes with it.
 */
export function updateBlocks(
  document: ConfigDocument,
  section: ConfigSection,
  edit: SectionEdit & { verb: 'update' },
  patch: Patch,
): Record<string, string> {
  const missing: Record<string, string> = {}
  const unset = blocksOf(Object.fromEntries(edit.unset.map((key) => [key, ''])))
  const set = blocksOf(edit.set)
  for (const [block, desired] of set) {
    const option = section.options.get(block)
    if (option) setProperties(document, option, desired, patch)
    else for (const [name, value] of desired) missing[`${block}.${name}`] = value
  }
  for (const [block, names] of unset) {
    const option = section.options.get(block)
    if (option?.nested) dropProperties(document, option, new Set(names.map(([name]) => name)), set.has(block), patch)
  }
  return missing
}

type Desired = readonly (readonly [name: string, value: string])[]

function setProperties(document: ConfigDocument, option: ConfigOption, desired: Desired, patch: Patch): void {
  const text = (index: number) => document.lines[index]?.text ?? ''
  const properties = nestedProperties(document.lines, option)
  const last = option.rest.at(-1)
  const sibling = last === undefined ? text(option.first) : text(last)
  const indent = sibling.slice(0, indentation(sibling)) + (last === undefined ? NESTED_INDENT : '')
  for (const [name, value] of desired) {
    const found = properties.findLast((one) => one.name === name)
    if (!found) addBehind(patch, last ?? option.first, [indent + optionLine(name, value)])
    else if (found.value !== value) patch.replaced.set(found.index, withNestedValue(text(found.index), value))
  }
}

function dropProperties(
  document: ConfigDocument,
  option: ConfigOption,
  names: ReadonlySet<string>,
  gains: boolean,
  patch: Patch,
): void {
  for (const { name, index } of nestedProperties(document.lines, option)) if (names.has(name)) patch.removed.add(index)
  if (!gains && option.rest.every((index) => patch.removed.has(index))) patch.removed.add(option.first)
}

/** Keys of the section itself. */
export function ownKeys(set: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(set).filter(([key]) => !nestedKey(key)))
}
