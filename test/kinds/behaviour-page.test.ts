import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { kindNames } from '../../src/kinds/index.ts'

it('docs/behaviour.md names every kind where it says what --only takes', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/behaviour.md'), 'utf8')
  const listed = /`--only KINDS` \(([^)]*)\)/.exec(page)?.[1] ?? ''
  expect([...listed.matchAll(/`([^`]+)`/g)].map(([, name]) => name)).toEqual([...kindNames, 'cloud', 'local'])
})
