import { describe, expect, it } from 'vitest'
import { Refusal } from '../../src/model/diagnostic.ts'
import { actionResources } from '../../src/policies/action-resources.ts'
import { knownNames } from '../../src/policies/known-names.ts'
import { checkPartition, resourceRemarks } from '../../src/reconcile/asked-resource.ts'

const resources = await actionResources()
const names = await knownNames()
const here = 'us-east-1:111122223333'

/** What is said of a question: `taken`, or message and hint of the error. */
function answerOf(action: string, resource: string): string {
  return refusalOf(() => expect(resourceRemarks({ action, resource }, resources, false)).toEqual([]))
}

function refusalOf(run: () => void): string {
  try {
    run()
    return 'taken'
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const [{ message, hint } = { message: '', hint: '' }] = thrown.diagnostics
    return `${message}: ${hint}`
  }
}

describe('a resource that an action is about is taken', () => {
  it.each([
    ['s3:GetObject', 'arn:aws:s3:::payroll/2026.csv'],
    ['s3:GetObject', 'arn:aws:s3:::payroll/*'],
    ['S3:getobject', 'arn:aws:s3:::payroll*'],
    ['s3:GetObject', 'arn:*:s3:::*'],
    ['s3:GetObject', '*'],
    ['s3:ListBucket', 'arn:aws:s3:::payroll'],
    ['s3:GetObject', `arn:aws:s3:${here}:accesspoint/desk/object/a.csv`],
    ['s3:ListBucket', `arn:aws:s3:${here}:accesspoint/desk`],
    ['s3:GetObject', 'arn:aws:s3::111122223333:accesspoint/desk.mrap/object/a.csv'],
    ['dynamodb:Query', `arn:aws:dynamodb:${here}:table/people`],
    ['dynamodb:Query', `arn:aws:dynamodb:${here}:table/people/index/by-name`],
    ['ec2:TerminateInstances', `arn:aws:ec2:${here}:instance/i-1`],
    ['ec2:TerminateInstances', 'arn:aws:ec2:*:*:instance/*'],
    ['ec2:RunInstances', 'arn:aws:ec2:us-east-1::image/ami-1'],
    ['iam:PassRole', 'arn:aws:iam::111122223333:role/team/Deploy'],
    ['sts:AssumeRole', 'arn:aws:iam::444455556666:role/Deploy'],
    ['iam:GetPolicy', 'arn:aws:iam::aws:policy/job-function/Billing'],
    ['kms:Decrypt', `arn:aws:kms:${here}:key/1234abcd`],
    ['logs:StartQuery', `arn:aws:logs:${here}:log-group:web`],
    ['logs:StartQuery', `arn:aws:logs:${here}:log-group:web:*`],
    ['logs:PutLogEvents', `arn:aws:logs:${here}:log-group:web:log-stream:1`],
    ['lambda:InvokeFunction', `arn:aws:lambda:${here}:function:job:live`],
    ['ssm:SendCommand', 'arn:aws:ssm:us-east-1::document/AWS-RunShellScript'],
    ['cloudformation:CreateStack', `arn:aws:cloudformation:${here}:stack/web/*`],
    ['execute-api:Invoke', `arn:aws:execute-api:${here}:a1b2/prod/GET/pets`],
    // What is not known, and what is many actions, says nothing of resources.
    ['frobnicate:Everything', `arn:aws:ec2:${here}:instance/i-1`],
    ['s3:FrobnicateObject', 'arn:aws:s3:::payroll'],
    ['s3:Get*', 'arn:aws:s3:::payroll'],
    ['*:*', 'arn:aws:s3:::payroll'],
  ])('%s on %s', (action, resource) => {
    expect(answerOf(action, resource)).toBe('taken')
  })
})

const anyway = '; --allow-unknown asks anyway'

