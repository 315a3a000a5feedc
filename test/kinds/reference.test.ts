import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { kindNamed, kindNames } from '../../src/kinds/index.ts'
import { kindsReference } from './reference.ts'

it('docs/kinds.md says what the kinds declare; `npm run docs` writes it', async () => {
  await expect(kindsReference(kindNames.map(kindNamed))).toMatchFileSnapshot('../../docs/kinds.md')
})

it('the README names every kind where it says what --only takes', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  const listed = /`--only KINDS` \(([^)]*)\)/.exec(readme)?.[1] ?? ''
  expect([...listed.matchAll(/`([^`]+)`/g)].map(([, name]) => name)).toEqual([...kindNames, 'cloud', 'local'])
})
