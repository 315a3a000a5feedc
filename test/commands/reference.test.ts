import { expect, it } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { reference } from './reference.ts'

it('docs/commands.md says what the table of commands says; `npm run docs` writes it', async () => {
  await expect(reference(commands)).toMatchFileSnapshot('../../docs/commands.md')
})
