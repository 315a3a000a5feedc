import { describe, expect, it } from 'vitest'
import { knownNames } from '../../src/policies/known-names.ts'
import { head, load, refusal } from './load.ts'

const set = (keys: string) => `${head}permission_sets:\n  Admin: { ${keys} }\n`
const inline = (statement: string) =>
  set(`inline_policy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Resource: "*", ${statement} }] }`)

async function warnings(text: string): Promise<readonly string[]> {
  return (await load(text)).warnings.map(({ message }) => message)
}

describe('the name of a managed policy', () => {
  it.each([
    ['a letter too few', 'AdministratorAcess', 'AdministratorAccess'],
    ['a letter too many', 'ReadOnlyAcccess', 'ReadOnlyAccess'],
    ['two letters changed over', 'PowerUserAcecss', 'PowerUserAccess'],
    ['another case', 'administratoraccess', 'AdministratorAccess'],
    ['no path', 'Billing', 'job-function/Billing'],
    ['another path', 'service-role/ViewOnlyAccess', 'job-function/ViewOnlyAccess'],
    ['as an ARN', 'arn:aws:iam::aws:policy/AdministratorAcess', 'AdministratorAccess'],
  ])('with %s is an error at its place: %s', async (_what, written, meant) => {
    for (const keys of [`managed_policies: ["${written}"]`, `permissions_boundary: { managed_policy: "${written}" }`]) {
      const [first, ...more] = await refusal(set(keys))
      expect(more).toEqual([])
      expect(first).toMatchObject({
        code: 'policy-name',
        message: `AWS has no managed policy ${JSON.stringify(written.replace(/^arn.*policy\//, ''))}`,
        hint: expect.stringMatching(`^did you mean "${meant}"\\? .*--allow-unknown$`),
        at: { line: 4, column: 12 + keys.indexOf(`"${written}"`) },
      })
    }
  })

  it.each([
    ['AdministratorAccess'],
    ['job-function/Billing'],
    ['service-role/AWSLambdaBasicExecutionRole'],
    ['arn:aws-cn:iam::aws:policy/OnlyInChina'],
  ])('that AWS has, or may have elsewhere, is taken: %s', async (name) => {
    expect(await warnings(set(`managed_policies: ["${name}"]`))).toEqual([])
  })

  it.each([
    ['AWSLambdaFullAccess', 'AWSLambda_FullAccess'],
    ['AWSCloudTrailReadOnlyAccess', 'AWSCloudTrail_ReadOnlyAccess'],
    ['service-role/AWSConfigRole', 'service-role/AWS_ConfigRole'],
  ])(
    'that AWS has given up is a warning with its successor, since a set may still hold it: %s',
    async (name, successor) => {
      const { warnings: found } = await load(set(`managed_policies: ["${name}"]`))
      expect(found).toEqual([
        expect.objectContaining({ code: 'policy-name', hint: `its successor may be ${successor}` }),
      ])
    },
  )

  it.each([['CompletelyNewServiceFullAccess'], ['SecurityAuditV2'], ['AmazonEC2FullAccess3']])(
    'that is not near to any is a warning with the day of the list: %s',
    async (name) => {
      const { policiesAsOf } = await knownNames()
      expect(await warnings(set(`managed_policies: [${name}]`))).toEqual([
        `AWS had no managed policy "${name}" on ${policiesAsOf}, the day of the list that comes with this version`,
      ])
    },
  )
})

describe('an action of an inline policy', () => {
  it.each([
    ['a misspelt action', 's3:GetObjct', 's3 has no action "GetObjct"', 's3:GetObject'],
    ['a misspelt service', 'dynamodbb:GetItem', 'AWS has no service "dynamodbb"', 'dynamodb:GetItem'],
    ['no service', 'GetObject', '"GetObject" names no service', 's3:GetObject'],
  ])('is an error at its place with %s', async (_what, action, message, meant) => {
    for (const key of ['Action', 'NotAction'])
      for (const value of [`"${action}"`, `["sts:*", "${action}"]`]) {
        const text = inline(`${key}: ${value}`)
        const [first, ...more] = await refusal(text)
        expect(more).toEqual([])
        const column = (text.split('\n')[3] ?? '').indexOf(`"${action}"`) + 1
        expect(first).toMatchObject({
          message,
          hint: expect.stringContaining(`did you mean "${meant}"?`),
          at: { line: 4, column },
        })
      }
  })

  it.each([
    ['*'],
    ['*:*'],
    ['s3:*'],
    ['S3:getobject'],
    ['s3:Get*'],
    ['s3:?etObject'],
    ['ec2:Describe*'],
    ['iam:PassRole'],
    ['sso-directory:*'],
  ])('is taken: %s', async (action) => expect(await warnings(inline(`Action: "${action}"`))).toEqual([]))

  it.each([
    ['s3:Fetch*', 'no action of s3 matches "Fetch*"'],
    ['s3:FrobnicateEverything', 's3 has no action "FrobnicateEverything"'],
    ['zzz-unheard-of:Do', 'AWS has no service "zzz-unheard-of"'],
  ])('that does nothing is a warning: %s', async (action, message) => {
    const [first = '', ...more] = await warnings(inline(`Action: "${action}"`))
    expect(more).toEqual([])
    expect(first).toMatch(new RegExp(`^${message.replaceAll('*', '\\*')} as of 20\\d\\d-\\d\\d-\\d\\d, so `))
  })
})

describe('what IAM refuses whatever AWS adds', () => {
  it.each([
    [
      'a policy of a service-linked role',
      'managed_policies: [AWSSSOServiceRolePolicy]',
      'AWS attaches to no other role',
    ],
    [
      'the same with its path',
      'managed_policies: ["aws-service-role/AWSSSOServiceRolePolicy"]',
      'AWS attaches to no other role',
    ],
    ['two colons in an action', inlineOf('Action: "s3:Get:Obj"'), 'is not SERVICE:ACTION'],
    ['no name of an action', inlineOf('Action: "s3:"'), 'is not SERVICE:ACTION'],
    ['no service', inlineOf('Action: ":Get"'), 'is not SERVICE:ACTION'],
    ['a service that none can be', inlineOf('Action: "a_b:Get"'), 'is not SERVICE:ACTION'],
    ['no action at all', inlineOf('Action: []'), 'Action is an empty list'],
  ])('%s is an error', async (_what, keys, message) => {
    const found = await refusal(set(keys))
    expect(found.map((one) => one.message)).toEqual([expect.stringContaining(message)])
  })

  it('a limit that stops nothing is an error', async () => {
    const found = await refusal(`${head}limits: ["iam:Fly"]\n`)
    expect(found.map(({ message }) => message)).toEqual([expect.stringContaining('this limit stops nothing')])
  })
})

function inlineOf(statement: string): string {
  return `inline_policy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Resource: "*", ${statement} }] }`
}
