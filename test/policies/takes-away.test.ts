// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of IAM policies look like that
import { expect, it } from 'vitest'
import { managedPolicyTexts } from '../../src/local/policy-texts.ts'
import type { PermissionSetSpec } from '../../src/model/specs.ts'
import { policiesOf } from '../../src/policies/effective.ts'
import { takesRightsAway } from '../../src/policies/takes-away.ts'

const texts = await managedPolicyTexts()
type Statement = Readonly<Record<string, string | readonly string[] | object>>
const allow: Statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' }
const deny: Statement = { Effect: 'Deny', Action: 'iam:*', Resource: '*' }
const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
const inline = (...statements: Statement[]) => ({
  inline_policy: { Version: '2012-10-17', Statement: statements as never },
})
const managed = (...managed_policies: string[]) => ({ managed_policies })
const bounded = (managed_policy: string) => ({ permissions_boundary: { managed_policy } })

const rows: [string, Partial<PermissionSetSpec>, Partial<PermissionSetSpec>, boolean][] = [
  ['when a managed policy goes', { managed_policies: ['A', 'B'] }, { managed_policies: ['B', 'C'] }, true],
  ['when the last managed policy goes', { managed_policies: ['A'] }, {}, true],
  ['when a customer policy goes', { customer_managed_policies: ['/A'] }, {}, true],
  ['not when policies only come', {}, { managed_policies: ['A'], customer_managed_policies: ['/A'] }, false],
  ['when a boundary comes', {}, { permissions_boundary: { managed_policy: 'A' } }, true],
  [
    'when a boundary changes',
    { permissions_boundary: { managed_policy: 'A' } },
    { permissions_boundary: { managed_policy: 'B' } },
    true,
  ],
  ['not when a boundary goes', { permissions_boundary: { managed_policy: 'A' } }, {}, false],
  ['when an Allow goes', inline(allow, deny), inline(deny), true],
  ['when the inline policy goes', inline(allow), {}, true],
  ['when an inline policy comes with a Deny', {}, inline(deny), true],
  ['when a Deny comes', inline(allow), inline(allow, deny), true],
  ['not when a Deny goes', inline(allow, deny), inline(allow), false],
  ['not when an Allow comes', inline(allow), inline(allow, { ...allow, Action: 'ec2:*' }), false],
  [
    'not when only the form of the policy changes',
    inline(allow),
    inline({ ...allow, Action: ['s3:*'] as never }),
    false,
  ],
  ['not when the session gets shorter', { session_duration: '8h' }, { session_duration: '1h' }, false],
  ['not when reading becomes everything', managed('AmazonS3ReadOnlyAccess'), managed('AmazonS3FullAccess'), false],
  ['not when all comes for a part', managed('ReadOnlyAccess'), managed('AdministratorAccess'), false],
  ['when a part comes for all', managed('AdministratorAccess'), managed('PowerUserAccess'), true],
  ['not when an exception gets smaller', managed('PowerUserAccess'), managed('AdministratorAccess'), false],
  [
    'when an exception grows',
    inline({ ...allow, Action: undefined as never, NotAction: 'iam:*' }),
    inline({ ...allow, Action: undefined as never, NotAction: ['iam:*', 's3:*'] }),
    true,
  ],
  [
    'not when two statements say what one said',
    inline({ ...allow, Action: ['s3:*', 'ec2:*'] }),
    inline(allow, { ...allow, Action: 'ec2:*' }),
    false,
  ],
  ['when a condition comes', inline(allow), inline({ ...allow, Condition: mfa }), true],
  ['not when a condition goes', inline({ ...allow, Condition: mfa }), inline(allow), false],
  [
    'when a condition changes',
    inline({ ...allow, Condition: mfa }),
    inline({ ...allow, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
    true,
  ],
  ['when a resource is narrowed', inline(allow), inline({ ...allow, Resource: 'arn:aws:s3:::x' }), true],
  [
    'not when a resource is widened',
    inline({ ...allow, Resource: 'arn:aws:s3:::x/*' }),
    inline({ ...allow, Resource: 'arn:aws:s3:::*' }),
    false,
  ],
  [
    'when a variable takes the place of a star',
    inline({ ...allow, Resource: 'arn:aws:s3:::x/*' }),
    inline({ ...allow, Resource: 'arn:aws:s3:::x/${aws:username}' }),
    true,
  ],
  [
    'not when a star takes the place of a variable',
    inline({ ...allow, Resource: 'arn:aws:s3:::x/${aws:username}' }),
    inline({ ...allow, Resource: 'arn:aws:s3:::x/*' }),
    false,
  ],
  [
    'when variables become texts because the version goes',
    inline({ ...allow, Resource: 'arn:aws:s3:::x/${aws:username}' }),
    { inline_policy: { Statement: [{ ...allow, Resource: 'arn:aws:s3:::x/${aws:username}' }] as never } },
    true,
  ],
  [
    'when variables of a condition become texts because the version goes',
    inline({ ...allow, Condition: { StringLike: { 's3:prefix': '${aws:username}/*' } } }),
    {
      inline_policy: {
        Statement: [{ ...allow, Condition: { StringLike: { 's3:prefix': '${aws:username}/*' } } }] as never,
      },
    },
    true,
  ],
  [
    'not when the version goes and no variable stands anywhere',
    inline({ ...allow, Condition: mfa }),
    { inline_policy: { Statement: [{ ...allow, Condition: mfa }] as never } },
    false,
  ],
  [
    'when what was not understood changes',
    inline({ ...allow, Principal: '*' }),
    inline({ ...allow, Principal: 'x' }),
    true,
  ],
  [
    'not when what was not understood stays',
    inline({ ...allow, Principal: '*' }),
    inline({ ...allow, Principal: '*' }),
    false,
  ],
  [
    'when an inline policy becomes too large for AWS',
    inline(allow),
    inline(allow, { ...allow, Resource: `arn:aws:s3:::${'x'.repeat(11_000)}` }),
    true,
  ],
  [
    'when a policy comes that denies',
    managed('AdministratorAccess'),
    managed('AdministratorAccess', 'AWSDenyAll'),
    true,
  ],
  [
    'not when a boundary comes that bounds nothing',
    managed('ReadOnlyAccess'),
    { ...managed('ReadOnlyAccess'), ...bounded('AdministratorAccess') },
    false,
  ],
  ['not when a boundary gets wider', bounded('ReadOnlyAccess'), bounded('AdministratorAccess'), false],
  ['when a boundary gets narrower', bounded('PowerUserAccess'), bounded('ReadOnlyAccess'), true],
  [
    'not when a new policy is not known and nothing goes',
    managed('ReadOnlyAccess'),
    managed('BrandNewAccess', 'ReadOnlyAccess'),
    false,
  ],
]

it.each(rows)('an update of a permission set takes rights away: %s', (_name, before, after, expected) => {
  const spec = (part: Partial<PermissionSetSpec>) =>
    policiesOf({ session_duration: '1h', ...part } as PermissionSetSpec, texts)
  expect(takesRightsAway(spec(before), spec(after))).toBe(expected)
})

/** Milliseconds of this process's own time: others on the machine do not count. */
function timed(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const largest = [
  ...['aws-service-role/AWSSupportServiceRolePolicy', 'ReadOnlyAccess', 'service-role/AWS_ConfigRole', 'SecurityAudit'],
  ...['SageMakerStudioProjectUserRolePermissionsBoundary', 'AWSPartnerLedSupportReadOnlyAccess', 'PowerUserAccess'],
  ...['AdministratorAccess', 'job-function/ViewOnlyAccess', 'job-function/SupportUser'],
]

it('the largest managed policies are compared in no time that anybody would notice', () => {
  const sets = largest.map((name) => policiesOf(managed(name), texts))
  // Each document is parsed once, before it is compared.
  for (const one of sets) takesRightsAway(one, one)
  const slow = sets.flatMap((before) => sets.map((after) => timed(() => takesRightsAway(before, after))))
  expect(Math.max(...slow)).toBeLessThan(300)
})

const hostile = (name: string, one: (last: string) => Statement) => [name, inline(one('b')), inline(one('c'))] as const

it.each([
  hostile('a pattern of megabytes', (last) => ({ ...allow, Action: '*a'.repeat(1_250_000) + last })),
  hostile('half a million patterns', (last) => ({
    ...allow,
    Action: Array.from({ length: 500_000 }, (_, at) => `s3:*${at}${last}`),
  })),
  hostile('one pattern as long as AWS takes', (last) => ({ ...allow, Resource: '*a'.repeat(4900) + last })),
  hostile('as many exceptions as AWS takes', (last) => ({
    ...{ Effect: 'Allow', Resource: '*' },
    NotAction: Array.from({ length: 1900 }, () => `*${last}`),
  })),
  hostile('as many pairs as AWS takes', (last) => ({
    ...{ Effect: 'Allow', Action: Array.from({ length: 900 }, () => `*${last}`) },
    Resource: Array.from({ length: 900 }, () => `*${last}`),
  })),
])('an inline policy that is made to be slow is compared within seconds: %s', (_name, before, after) => {
  const sets = [before, after, managed('ReadOnlyAccess')].map((one) => policiesOf(one, texts))
  const all = () => sets.flatMap((one) => sets.map((other) => takesRightsAway(one, other)))
  expect(timed(all)).toBeLessThan(5000)
})
