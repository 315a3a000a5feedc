import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { newCloud } from '../cloud/support/cloud.ts'
import { manifestText } from '../cloud/support/office.ts'
import { run } from './support/binary.ts'
import { newDesk } from './support/desk.ts'

const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' }] }
const boundary = { permissions_boundary: { customer_managed_policy: { name: 'Boundary' } } }
const onManagement = [{ groups: ['g'], permission_sets: ['A'], accounts: ['management'] }]

/** Names of the parts of the bundle that a run of the binary loads. */
async function loaded(
  sections: object,
  ...words: string[]
): Promise<{ code: number | null; parts: readonly string[] }> {
  const cloud = await newCloud()
  const desk = newDesk(cloud.url)
  writeFileSync(join(desk.work, 'sso.yaml'), manifestText({ groups: { g: {} }, ...sections }))
  const folder = mkdtempSync(join(tmpdir(), 'chunks-'))
  try {
    // Node.js notes every module that was run, by its URL.
    const { code } = await run(desk, words, { NODE_V8_COVERAGE: folder })
    const urls = readdirSync(folder).flatMap((file) => {
      const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { result: { url: string }[] }
      return result.map(({ url }) => basename(url))
    })
    return { code, parts: urls.filter((name) => /^(?:iam|access-analyzer)-[A-Z0-9]+\.js$/.test(name)) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const iam = expect.stringMatching(/^iam-/)
const analyzer = expect.stringMatching(/^access-analyzer-/)

it.each<[string, object, string[], number, unknown[]]>([
  [
    'a plan of policies that are known',
    { permission_sets: { A: { managed_policies: ['ReadOnlyAccess'] } } },
    ['plan'],
    0,
    [],
  ],
  ['validate', { permission_sets: { A: { inline_policy: allow } } }, ['validate'], 0, []],
  ['a plan of an inline policy', { permission_sets: { A: { inline_policy: allow } } }, ['plan'], 0, [analyzer]],
  ['a plan of a boundary', { permission_sets: { A: boundary }, assignments: onManagement }, ['plan'], 1, [iam]],
])(
  'the binary loads what asks about policies with the first question: %s',
  async (_what, sections, words, code, parts) => {
    expect(await loaded(sections, ...words)).toEqual({ code, parts })
  },
)
