import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { newCloud } from './support/cloud.ts'
import { newOffice } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Numbers that JavaScript would round, shorten or lose, and one that it would not. */
const numbers = ['12345678901234567890123', '-9007199254740993', '1.0', '0.12345678901234567890', '1e400', '3600']

const document = (values: string) =>
  `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": { "NumericEquals": { "aws:x": [${values}] } } }] }`

const manifest = `version: 1
identity_center: { region: us-east-1 }
permission_sets:
  Yaml:
    inline_policy:
      Version: "2012-10-17"
      Statement:
        - Effect: Deny
          Action: "*"
          Resource: "*"
          Condition:
            NumericEquals:
              aws:x: [${numbers.join(', ')}]
  Json: { inline_policy_file: policies/deny.json }
`

it('digits of a policy reach AWS as they are written, and the next plan is empty', async () => {
  const cloud = await newCloud()
  const office = newOffice(cloud.url)
  mkdirSync(join(office.desk.work, 'policies'))
  writeFileSync(join(office.desk.work, 'policies', 'deny.json'), document(numbers.join(', ')))
  writeFileSync(join(office.desk.work, 'sso.yaml'), manifest)
  const { code, stdout, stderr } = await office.apply()
  expect(code, stdout + stderr).toBe(0)
  const stored = Object.values((await cloud.export()).permissionSets ?? {}).map(({ inline = '' }) => inline)
  expect(stored).toHaveLength(2)
  for (const text of stored)
    expect(/"aws:x":\[(.*?)\]/.exec(text)?.[1]?.replaceAll('"', '').split(',')).toEqual(numbers)
  expect((await office.run(['plan', '--check'])).code).toBe(0)
})

it('a policy that somebody else stored with bare numbers is the same one', async () => {
  const cloud = await newCloud()
  const office = newOffice(cloud.url)
  writeFileSync(join(office.desk.work, 'sso.yaml'), manifest.split('  Json:')[0] ?? '')
  expect((await office.apply()).code).toBe(0)
  const tables = await cloud.export()
  const sets = Object.entries(tables.permissionSets ?? {}).map(([arn, set]) => [
    arn,
    { ...set, inline: document(numbers.join(', ')) },
  ])
  await cloud.restore({ ...tables, permissionSets: Object.fromEntries(sets) })
  expect((await office.run(['plan', '--check'])).code).toBe(0)
})
