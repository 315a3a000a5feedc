import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fewestAddresses } from '../../src/terraform/state/forget.ts'

it.each([
  ['all instances of a resource', ['a.b[0]', 'a.b[1]'], [], ['a.b']],
  ['some of them', ['a.b["x"]', 'a.b["y"]'], ['a.b["y"]'], ['a.b["x"]']],
  ['a module', ['module.m["a b"].a.b', 'module.m["a b"].a.c["x"]'], [], ['module.m']],
  ['a part of a module', ['module.m["a"].a.b', 'module.m["b"].a.b'], ['module.m["b"].a.b'], ['module.m["a"]']],
  ['modules in modules', ['module.m.module.n[0].a.b', 'module.m.a.b'], ['module.m.a.b'], ['module.m.module.n']],
  [
    'keys that look like addresses',
    ['a.b["].module.x"]', 'a.b["\\"] a.c"]'],
    ['a.b["\\"] a.c"]'],
    ['a.b["].module.x"]'],
  ],
  ['nothing', ['a.b'], ['a.b'], []],
])('%s', (_what, all, kept, addresses) => {
  expect(fewestAddresses(all, new Set(all.filter((one) => !kept.includes(one))))).toEqual(addresses)
})

const key = fc.constantFrom('', '[0]', '[1]', '["a"]', '["a].b"]', '["module.m.x.y[0]"]', '["\\""]')
const module = fc.tuple(fc.constantFrom('module.m', 'module.n'), key).map((parts) => parts.join(''))
const address = fc
  .tuple(fc.array(module, { maxLength: 2 }), fc.constantFrom('aws_x.r', 'aws_x.s', 'aws_y.r'), key)
  .map(([modules, resource, index]) => [...modules, `${resource}${index}`].join('.'))
const row = fc.tuple(address, fc.boolean())

it('an address stands for what is below it: what was chosen is there once, and nothing else is', () => {
  fc.assert(
    fc.property(fc.uniqueArray(row, { minLength: 1, maxLength: 12, selector: ([one]) => one }), (rows) => {
      const all = rows.map(([one]) => one)
      const chosen = new Set(rows.flatMap(([one, is]) => (is ? [one] : [])))
      const found = fewestAddresses(all, chosen)
      const covers = (it: string, one: string) => one === it || one.startsWith(`${it}[`) || one.startsWith(`${it}.`)
      for (const one of all) {
        const over = found.filter((it) => covers(it, one))
        // After a change to for_each there may be one without a key beside others: its address would stand for these too.
        const takesOthers = all.some((it) => covers(one, it) && !chosen.has(it))
        expect({ one, times: over.length }).toEqual({ one, times: chosen.has(one) && !takesOthers ? 1 : 0 })
      }
      expect(found.length).toBeLessThanOrEqual(chosen.size)
    }),
  )
})
