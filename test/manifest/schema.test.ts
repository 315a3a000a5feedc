import { readFile } from 'node:fs/promises'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { joinedSections } from '../../src/manifest/include/whose.ts'
import { isObject, type Json, type JsonObject } from '../../src/model/json.ts'

const schema: JsonObject = JSON.parse(await readFile('schema/sso.schema.json', 'utf8'))

/** Every subschema that describes a property or a definition, by its place. */
function described(node: Json, place: string): readonly (readonly [place: string, schema: JsonObject])[] {
  if (!isObject(node)) return []
  return ['properties', 'definitions'].flatMap((key) =>
    Object.entries(isObject(node[key]) ? node[key] : {}).flatMap(([name, inner]) =>
      isObject(inner)
        ? [[`${place}/${key}/${name}`, inner] as const, ...described(inner, `${place}/${key}/${name}`)]
        : [],
    ),
  )
}

const all = described(schema, '#')
const named = (inner: JsonObject, key: string) => {
  const target = typeof inner.$ref === 'string' ? all.find(([place]) => place === inner.$ref)?.[1] : undefined
  return inner[key] ?? target?.[key]
}

const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, schemas: { manifest: schema } })

test.each(all)('%s tells an editor what it is', (_place, inner) => {
  expect(named(inner, 'title')).toEqual(expect.any(String))
  expect(named(inner, 'description')).toEqual(expect.any(String))
  expect(named(inner, 'examples')).toEqual(expect.any(Array))
})

test.each(all)('%s accepts its own examples', (place, inner) => {
  const validate = ajv.compile({ $ref: `manifest${place}` })
  const examples = Array.isArray(inner.examples) ? inner.examples : []
  expect(examples.filter((example) => !validate(example))).toEqual([])
})

test('maps are closed unless their keys are names', () => {
  const open = all.filter(([, inner]) => inner.properties !== undefined && inner.additionalProperties !== false)
  expect(open.map(([place]) => place)).toEqual([])
})

test('editors accept a variable where the value has a pattern', () => {
  const validate = new Ajv({ allowUnionTypes: true, strictRequired: false }).compile(schema)
  const variable = '$' + '{NAME}'
  const manifest = {
    version: 1,
    identity_center: { region: variable, start_url: variable },
    accounts: { dev: variable },
    users: { taro: { given_name: variable, family_name: variable, email: variable } },
  }
  expect([validate(manifest), validate.errors]).toEqual([true, null])
})

test('the schema of included files is the part of this one that they may have, and asks for nothing else', async () => {
  const included: JsonObject = JSON.parse(await readFile('schema/included.schema.json', 'utf8'))
  const validate = new Ajv({ allowUnionTypes: true, strictRequired: false }).compile(included)
  const properties = included.properties as JsonObject
  expect(Object.keys(properties)).toEqual(['version', ...Object.keys(joinedSections)])
  for (const [name, inner] of Object.entries(properties)) expect(inner).toEqual((schema.properties as JsonObject)[name])
  const verdicts = [{ version: 1 }, { version: 1, users: {} }, { users: {} }, { version: 1, include: ['a'] }].map(
    (one) => validate(one),
  )
  expect(verdicts).toEqual([true, true, false, false])
})
