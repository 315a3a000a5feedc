import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const page = readFileSync(join(root, 'docs/security.md'), 'utf8')

it('every row of the security page names tests that exist', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:---|what )/.test(line))
  expect(rows.length).toBeGreaterThan(20)
  for (const row of rows) {
    const named = [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path)
    expect(named, row).not.toEqual([])
    for (const path of named) expect(existsSync(join(root, path)), path).toBe(true)
  }
})
