import { expect, it } from 'vitest'
import { isHarmlessYaml } from '../../src/text/yaml.ts'

it.each([
  ['words', 'two words', true],
  ['lines and tabs of a policy', 'two\n\twords', true],
  ['a line separator', '\u2028a', false],
  ['a paragraph separator', 'a\u2029', false],
  ['a byte order mark', '\ufeffa', false],
  ['a next line', 'a\u0085b', false],
])('tells whether %s may stand in a YAML file as they are', (_what, text, isHarmless) => {
  expect(isHarmlessYaml(text)).toBe(isHarmless)
})
