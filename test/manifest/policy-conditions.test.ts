import { describe, expect, it } from 'vitest'
import { conditionOperators } from '../../src/policies/condition-operators.ts'
import { knownForms } from '../../src/policies/known-forms.ts'
import { head, load, marked, placeOf, refusal } from './load.ts'

/** A manifest with one statement whose condition is as given; marks around the place where something is found. */
const withCondition = (condition: string, action = '*') =>
  `${head}permission_sets:\n  Admin:\n    inline_policy:\n      Version: "2012-10-17"\n      Statement:\n        - Effect: Allow\n          Action: ["${action}"]\n          Resource: "*"\n          Condition: ${condition}\n`

async function warnings(text: string): Promise<readonly string[]> {
  return (await load(text)).warnings.map(({ message }) => message)
}

describe('an operator', () => {
  it.each([
    ['StringEqual', 'did you mean "StringEquals"?'],
    ['stringEquals', 'did you mean "StringEquals"?'],
    ['stringequals', 'did you mean "StringEquals"?'],
    ['StringEqualsIfExist', 'did you mean "StringEqualsIfExists"?'],
    ['IfExistsStringEquals', undefined],
    ['ForAnyValues:StringLike', 'did you mean "ForAnyValue:StringLike"?'],
    ['ForAllValue:StringEquals', 'did you mean "ForAllValues:StringEquals"?'],
    ['forAnyValue:StringEquals', 'did you mean "ForAnyValue:StringEquals"?'],
    ['ARNLike', 'did you mean "ArnLike"?'],
    ['IPAddress', 'did you mean "IpAddress"?'],
    ['NotIPAddress', 'did you mean "NotIpAddress"?'],
    ['DateGreaterThanOrEquals', 'did you mean "DateGreaterThanEquals"?'],
    ['Boolean', undefined],
    ['Frobnicate', 'operators begin with String, Numeric, Date, Arn or are Bool, '],
    ['NullIfExists', 'write Null, which asks for the key itself and takes no IfExists.'],
    ['ForAnyValue:NullIfExists', 'write Null, which asks for the key itself and takes no IfExists.'],
  ])('that IAM does not have is an error at its place: %s', async (operator, hint = '') => {
    const { text, places } = marked(withCondition(`{ Bool: {}, «"${operator}"»: { "aws:SourceIp": "x" } }`))
    const [first, ...more] = await refusal(text)
    expect(more).toEqual([])
    expect(first).toMatchObject({
      code: 'condition-operator',
      message: `IAM has no condition operator ${JSON.stringify(operator)}`,
      hint: expect.stringMatching(new RegExp(`^${hint.replaceAll(/[?.]/g, '\\$&')}`)),
    })
    expect(first && placeOf(first)).toEqual(places[0])
  })

  it('that IAM documents is taken, with what may stand before and after it', async () => {
    // A variable goes with every type of value.
    const all = [...conditionOperators].map((one) => `"${one}": { "aws:userid": "\${*}" }`)
    expect(all).toHaveLength(26 * 6 + 3)
    expect(await warnings(withCondition(`{ ${all.join(', ')} }`))).toEqual([])
  })
})

describe('the shape of a condition', () => {
  it.each([
    // aws-cloudformation/cfn-lint, issue 3751: "Syntax errors in policy".
    [
      'a key without an operator',
      '{ «"servicecatalog:accountLevel"»: self }',
      '"servicecatalog:accountLevel" is a condition key; expected an operator above it',
      'put it below an operator, for example StringEquals: { "servicecatalog:accountLevel": … }',
    ],
    [
      'key and operator changed over',
      '{ «"aws:SourceIp"»: { IpAddress: 10.0.0.0/8 } }',
      '"aws:SourceIp" is a condition key; expected an operator above it',
      'change the two over: IpAddress: { "aws:SourceIp": … }',
    ],
    [
      'an operator without a key',
      '{ StringEquals: «eu-west-1» }',
      'StringEquals: expected a map from condition keys to values, found "eu-west-1"',
      'write OPERATOR: { KEY: VALUE }, for example StringEquals: { "aws:RequestedRegion": eu-west-1 }',
    ],
    [
      'a list',
      '«[{ Bool: { "aws:SecureTransport": true } }]»',
      'Condition: expected a map from operators to condition keys, found [{"Bool":{"aws:SecureTransport":true}}]',
      'write OPERATOR: { KEY: VALUE }, for example StringEquals: { "aws:RequestedRegion": eu-west-1 }',
    ],
    [
      'an operator below a key',
      '{ StringEquals: { "aws:SourceIp": «{ IfExists: x }» } }',
      '"aws:SourceIp": expected a value or a list of values, found {"IfExists":"x"}',
      'an operator stands above its keys: OPERATOR: { KEY: VALUE }',
    ],
  ])('is an error at its place: %s', async (_what, condition, message, hint) => {
    const { text, places } = marked(withCondition(condition))
    const [first, ...more] = await refusal(text)
    expect(more).toEqual([])
    expect(first).toMatchObject({ code: 'condition-form', message, hint })
    expect(first && placeOf(first)).toEqual(places[0])
  })
})

