import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { kindNames } from '../../src/kinds/index.ts'

it('the README names every kind where it says what --only takes', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  const listed = /`--only KINDS` \(([^)]*)\)/.exec(readme)?.[1] ?? ''
  expect([...listed.matchAll(/`([^`]+)`/g)].map(([, name]) => name)).toEqual([...kindNames, 'cloud', 'local'])
})
