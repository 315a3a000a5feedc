import { describe, expect, it } from 'vitest'
import { knownForms } from '../../src/policies/known-forms.ts'
import { head, load, marked, placeOf, refusal } from './load.ts'

const inRegion = (region: string) => `version: 1\nidentity_center: { region: ${region} }\n`
const withResource = (resource: string, key = 'Resource', top = head) =>
  marked(
    `${top}permission_sets:\n  Admin:\n    inline_policy:\n      Version: "2012-10-17"\n      Statement:\n        - { Effect: Allow, Action: "*", ${key}: [ "arn:aws:s3:::a", «"${resource}"» ] }\n`,
  )

async function refused(resource: string, key?: string) {
  const { text, places } = withResource(resource, key)
  const [first, ...more] = await refusal(text)
  expect(more).toEqual([])
  expect(first?.code).toBe('resource-arn')
  expect(first && placeOf(first)).toEqual(places[0])
  return first
}

async function warned(resource: string) {
  const { text, places } = withResource(resource)
  const [first, ...more] = (await load(text)).warnings
  expect(more).toEqual([])
  expect(first?.code).toBe('resource-arn')
  expect(first && placeOf(first)).toEqual(places[0])
  return first
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: policy variables

describe('a resource that is no ARN is an error at its place', () => {
  it.each([
    // "Resource … must be in ARN format or "*"." felipefrizzo/terraform-aws-transfer-server, issue 6.
    ['my-bucket', 'is not an ARN', 'write an ARN, for example "arn:aws:s3:::my-bucket" for a bucket, or "*"'],
    ['my-bucket/*', 'is not an ARN', 'write an ARN, for example "arn:aws:s3:::my-bucket/*" for a bucket, or "*"'],
    // trussworks/terraform-aws-s3-anti-virus, issue 21.
    ['SNS topic name', 'is not an ARN', 'write an ARN, for example "arn:aws:s3:::my-bucket" for a bucket, or "*"'],
    // terraform-aws-modules/terraform-aws-notify-slack, pull request 20.
    ['', 'is not an ARN', 'write an ARN, for example "arn:aws:s3:::my-bucket" for a bucket, or "*"'],
    ['bucket*', 'is not an ARN', 'write an ARN, for example "arn:aws:s3:::my-bucket" for a bucket, or "*"'],
    ['aws:s3:::a', 'does not begin with "arn:"', 'did you mean "arn:aws:s3:::a"?'],
    ['s3:::a', 'does not begin with "arn:"', 'did you mean "arn:aws:s3:::a"?'],
    ['ARN:aws:s3:::a', 'does not begin with "arn:"', 'did you mean "arn:aws:s3:::a"?'],
    ['a:b:c:d:e:f:g', 'does not begin with "arn:"', 'an ARN is arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE'],
    // "Partition … is not valid for resource". hashicorp/terraform-provider-aws, issue 3045.
    ['arn::s3:::NAME', 'is in the partition ""; expected "aws"', 'did you mean "arn:aws:s3:::NAME"?'],
    ['arn:s3:::a', 'is in the partition "s3"; expected "aws"', 'did you mean "arn:aws:s3:::a"?'],
    // cloudera-labs/cloudera.exe, issue 112.
    [
      'arn:${ARN_PARTITION}:s3:::a',
      'is in the partition "${ARN_PARTITION}"; expected "aws"',
      'did you mean "arn:aws:s3:::a"?',
    ],
    // "Resource vendor must be fully qualified and cannot contain regexes."
    ['arn:aws', 'names no service', 'an ARN is arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE'],
    // IAM User Guide, "IAM policy elements: Variables and tags", had this one itself.
    ['arn:aws::s3:::a/*', 'names no service', 'did you mean "arn:aws:s3:::a/*"?'],
    ['arn:aws::bucket:x', 'names no service', 'an ARN is arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE'],
    // "The policy failed legacy parsing".
    ['arn:aws:s3::bucket', 'has 5 parts; an ARN has 6', 'did you mean "arn:aws:s3:::bucket"?'],
    ['arn:aws:s3:bucket', 'has 4 parts; an ARN has 6', 'did you mean "arn:aws:s3:::bucket"?'],
    ['arn:aws:iam::role/Admin', 'has 5 parts; an ARN has 6', 'did you mean "arn:aws:iam::*:role/Admin"?'],
    [
      'arn:aws:dynamodb:eu-west-1:table/x',
      'has 5 parts; an ARN has 6',
      'did you mean "arn:aws:dynamodb:eu-west-1:*:table/x"?',
    ],
    [
      'arn:aws:mobiletargeting::x',
      'has 5 parts; an ARN has 6',
      'an ARN is arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE',
    ],
  ])('%j %s', async (resource, message, hint) => {
    expect(await refused(resource)).toMatchObject({ message: `${JSON.stringify(resource)} ${message}`, hint })
  })

  it.each([
    ['arn:aws:s*:::a', 'the service of an ARN takes neither wildcards nor variables'],
    ['arn:aws:${aws:x}:::a', 'the service of an ARN takes neither wildcards nor variables'],
    ['arn:aws:sqs:eu-west-1:11112222333:q', '"11112222333" is not an account id'],
    // 99designs/iamy, issue 65, and ryanto/next-s3-upload, issue 58: "The policy failed legacy parsing".
    ['arn:aws:iam::xxx:role/bastion', '"xxx" is not an account id'],
    ['arn:aws:sts::ACCOUNT_ID:federated-user/Web', '"ACCOUNT_ID" is not an account id'],
    ['arn:aws:iam::${ACCOUNT}:role/x', '"${ACCOUNT}" is not an account id'],
    ['arn:aws:sqs:eu-west1:111122223333:q', '"eu-west1" is not a Region'],
    ['arn:aws:sqs:EU-WEST-1:111122223333:q', '"EU-WEST-1" is not a Region'],
    // Examples of AWS copied as they are.
    ['arn:aws:rds:region:*:*', '"region" is not a Region'],
    // duo-labs/parliament, pull request 177: "IAM resource path must either be "*" or start with user/, …".
    ['arn:aws:iam::123456789012:*/*', 'the type of a resource takes no wildcard in iam'],
    // IAM User Guide, "IAM identifiers": "IAM does not allow the following".
    ['arn:aws:iam::123456789012:u*', 'the type of a resource takes no wildcard in iam'],
  ])('%j: %s', async (resource, message) => {
    for (const key of ['Resource', 'NotResource'])
      expect((await refused(resource, key))?.message).toBe(`${JSON.stringify(resource)}: ${message}`)
  })
})

describe('a resource that is nearly a known one', () => {
  it.each([
    ['arn:aws:S3:::a', 'AWS has no service "S3" for ARNs', 'arn:aws:s3:::a'],
    ['arn:aws:dynamodbb:*:*:table/x', 'AWS has no service "dynamodbb" for ARNs', 'arn:aws:dynamodb:*:*:table/x'],
    ['arn:aws:dynamodb:*:*:tables/x', 'dynamodb has no resource "tables/x"', 'arn:aws:dynamodb:*:*:table/x'],
    ['arn:aws:dynamodb:*:*:Table/x', 'dynamodb has no resource "Table/x"', 'arn:aws:dynamodb:*:*:table/x'],
    ['arn:aws:dynamodb:*:*:table:x', 'dynamodb has no resource "table:x"', 'arn:aws:dynamodb:*:*:table/x'],
    ['arn:aws:lambda:*:*:function/x', 'lambda has no resource "function/x"', 'arn:aws:lambda:*:*:function:x'],
    ['arn:aws:logs:*:*:log-group/x', 'logs has no resource "log-group/x"', 'arn:aws:logs:*:*:log-group:x'],
    [
      'arn:aws:secretsmanager:*:*:secret/x',
      'secretsmanager has no resource "secret/x"',
      'arn:aws:secretsmanager:*:*:secret:x',
    ],
    ['arn:aws:ec2:*:*:instances/*', 'ec2 has no resource "instances/*"', 'arn:aws:ec2:*:*:instance/*'],
    ['arn:aws:iam::*:roles/x', 'iam has no resource "roles/x"', 'arn:aws:iam::*:role/x'],
    // "IAM resource … cannot contain region information.", cloud-gov/terraform-provision, pull request 1838.
    [
      'arn:aws:iam:eu-west-1:*:role/x',
      '"arn:aws:iam:eu-west-1:*:role/x" has "eu-west-1" where AWS writes no Region',
      'arn:aws:iam::*:role/x',
    ],
    [
      'arn:aws:s3:eu-west-1::a',
      '"arn:aws:s3:eu-west-1::a" has "eu-west-1" where AWS writes no Region',
      'arn:aws:s3:::a',
    ],
    [
      'arn:aws:s3::111122223333:a/*',
      '"arn:aws:s3::111122223333:a/*" has "111122223333" where AWS writes no account id',
      'arn:aws:s3:::a/*',
    ],
    ['arn:aws:s3::::a', '"arn:aws:s3::::a" has a colon too many', 'arn:aws:s3:::a'],
    ['arn:aws:sqs::*:q', '"arn:aws:sqs::*:q" has no Region', 'arn:aws:sqs:*:*:q'],
  ])('is an error at its place: %s', async (resource, message, likely) => {
    const { asOf } = await knownForms()
    const hint = `did you mean ${JSON.stringify(likely)}? If AWS added it after ${asOf}, pass --allow-unknown`
    expect(await refused(resource)).toMatchObject({ message, hint })
  })

  it('is an error in iam too where IAM takes no other', async () => {
    expect(await refused('arn:aws:iam:::example_bucket')).toMatchObject({
      message: expect.stringMatching('^iam had no resource "example_bucket" on '),
      hint: expect.stringMatching('^IAM takes "\\*", or what begins with access-report/, .*--allow-unknown$'),
    })
  })
})

describe('a Region that is none', () => {
  it.each([
    ['arn:aws:sqs:us-est-1:111122223333:q', 'us-est-1', 'us-east-1'],
    ['arn:aws:sqs:eu-cenral-1:111122223333:q', 'eu-cenral-1', 'eu-central-1'],
    ['arn:aws:sqs:us-northeast-1:111122223333:q', 'us-northeast-1', 'ap-northeast-1'],
    ['arn:aws:sqs:mx-centrale-1:111122223333:q', 'mx-centrale-1', 'mx-central-1'],
  ])('is an error at its place where it is nearly one: %s', async (resource, region, likely) => {
    const { asOf } = await knownForms()
    for (const key of ['Resource', 'NotResource'])
      expect(await refused(resource, key)).toMatchObject({
        message: `${JSON.stringify(resource)}: "${region}" is not a Region`,
        hint: `did you mean "${likely}"? If AWS added it after ${asOf}, pass --allow-unknown`,
      })
  })

  it.each(['eu-west-9', 'zz-middle-1', 'us-middle-north-1'])(
    'may be newer than the list where none is near: %s',
    async (region) => {
      const { asOf } = await knownForms()
      const resource = `arn:aws:sqs:${region}:*:q`
      expect(await warned(resource)).toMatchObject({
        message: `${JSON.stringify(resource)}: AWS had no Region "${region}" on ${asOf}`,
        hint: 'check its name; * stands for any Region',
      })
    },
  )

  it.each(['us-*', 'us-????-1', '*', '${aws:RequestedRegion}', 'eusc-de-east-1', 'us-isob-west-1', 'me-west-1'])(
    'is no wildcard, variable or Region that AWS has: %s',
    async (region) => {
      const { text } = withResource(`arn:aws:sqs:${region}:*:q`)
      expect((await load(text)).warnings).toEqual([])
    },
  )
})

describe('a resource that AWS may have after all is a warning at its place', () => {
  it.each([
    ['arn:aws:zzz-unheard-of:*:*:x', /^AWS has no service "zzz-unheard-of" for ARNs as of /, /Reference$/],
    [
      'arn:aws:cloudformation:*:*:stack/name',
      /^cloudformation had no resource "stack\/name" on /,
      /^AWS writes "stack\/\*\/\*"$/,
    ],
    ['arn:aws:kms:*:*:mykey', /^kms had no resource "mykey" on /, /^AWS writes alias… and key…$/],
    ['arn:aws:dynamodb:*::table/x', / has no account id$/, /^did you mean "arn:aws:dynamodb:\*:\*:table\/x"\?$/],
    // AWS-managed policies have this one, and it has no effect there either.
    [
      'arn:aws:states:*:*:statemachine:x',
      /^states has no resource "statemachine:x"$/,
      /^did you mean "arn.*:stateMachine:x"\?/,
    ],
    // IAM User Guide, "IAM identifiers": IAM completes these.
    [
      'arn:aws:sqs',
      /has 3 parts; an ARN has 6, and IAM adds "\*" for the others$/,
      /^write "arn:aws:sqs:\*:\*:\*" if all/,
    ],
    ['arn:aws:codebuild:*', /has 4 parts; an ARN has 6/, /^write "arn:aws:codebuild:\*:\*:\*" if/],
    ['arn:aws:iam::*', /has 5 parts; an ARN has 6/, /^write "arn:aws:iam::\*:\*" if/],
  ])('%s', async (resource, message, hint) => {
    const found = await warned(resource)
    expect(found?.message).toMatch(message)
    expect(found?.hint).toMatch(hint)
  })
})

it.each([
  ...['*', '**', '*:*', '${aws:userid}', 'arn:aws:s3:::', 'arn:aws:s3:::*', 'arn:aws:s3:::a', 'arn:aws:s3:::a/b/*'],
  ...['arn:*:s3:::a', 'arn:aws:s3:::${aws:userid}', 'arn:aws:s3:::home/${aws:PrincipalTag/a:b}/*'],
  ...['arn:aws:s3:us-west-2:123456789012:accesspoint/p/object/*', 'arn:aws:s3:::bucket-with.dots/?x'],
  ...['arn:aws:iam::*:mfa/${aws:userid}', 'arn:aws:iam::*:user/${aws:userid}', 'arn:aws:iam::aws:policy/*'],
  ...['arn:aws:iam::111122223333:role/team/*', 'arn:aws:iam::*:*', 'arn:aws:iam::111122223333:oidc-provider/x.y/z'],
  ...['arn:aws:dynamodb:*:${aws:PrincipalAccount}:table/x', 'arn:aws:dynamodb:eu-west-1:111122223333:table/x/index/*'],
  ...['arn:aws:logs:*:*:*', 'arn:aws:logs:*:*:log-group:/aws/lambda/x:*', 'arn:aws:lambda:*:*:function:x:live'],
  ...['arn:aws:sqs:mx-central-1:111122223333:q', 'arn:aws:sqs:us-iso-east-1:*:q', 'arn:aws:sqs:eu-*:1111*:q'],
  ...['arn:aws:sns:*:*:topic', 'arn:aws:execute-api:*:*:abc/prod/GET/*', 'arn:aws:apigateway:*::/restapis/*'],
  // duo-labs/parliament, issue 122.
  ...['arn:aws:cloudformation:us-west-2:aws:transform/Serverless-2016-10-31', 'arn:aws:catalog:*:*:product/*'],
  ...['arn:aws:ssm:*::parameter/aws/service/*', 'arn:aws:ssm:eu-west-1:111122223333:parameter/a/b'],
  ...[
    'arn:aws:ec2:*::image/ami-0',
    'arn:aws:ec2:*:*:vpc*',
    'arn:aws:kms:*:*:key/mrk-*',
    'arn:aws:states:*:*:stateMachine:x',
  ],
  ...['arn:aws:iam::cloudfront:user/x', 'arn:aws:imagebuilder:*:aws:image/x/*', 'arn:aws:mobiletargeting:*:*:apps/x'],
])('a resource is taken: %s', async (resource) => {
  expect((await load(withResource(resource).text)).warnings).toEqual([])
})

describe('the partition of resources', () => {
  it.each([
    // eksctl-io/eksctl, issue 4329, and many more.
    ['cn-north-1', 'arn:aws:ec2:*:*:volume/*', 'expected "aws-cn"', 'arn:aws-cn:ec2:*:*:volume/*'],
    ['us-gov-west-1', 'arn:aws:s3:::x', 'expected "aws-us-gov"', 'arn:aws-us-gov:s3:::x'],
    ['eu-west-1', 'arn:aws-cn:s3:::x', 'expected "aws"', 'arn:aws:s3:::x'],
  ])('is that of the Region of Identity Center: in %s, %s is an error', async (region, resource, message, likely) => {
    const { text } = marked(withResource(resource, 'Resource', inRegion(region)).text.replace('arn:aws:s3:::a', '*'))
    const [first] = await refusal(text)
    expect(first?.message).toContain(message)
    expect(first?.hint).toBe(`did you mean "${likely}"?`)
  })

  it.each([
    ['cn-north-1', 'arn:aws-cn:s3:::x'],
    ['eusc-de-east-1', 'arn:aws-eusc:s3:::x'],
    ['us-iso-east-1', 'arn:aws-iso:s3:::x'],
  ])('is that of the Region of Identity Center: in %s, %s is taken', async (region, resource) => {
    const { text } = withResource(resource, 'Resource', inRegion(region))
    const found = await load(text.replace('arn:aws:s3:::a', '*')).catch((cause: unknown) => cause)
    expect(JSON.stringify(found)).not.toContain('expected \\"aws')
  })
})

it('in a policy file, a resource is found at its place', async () => {
  const { text, places } = marked(
    '{\n  "Version": "2012-10-17",\n  "Statement": { "Effect": "Deny", "Action": "*",\n    "NotResource": ["*", «"my-bucket"»] }\n}\n',
  )
  const manifest = `${head}permission_sets:\n  Admin: { inline_policy_file: p.json }\n`
  const [first, ...more] = await refusal(manifest, { 'p.json': text })
  expect(more).toEqual([])
  expect(first?.at).toEqual({ file: 'p.json', ...places[0] })
})
it.each([
  ['beginnings of variables', `arn:aws:ec2:\${${'${:'.repeat(3000)}`],
  ['colons', `arn:aws:ec2:::${':'.repeat(9000)}`],
  ['wildcards', `arn:aws:ec2:*:*:${'*?a'.repeat(3000)}`],
])(
  'a resource of thousands of %s is judged at once',
  async (_what, resource) => {
    const { text } = withResource(resource)
    const found = await load(text).catch((cause: unknown) => cause)
    expect(found).toBeDefined()
  },
  20_000,
)
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: policy variables
