import fc from 'fast-check'
import { expect, it } from 'vitest'
import { namesFor } from '../../src/terraform/names.ts'

const named = (titles: readonly string[]) => namesFor(titles.map((title) => [title, title]))

it.each([
  ['admins', 'admins'],
  ['taro@example.com', 'taro_example_com'],
  ['管理者', '管理者'],
  ['データ・センター', 'データ_センター'],
  ['か\u3099ぎ', 'がぎ'],
  ['1st', '_1st'],
  ['-x', '_-x'],
  ['🎉', '_'],
  ['a/b\n$', 'a_b_'],
])('%j becomes %s', (title, name) => {
  expect(named([title])(title)).toBe(name)
})

it('what would get the same name is told apart, and what lost nothing keeps its own', () => {
  const name = named(['a.b', 'a_b', 'a b'])
  expect(name('a_b')).toBe('a_b')
  expect([name('a.b'), name('a b')]).toEqual([
    expect.stringMatching(/^a_b_[0-9a-f]{8}$/),
    expect.stringMatching(/^a_b_/),
  ])
  expect(name('a.b')).not.toBe(name('a b'))
  expect(named(['a.b', 'a_b'])('a.b')).toBe(name('a.b'))
})

const title = fc
  .array(fc.constantFrom('a', 'b', '_', '.', '@', ' ', '-', '1', '日', '🎉'), { maxLength: 4 })
  .map((s) => s.join(''))

it('names are legal, each its own, and the same in whatever order and company', () => {
  fc.assert(
    fc.property(fc.uniqueArray(title, { minLength: 1, maxLength: 12 }), (titles) => {
      const names = titles.map(named(titles))
      expect(new Set(names).size).toBe(titles.length)
      for (const one of names) expect(one).toMatch(/^[\p{L}_][\p{L}\p{N}_-]*$/u)
      expect(titles.toReversed().map(named(titles.toReversed())).toReversed()).toEqual(names)
    }),
  )
})
