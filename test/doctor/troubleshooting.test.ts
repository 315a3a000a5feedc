import { expect, it } from 'vitest'
import { troubleshooting } from './troubleshooting.ts'

it('docs/troubleshooting.md says what the program says; `npm run docs` writes it', async () => {
  await expect(await troubleshooting()).toMatchFileSnapshot('../../docs/troubleshooting.md')
})
