import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openInBrowser } from '../../../src/local/identity/opener.ts'
import { newFolder } from '../../scenarios/e2e/support/desk.ts'

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const note = "require('node:fs').writeFileSync(process.argv[1], process.argv[2])"

it.each(["https://example.com/?a=$&b=$'c=$`d=$$", 'https://example.com/?a=%s'])(
  'opens %j as it is',
  async (address) => {
    const seen = join(newFolder(), 'seen')
    const opener = [process.execPath, '-e', note, seen, '%s']
    expect(await openInBrowser(address, [opener], process.env, pause)).toBe(true)
    expect(readFileSync(seen, 'utf8')).toBe(address)
  },
)

it('opens nothing but a page', async () => {
  const seen = join(newFolder(), 'seen')
  const opener = [process.execPath, '-e', note, seen, '%s']
  expect(await openInBrowser('file:///etc/passwd', [opener], process.env, pause)).toBe(false)
  expect(() => readFileSync(seen)).toThrow('ENOENT')
})
