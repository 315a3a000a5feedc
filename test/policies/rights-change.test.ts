import { describe, expect, it } from 'vitest'
import { managedPolicyTexts } from '../../src/local/policy-texts.ts'
import type { Rights } from '../../src/model/rights.ts'
import { nothingAllowed, policiesOf, type SetPolicies } from '../../src/policies/effective.ts'
import { knownNames } from '../../src/policies/known-names.ts'
import { rightsChange } from '../../src/policies/rights-change.ts'
import { risks } from '../../src/policies/risks.ts'

const [texts, names] = await Promise.all([managedPolicyTexts(), knownNames()])
const managed = (...managed_policies: string[]): SetPolicies => ({ managed_policies })
const allow = (Action: string | string[], more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more })
const deny = (Action: string) => ({ Effect: 'Deny', Action, Resource: '*' })
const inline = (...statements: object[]): SetPolicies => ({
  inline_policy: { Version: '2012-10-17', Statement: statements as never },
})
const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }

/** One side of a change in short: `administer s3`, `read? ec2` where only under conditions, `risk! use-keys`. */
function short({ everything, services, risks: found, unknown, left = [] }: Rights): string[] {
  return [
    ...(everything ? ['everything'] : []),
    ...services.map(({ service, access, conditional }) => `${access}${conditional ? '?' : ''} ${service}`),
    ...left.map(({ service, access }) => `left ${access} ${service}`),
    ...found.map(({ risk, conditional }) => `risk${conditional ? '?' : '!'} ${risk}`),
    ...unknown.map((name) => `unknown ${name}`),
  ]
}

function change(before: SetPolicies | undefined, after: SetPolicies) {
  const { gives, takes } = rightsChange(
    before ? policiesOf(before, texts) : nothingAllowed,
    policiesOf(after, texts),
    names,
  )
  return { gives: short(gives), takes: short(takes) }
}

describe('what a change of policies gives and takes', () => {
  it.each<[string, SetPolicies | undefined, SetPolicies, string[], string[]]>([
    ['everything', undefined, managed('AdministratorAccess'), ['everything'], []],
    ['nothing, where a Deny takes it all', undefined, inline(allow('s3:*'), deny('*')), [], []],
    ['all of a service is to administer it', undefined, inline(allow('sqs:*')), ['administer sqs'], []],
    ['its permissions too', undefined, inline(allow('sqs:AddPermission')), ['administer sqs'], []],
    [
      'changing something is to write',
      undefined,
      inline(allow(['sqs:SendMessage', 'sqs:ListQueues'])),
      ['write sqs'],
      [],
    ],
    ['a tag as well', undefined, inline(allow('sqs:TagQueue')), ['write sqs'], []],
    ['looking is to read', undefined, inline(allow(['sqs:Get*', 'sqs:List*'])), ['read sqs'], []],
    ['whatever the case', undefined, inline(allow('SQS:listqueues')), ['read sqs'], []],
    ['under a condition', undefined, inline(allow('sqs:*', mfa)), ['administer? sqs'], []],
    ['on a resource', undefined, inline(allow('sqs:*', { Resource: 'arn:aws:sqs:*:*:x' })), ['administer? sqs'], []],
    ['a condition that goes gives more', inline(allow('sqs:*', mfa)), inline(allow('sqs:*')), ['administer sqs'], []],
    ['a condition that comes takes some', inline(allow('sqs:*')), inline(allow('sqs:*', mfa)), [], ['administer sqs']],
    ['a Deny that goes gives', inline(allow('sqs:*'), deny('sqs:S*')), inline(allow('sqs:*')), ['administer sqs'], []],
    ['nothing, for another form of the same', managed('AmazonSQSFullAccess'), inline(allow('sqs:*')), [], []],
    [
      'a boundary counts',
      undefined,
      { ...managed('AdministratorAccess'), permissions_boundary: { managed_policy: 'AmazonSQSReadOnlyAccess' } },
      ['read sqs'],
      [],
    ],
    [
      'what stays of everything',
      managed('AdministratorAccess'),
      managed('AmazonSQSReadOnlyAccess'),
      [],
      ['everything', 'left read sqs'],
    ],
    ['a text that nobody knows', undefined, { customer_managed_policies: ['/Deploy'] }, ['unknown /Deploy'], []],
    ['and one that goes', { customer_managed_policies: ['/Deploy'] }, {}, [], ['unknown /Deploy']],
    ['a service that the lists do not know', undefined, inline(allow('newservice:GetIt')), ['read newservice'], []],
    ['all of such a service', undefined, inline(allow('newservice:*')), ['administer newservice'], []],
    [
      'roles for a compute service',
      undefined,
      inline(allow(['iam:PassRole', 'lambda:CreateFunction'])),
      ['write iam', 'write lambda', 'risk! pass-role-to-compute'],
      [],
    ],
    [
      'not without a compute service',
      undefined,
      inline(allow(['iam:PassRole', 'sqs:ListQueues'])),
      ['write iam', 'read sqs'],
      [],
    ],
    [
      'roles under a condition',
      undefined,
      inline(allow('iam:PassRole', mfa), allow('lambda:CreateFunction')),
      ['write? iam', 'write lambda', 'risk? pass-role-to-compute'],
      [],
    ],
    [
      'policies of IAM',
      undefined,
      inline(allow('iam:PutRolePolicy')),
      ['administer iam', 'risk! write-iam-policies'],
      [],
    ],
    [
      'secrets and keys',
      undefined,
      inline(allow(['secretsmanager:GetSecretValue', 'kms:Decrypt'])),
      ['write kms', 'read secretsmanager', 'risk! read-secrets', 'risk! use-keys'],
      [],
    ],
  ])('%s', (_what, before, after, gives, takes) => {
    expect(change(before, after)).toEqual({ gives, takes })
  })
})

it('every action of a way to more rights is one that AWS has', () => {
  const named = risks.flatMap(({ any, also = [] }) => [...any, ...also])
  const unknown = named.filter((action) => {
    const [service = '', name = ''] = action.split(':')
    return names.actionsOf(service)?.get(name.toLowerCase()) !== name
  })
  expect(unknown).toEqual([])
})
