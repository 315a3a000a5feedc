import { array, assert, constantFrom, dictionary, integer, property, record } from 'fast-check'
import { expect, it } from 'vitest'
import type { Path } from '../../../src/manifest/finding.ts'
import { joinedValue, whoseOf } from '../../../src/manifest/include/whose.ts'
import { at } from '../../../src/manifest/view.ts'
import type { Json } from '../../../src/model/json.ts'

const names = constantFrom('a', 'b', 'c', 'd', 'e')
const map = dictionary(names, record({ n: integer() }), { maxKeys: 3 })
const list = array(record({ n: array(integer(), { maxLength: 2 }) }), { maxLength: 3 })
const part = record(
  {
    users: map,
    groups: map,
    assignments: list,
    absent: dictionary(names, array(names, { maxLength: 3 }), { maxKeys: 2 }),
  },
  { requiredKeys: [] },
)

/** Paths of everything in a value. */
function pathsIn(value: Json, path: Path = []): readonly Path[] {
  const inner = Array.isArray(value)
    ? [...value.entries()]
    : typeof value === 'object' && value
      ? Object.entries(value)
      : []
  return [path, ...inner.flatMap(([step, one]) => pathsIn(one as Json, [...path, step]))]
}

it('everything of the joined manifest is what one of the files says, at the place that is told', () => {
  assert(
    property(array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const values = parts as unknown as readonly Json[]
      const joined = joinedValue(values)
      const whose = whoseOf(values)
      for (const path of pathsIn(joined)) {
        const { file, path: own } = whose(path)
        const depth = path[0] === 'absent' ? 2 : 1
        // A section as a whole is in several files.
        if (path.length > depth) expect(at(values[file], ...own)).toEqual(at(joined, ...path))
        else if (path.length === depth) expect(at(values[file], ...own)).toBeDefined()
      }
    }),
  )
})

it('nothing that a file says is lost, and lists are in the order of the files', () => {
  assert(
    property(array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const joined = joinedValue(parts as unknown as readonly Json[])
      for (const section of ['users', 'groups'] as const) {
        const keys = [...new Set(parts.flatMap((one) => Object.keys(one[section] ?? {})))]
        const isThere = parts.some((one) => one[section] !== undefined)
        expect(Object.keys((at(joined, section) ?? {}) as object)).toEqual(keys)
        expect(at(joined, section) !== undefined).toBe(isThere)
      }
      expect(at(joined, 'assignments') ?? []).toEqual(parts.flatMap((one) => one.assignments ?? []))
      for (const name of ['a', 'b', 'c'])
        expect(at(joined, 'absent', name) ?? []).toEqual(parts.flatMap((one) => one.absent?.[name] ?? []))
    }),
  )
})