describe('a condition key', () => {
  it.each([
    ['aws:SorceIp', 'did you mean "aws:SourceIp"?'],
    ['aws:PrincipalOrgIDs', 'did you mean "aws:PrincipalOrgID"?'],
    ['aws:PrincipleTag/team', 'did you mean "aws:PrincipalTag/team"?'],
    ['aws:ResourceTags/team', 'did you mean "aws:ResourceTag/team"?'],
    ['aws:ResourceTag:team', 'did you mean "aws:ResourceTag/team"?'],
    ['aws:MultifactorAuthPresents', 'did you mean "aws:MultiFactorAuthPresent"?'],
    ['s3:prefx', 'did you mean "s3:prefix"?'],
    ['s3:ExistingObjectTags/a', 'did you mean "s3:ExistingObjectTag/a"?'],
    ['ec2:RequestTag/team', 'did you mean "aws:RequestTag/team"?'],
    ['s3:SourceIp', 'did you mean "aws:SourceIp"?'],
    ['dynamodbb:LeadingKeys', 'did you mean "dynamodb:LeadingKeys"?'],
    ['SourceIp', 'did you mean "aws:SourceIp"?'],
    ['LeadingKeys', 'did you mean "dynamodb:LeadingKeys"?'],
    ['frobnicate', 'write SERVICE:KEY.'],
    ['aws:RequestTag', 'write "aws:RequestTag/KEY" with the key of a tag.'],
    ['aws:ResourceTag/', 'write "aws:ResourceTag/KEY" with the key of a tag.'],
  ])('that is nearly a known one is an error at its place: %s', async (key, hint) => {
    const { text, places } = marked(withCondition(`{ StringEquals: { "aws:PrincipalType": x, «"${key}"»: y } }`))
    const [first, ...more] = await refusal(text)
    expect(more).toEqual([])
    const { asOf } = await knownForms()
    expect(first).toMatchObject({
      code: 'condition-key',
      hint: `${hint} If AWS added it after ${asOf}, pass --allow-unknown`,
    })
    expect(first && placeOf(first)).toEqual(places[0])
  })

  it.each([
    ['aws:SourceIp', '*'],
    ['AWS:sourceip', '*'],
    ['aws:ResourceTag/aws:cloudformation:stack-name', '*'],
    ['aws:SignInSessionArn', '*'],
    ['s3:prefix', 's3:ListBucket'],
    ['S3:PREFIX', 'S3:ListBucket'],
    ['s3:ExistingObjectTag/team', 's3:*'],
    ['ec2:ResourceTag/Name', 'ec2:*'],
    ['ssm:resourceTag/Name', 'ssm:*'],
    ['codebuild:secondarySources/a.location', 'codebuild:*'],
    ['kms:EncryptionContext:aws:s3:arn', 'kms:Decrypt'],
    ['saml:sub', 's3:*'],
    ['identitystore:UserId', 's3:*'],
    ['identitystore:userId', 's3:*'],
    ['lambda:SourceFunctionArn', 's3:*'],
    ['ec2:SourceInstanceARN', 'ec2:*'],
    ['catalog:ChangeType', 'aws-marketplace:*'],
    ['iam:ResourceTag/team', 'sts:AssumeRole'],
    ['token.actions.githubusercontent.com:sub', 'sts:*'],
    ['oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:sub', 'sts:*'],
    ['cognito-identity.amazonaws.com:anything', 's3:*'],
  ])('that AWS has, or that an identity provider may have, is taken: %s for %s', async (key, action) => {
    expect(await warnings(withCondition(`{ StringLike: { "${key}": x } }`, action))).toEqual([])
  })

  it.each([
    ['aws:SourceIpv6Only'],
    ['aws:SourceIp4'],
    ['s3:FrobnicationLevel'],
    ['zzz-unheard-of:Key'],
    ['support:Anything'],
  ])('that is not near to any is a warning with the day of the list: %s', async (key) => {
    const { asOf } = await knownForms()
    expect(await warnings(withCondition(`{ StringLike: { "${key}": x } }`))).toEqual([
      `AWS had no condition key "${key}" on ${asOf}, the day of the list that comes with this version`,
    ])
  })

  it.each([
    ['s3:prefix', 'dynamodb:GetItem', 'dynamodb'],
    ['kms:ViaService', 's3:GetObject', 's3'],
    ['iam:PassedToService', 'lambda:CreateFunction", "ec2:RunInstances', 'lambda and ec2'],
  ])('of another service than the actions of the statement is a warning: %s for %s', async (key, action, services) => {
    expect(await warnings(withCondition(`{ StringEquals: { "${key}": x } }`, action))).toEqual([
      `requests to ${services} have no condition key "${key}"`,
    ])
  })

  it.each([
    ['kms:ViaService', 's3:GetObject", "kms:Decrypt'],
    ['kms:ViaService', '*'],
    ['kms:ViaService', 'k*:Decrypt'],
  ])('of one of the services of the statement is taken: %s for %s', async (key, action) => {
    const found = await warnings(withCondition(`{ StringEquals: { "${key}": x } }`, action))
    expect(found.filter((one) => one.includes(key))).toEqual([])
  })
})

