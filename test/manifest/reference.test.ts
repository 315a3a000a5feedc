import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { isObject, type Json, type JsonObject } from '../../src/model/json.ts'
import { manifestReference } from './reference.ts'

const schema: JsonObject = JSON.parse(await readFile('schema/sso.schema.json', 'utf8'))

it('docs/manifest.md says what the schema says; `npm run docs` writes it', async () => {
  await expect(manifestReference(schema)).toMatchFileSnapshot('../../docs/manifest.md')
})

/** Every key that a schema has under `properties`, however deep. */
function keysIn(node: Json): string[] {
  if (Array.isArray(node)) return node.flatMap(keysIn)
  if (!isObject(node)) return []
  const own = isObject(node.properties) ? Object.keys(node.properties) : []
  return [...own, ...Object.entries(node).flatMap(([key, value]) => (key === 'examples' ? [] : keysIn(value ?? null)))]
}

it('the reference names every key that a manifest can have', () => {
  const written = manifestReference(schema)
  const keys = keysIn(schema)
  expect(keys).toEqual(expect.arrayContaining(['version', 'activated', 'aws_profile', 'postal_code', 'until']))
  expect(keys.filter((key) => !new RegExp(`^(## ${key}$|\\| \`${key}\` \\|)`, 'm').test(written))).toEqual([])
})

it('every link of the reference leads to a heading of it', () => {
  const written = manifestReference(schema)
  const headings = [...written.matchAll(/^##+ (.+)$/gm)].map(([, title = '']) =>
    title.toLowerCase().replaceAll(' ', '-'),
  )
  const links = [...written.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor)
  expect(links.length).toBeGreaterThan(5)
  expect(links.filter((anchor) => !headings.includes(anchor ?? ''))).toEqual([])
})