describe('a resource that an action is not about is an error that says what to ask', () => {
  it.each([
    ['s3:GetObject', 'arn:aws:s3:::payroll', 'write arn:aws:s3:::payroll/* for what is in it'],
    [
      's3:GetObject',
      `arn:aws:s3:${here}:accesspoint/desk`,
      `write arn:aws:s3:${here}:accesspoint/desk/* for what is in it`,
    ],
    [
      'logs:GetLogEvents',
      `arn:aws:logs:${here}:log-group:web`,
      `write arn:aws:logs:${here}:log-group:web:* for what is in it`,
    ],
    [
      'dynamodb:GetRecords',
      `arn:aws:dynamodb:${here}:table/people`,
      `write arn:aws:dynamodb:${here}:table/people/* for what is in it`,
    ],
    ['ec2:StopInstances', `arn:aws:ec2:${here}:volume/vol-1`, 'it is about arn:*:ec2:*:*:instance/*'],
    ['ec2:StopInstances', 'arn:aws:ec2:*:*:volume/*', 'it is about arn:*:ec2:*:*:instance/*'],
    ['iam:PassRole', 'arn:aws:iam::111122223333:user/taro', 'it is about arn:*:iam::*:role/*'],
    ['kms:Decrypt', `arn:aws:kms:${here}:alias/app`, 'it is about arn:*:kms:*:*:key/*'],
    ['s3:DeleteBucket', `arn:aws:sqs:${here}:jobs`, 'it is about arn:*:s3:::*'],
    // Names that hold no slash.
    ['s3:DeleteBucket', 'arn:aws:s3:::b/path', 'it is about arn:*:s3:::*'],
    ['s3:DeleteBucket', 'arn:aws:s3:::b*/*', 'it is about arn:*:s3:::*'],
    ['dynamodb:DeleteTable', `arn:aws:dynamodb:${here}:table/people/index/x`, 'it is about arn:*:dynamodb:*:*:table/*'],
    ['sqs:SendMessage', `arn:aws:sqs:${here}:queue/jobs`, 'it is about arn:*:sqs:*:*:*'],
  ])('%s on %s', (action, resource, hint) => {
    expect(answerOf(action, resource)).toBe(`${action} is not about ${resource}: ${hint}${anyway}`)
  })

  it.each([
    ['ec2:DescribeInstances', `arn:aws:ec2:${here}:instance/i-1`],
    ['s3:ListAllMyBuckets', 'arn:aws:s3:::payroll'],
    ['kms:CreateKey', `arn:aws:kms:${here}:key/*`],
  ])('%s, which takes no resource, on %s', (action, resource) => {
    expect(answerOf(action, resource)).toBe(`${action} is about no single resource: leave --resource out${anyway}`)
  })

  it('with three of many forms', () => {
    expect(answerOf('ec2:CreateTags', 'arn:aws:s3:::payroll')).toMatch(
      /: it is about arn:\*:ec2:\S+, arn:\*:ec2:\S+, arn:\*:ec2:\S+ and others; --allow-unknown asks anyway$/,
    )
  })

  it('of an unknown action where the service of the resource is certainly another', () => {
    expect(answerOf('s3:FrobnicateBucket', `arn:aws:sqs:${here}:jobs`)).toBe(
      `s3:FrobnicateBucket is not about resources of sqs: AWS lists the resources of each action in the Service Authorization Reference${anyway}`,
    )
  })

  it('and a warning with --allow-unknown', () => {
    const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::payroll' }
    expect(resourceRemarks(request, resources, true)).toMatchObject([
      {
        ...{ severity: 'warning', code: 'resource-type' },
        message: 's3:GetObject is not about arn:aws:s3:::payroll, so the answer says nothing',
        hint: 'write arn:aws:s3:::payroll/* for what is in it',
      },
    ])
  })
})

it.each([
  ['arn:aws:s3:::x', 'arn:aws:sso:::instance/ssoins-1', 'taken'],
  ['arn:aws*:s3:::x', 'arn:aws:sso:::instance/ssoins-1', 'taken'],
  ['*', 'arn:aws:sso:::instance/ssoins-1', 'taken'],
  ['arn:aws-cn:s3:::x', 'arn:aws-cn:sso:::instance/ssoins-1', 'taken'],
  [
    'arn:aws-cn:s3:::x',
    'arn:aws:sso:::instance/ssoins-1',
    'arn:aws-cn:s3:::x is in the partition aws-cn, and these accounts are in aws: nothing there can be reached from here; write arn:aws: for a resource of these accounts',
  ],
])('%s asked at %s, of the partition, is: %s', (resource, instance, said) => {
  expect(refusalOf(() => checkPartition({ action: 's3:GetObject', resource }, instance))).toBe(said)
})

it('knows what each action is about that has a name', () => {
  const all = names.services.flatMap((service) => names.classedOf(service).map(({ name }) => `${service}:${name}`))
  expect(all.length).toBeGreaterThan(15_000)
  expect(all.filter((action) => resources.resourcesOf(action) === undefined)).toEqual([])
})

it('has a form in six parts for everything that an action is about', () => {
  const forms = new Set(
    names.services.flatMap((service) =>
      names.classedOf(service).flatMap(({ name }) => resources.resourcesOf(`${service}:${name}`) ?? []),
    ),
  )
  expect([...forms].filter((form) => !/^arn:\*:[a-z0-9*-]+:[a-z0-9*-]*:[a-z0-9*]*:[^\s,|${}<>]+$/.test(form))).toEqual(
    [],
  )
})
