import { describe, expect, it } from 'vitest'
import { head, load, marked, placeOf } from './load.ts'

const withStatement = (statement: string) =>
  marked(
    `${head}permission_sets:\n  Admin:\n    inline_policy: { Version: "2012-10-17", Statement: [{ ${statement} }] }\n`,
  )

const none = 'about none of the resources of this statement, which has no effect on'
const instance = '"arn:aws:ec2:eu-west-1:111122223333:instance/i-1"'

describe('an action that is about none of the resources of its statement', () => {
  it.each([
    [
      'a bucket where objects are named',
      'Effect: Allow, Action: «"s3:ListBucket"», Resource: "arn:aws:s3:::b/*"',
      `s3:ListBucket is ${none} it`,
      'it is about arn:*:s3:::*',
    ],
    [
      'an object where a bucket is named, of a Deny',
      'Effect: Deny, Action: [ "s3:ListBucket", «"s3:GetObject"», "s3:PutObject" ], Resource: [ "arn:aws:s3:::b" ]',
      `s3:GetObject and s3:PutObject are ${none} them`,
      's3:GetObject is about ',
    ],
    [
      'no single resource',
      `Effect: Allow, Action: [ «"ec2:DescribeInstances"», "ec2:StopInstances" ], Resource: ${instance}`,
      `ec2:DescribeInstances is ${none} it`,
      'put it into a statement with Resource: "*"',
    ],
    [
      'another resource of the service',
      `Effect: Allow, Action: «"EC2:StopInstances"», Resource: [ "arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:snapshot/*" ]`,
      `EC2:StopInstances is ${none} it`,
      'EC2:StopInstances is about arn:*:ec2:*:*:instance/*',
    ],
  ])('is a warning at its place: %s', async (_what, statement, message, hint) => {
    const { text, places } = withStatement(statement)
    const [first, ...more] = (await load(text)).warnings
    expect(more).toEqual([])
    expect(first).toMatchObject({ code: 'action-resource', message })
    expect(first?.hint).toContain(hint.replace(/^it /, 's3:ListBucket '))
    expect(first && placeOf(first)).toEqual(places[0])
  })

  it.each([
    ['both', 'Action: [ "s3:ListBucket", "s3:GetObject" ], Resource: [ "arn:aws:s3:::b", "arn:aws:s3:::b/*" ]'],
    ['a star that may be both', 'Action: [ "s3:ListBucket", "s3:GetObject" ], Resource: "arn:aws:s3:::b*"'],
    ['a variable that may be both', 'Action: [ "s3:ListBucket" ], Resource: "arn:aws:s3:::$${aws:userid}"'],
    ['a star beside it', `Action: "ec2:DescribeInstances", Resource: [ ${instance}, "*" ]`],
    ['a wildcard in the action', 'Action: [ "s3:List*" ], Resource: "arn:aws:s3:::b/*"'],
    ['all buckets, which AWS takes', 'Action: "s3:ListAllMyBuckets", Resource: "arn:aws:s3:::*"'],
    ['all but some resources', 'Action: "s3:ListBucket", NotResource: "arn:aws:s3:::b/*"'],
    ['all but some actions', 'NotAction: "s3:ListBucket", Resource: "arn:aws:s3:::b/*"'],
    [
      'a service that is not listed as well',
      'Action: "logs:DescribeLogGroups", Resource: "arn:aws:logs:*:*:log-group:*"',
    ],
  ])('is not one that is about some: %s', async (_what, statement) => {
    const { text } = withStatement(`Effect: Allow, ${statement.replace('$${', '${')}`)
    expect((await load(text)).warnings).toEqual([])
  })
})
