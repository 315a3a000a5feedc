import { expect, it } from 'vitest'
import { readFacts } from '../../src/aws/facts.ts'
import type { Reader } from '../../src/aws/port.ts'
import { loadManifest } from '../../src/manifest/load.ts'
import { error, Refusal } from '../../src/model/diagnostic.ts'

const clock = { now: () => new Date('2026-11-28T00:00:00Z'), told: () => undefined }
const denied = new Refusal(error('aws-denied', 'organizations:DescribeOrganization was denied'))

it.each(['DescribeOrganization', 'ListInstances'])(
  'what is wrong with %s is told while pages of accounts are still to come',
  async (operation) => {
    const text = 'version: 1\nidentity_center: { region: us-east-1 }\n'
    const loaded = await loadManifest({ file: 'sso.yaml', text }, { env: {}, readPolicy: () => Promise.reject() })
    const answers: Readonly<Record<string, unknown>> = {
      GetCallerIdentity: { Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/x' },
      DescribeOrganization: { Organization: { MasterAccountId: '111122223333' } },
    }
    const ask = async (name: string) => {
      if (name === operation) throw denied
      return answers[name] ?? new Promise(() => undefined)
    }
    const reader = { get: ask, list: ask } as unknown as Reader
    await expect(readFacts(reader, loaded, clock as never)).rejects.toBe(denied)
  },
)
