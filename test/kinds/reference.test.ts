import { expect, it } from 'vitest'
import { kindNamed, kindNames } from '../../src/kinds/index.ts'
import { kindsReference } from './reference.ts'

it('docs/kinds.md says what the kinds declare; `npm run docs` writes it', async () => {
  await expect(kindsReference(kindNames.map(kindNamed))).toMatchFileSnapshot('../../docs/kinds.md')
})