describe('a value', () => {
  it.each([
    ['Bool', 'aws:SecureTransport', 'yes', 'true or false'],
    ['Null', 'aws:PrincipalTag/team', 'none', 'true or false'],
    ['BoolIfExists', 'aws:MultiFactorAuthPresent', '1', 'true or false'],
    ['NumericLessThan', 'aws:MultiFactorAuthAge', '1h', 'a number'],
    ['DateLessThan', 'aws:CurrentTime', '31.12.2026', 'a date'],
    ['DateLessThan', 'aws:CurrentTime', '2026-13-01T00:00:00Z', 'a date'],
    ['IpAddress', 'aws:SourceIp', '10.0.0.0/33', 'an address or a range of addresses'],
    ['NotIpAddress', 'aws:SourceIp', '10.0.0.256', 'an address or a range of addresses'],
    ['ForAnyValue:IpAddress', 'aws:VpcSourceIp', 'example.com', 'an address or a range of addresses'],
    ['IpAddress', 'aws:SourceIp', '10.0.*', 'an address or a range of addresses'],
    ['ArnLike', 'aws:PrincipalArn', 'role/Deploy', 'an ARN'],
    ['ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam:role/Deploy', 'an ARN'],
  ])('that %s cannot compare is a warning at its place: %s %s', async (operator, key, value, what) => {
    const { text, places } = marked(withCondition(`{ "${operator}": { "${key}": ["\${aws:userid}", «"${value}"»] } }`))
    const [first, ...more] = (await load(text)).warnings
    expect(more).toEqual([])
    expect(first).toMatchObject({
      code: 'condition-value',
      message: `${operator}: expected ${what}, found ${JSON.stringify(value)}`,
      hint: expect.stringMatching(/^write /),
    })
    expect(first && placeOf(first)).toEqual(places[0])
  })

  it.each([
    ['Bool', 'aws:SecureTransport', 'true'],
    ['Bool', 'aws:SecureTransport', '"False"'],
    ['Null', 'aws:PrincipalTag/team', 'false'],
    ['NumericLessThan', 'aws:MultiFactorAuthAge', '3600'],
    ['NumericLessThan', 'aws:MultiFactorAuthAge', '"3600.5"'],
    ['DateLessThan', 'aws:CurrentTime', '2026-12-31'],
    ['DateLessThan', 'aws:CurrentTime', '"2026-12-31T00:00:00Z"'],
    ['DateLessThan', 'aws:TokenIssueTime', '"2026-12-31T00:00:00.5+0900"'],
    ['DateLessThan', 'aws:EpochTime', '1798675200'],
    ['IpAddress', 'aws:SourceIp', '203.0.113.7'],
    ['IpAddress', 'aws:SourceIp', '["0.0.0.0/0", "2001:db8::/32", "::1", "::ffff:10.0.0.1"]'],
    ['ArnLike', 'aws:PrincipalArn', '["arn:aws:iam::*:role/*", "*", "arn:*", "arn:aws:iam::111122223333:root"]'],
    ['StringEquals', 'aws:PrincipalTag/team', 'yes'],
    ['BinaryEquals', 'aws:PrincipalTag/team', 'QmluYXJ5'],
  ])('that %s compares is taken: %s %s', async (operator, key, value) => {
    expect(await warnings(withCondition(`{ "${operator}": { "${key}": ${value} } }`))).toEqual([])
  })
})

describe('in a policy file', () => {
  const manifest = `${head}permission_sets:\n  Admin: { inline_policy_file: p.json }\n`
  const policy = (condition: string) =>
    marked(
      `{\n  "Version": "2012-10-17",\n  "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*",\n    "Condition": ${condition} }\n}\n`,
    )

  it.each([
    ['an operator', '{ «"StringEqual"»: { "s3:prefix": "x" } }'],
    ['a key', '{ "StringEquals": { «"s3:prefx"»: "x" } }'],
    ['a key without an operator', '{ «"s3:prefix"»: "x" }'],
    ['a value in place of a map', '{ "StringEquals": «"s3:prefix"» }'],
  ])('%s is found at its place', async (_what, condition) => {
    const { text, places } = policy(condition)
    const [first, ...more] = await refusal(manifest, { 'p.json': text })
    expect(more).toEqual([])
    expect(first?.at).toEqual({ file: 'p.json', ...places[0] })
  })
})
