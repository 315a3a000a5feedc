import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { removedAtEnd } from '../support/at-end.ts'

const root = join(import.meta.dirname, '../..')
let folder: string

beforeAll(() => {
  folder = removedAtEnd(mkdtempSync(join(tmpdir(), 'sso-reconcile-picture-test-')))
  execFileSync(process.execPath, [join(root, 'scripts/picture.mjs'), folder], { stdio: 'pipe' })
})

it.each(['light', 'dark'])('docs/plan-%s.svg shows what a plan says today; `npm run docs` draws it', async (theme) => {
  const drawn = readFileSync(join(folder, `plan-${theme}.svg`), 'utf8')
  await expect(drawn).toMatchFileSnapshot(`../../docs/plan-${theme}.svg`)
})

it('shows a create, an update and a delete, each in its colour and with its verb', () => {
  const drawn = readFileSync(join(folder, 'plan-light.svg'), 'utf8')
  const colours = ['create', 'update', 'DELETE'].map((verb) => new RegExp(`fill: (#\\w+)">${verb}<`).exec(drawn)?.[1])
  expect(new Set(colours).size).toBe(3)
  expect(colours).not.toContain(undefined)
})

it('the two pictures differ in colours alone', () => {
  const plain = (theme: string) =>
    readFileSync(join(folder, `plan-${theme}.svg`), 'utf8').replaceAll(/#[0-9a-f]{6}/g, '#')
  expect(plain('dark')).toBe(plain('light'))
})
