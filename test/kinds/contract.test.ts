import { describe, expect, it } from 'vitest'
import schema from '../../schema/sso.schema.json' with { type: 'json' }
import { cloudKinds, kindNamed, kindNames } from '../../src/kinds/index.ts'
import { heads } from '../../src/kinds/sections.ts'
import type { KindName } from '../../src/model/specs.ts'
import { problemsOf } from './contract/declared.ts'
import { problemsInCrowd, problemsInLife, problemsWhenDenied } from './contract/life.ts'
import { examples } from './examples.ts'

describe('every kind', () => {
  for (const name of kindNames) {
    it(`${name} declares what the engine has to know`, async () => {
      expect(await problemsOf(name, examples[name])).toEqual([])
    })

    it(`${name} is created, changed, adopted and deleted, and each time nothing is left to do`, async () => {
      expect(await problemsInLife(name, examples[name])).toEqual([])
    })

    it(`${name} takes no denial for an empty account`, async () => {
      expect(await problemsWhenDenied(name, examples[name])).toEqual([])
    })

    if (kindNamed(name).side === 'cloud')
      it(`${name} reads no more the more others keep in the same instance`, async () => {
        expect(await problemsInCrowd(name, examples[name])).toEqual([])
      })
  }
})

/** What a kind declares for the engine, the reports and the commands. */
const declarations = [
  ...['name', 'title', 'summary', 'side', 'sections', 'after', 'outlives', 'addressSays', 'complete', 'maps', 'words'],
  ...['tells', 'unique', 'coversNew', 'ignore', 'adopt', 'asksAws', 'operations'],
]

describe('the contract itself', () => {
  for (const name of kindNames)
    for (const declaration of declarations.filter((one) => one in kindNamed(name)))
      it(`notices ${name} without ${declaration}`, async () => {
        const problems = await without(name, declaration, () => problemsOf(name, examples[name]))
        expect(problems, `nothing notices that ${declaration} is missing`).not.toEqual([])
      })

  for (const { name } of cloudKinds.filter(({ operations }) => Object.keys(operations).length > 0))
    it(`notices an operation that ${name} sends and does not declare`, async () => {
      const problems = await replacing(name, { operations: {} }, () => problemsInLife(name, examples[name]))
      expect(problems.join('\n')).toMatch(/operations: it sends \w+, which it does not declare/)
    })
})

it('every section of a manifest belongs to a kind, or asks for nothing by itself', () => {
  const { properties, definitions } = schema
  const sections = Object.keys(properties).filter((key) => !['absent', 'identity_center'].includes(key))
  const all = [
    ...sections,
    ...Object.keys(definitions.Absent.properties).map((key) => `absent.${key}`),
    ...Object.keys(definitions.IdentityCenter.properties).map((key) => `identity_center.${key}`),
  ]
  const known = new Set<string>([...heads, ...kindNames.flatMap((name) => kindNamed(name).sections)])
  expect(all.filter((section) => !known.has(section))).toEqual([])
})

async function without<T>(name: KindName, declaration: string, use: () => Promise<T>): Promise<T> {
  return replacing(name, { [declaration]: undefined }, use)
}

async function replacing<T>(name: KindName, members: object, use: () => Promise<T>): Promise<T> {
  const kind = kindNamed(name)
  const before = { ...kind }
  Object.assign(kind, members)
  try {
    return await use()
  } finally {
    Object.assign(kind, before)
  }
}
