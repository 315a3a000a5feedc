import { describe, expect, it } from 'vitest'
import { newCloud } from './support/cloud.ts'
import { newOffice } from './support/office.ts'

const taro = { given_name: 'Taro', family_name: 'Yamada', email: 'taro@corp.example' }
const passRole = { Effect: 'Allow', Action: ['iam:PassRole', 'lambda:CreateFunction'], Resource: '*' }
const writesLogs = {
  Effect: 'Allow',
  Action: 'logs:PutLogEvents',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'true' } },
}
const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })

async function office(permission_sets: object, more: object = {}) {
  const cloud = await newCloud()
  const here = newOffice(cloud.url)
  const names = Object.keys(permission_sets)
  const assignments = [{ users: ['taro'], permission_sets: names, accounts: ['222233334444'] }]
  here.write({ users: { taro }, permission_sets, assignments, ...more })
  return here
}

describe('what a plan gives and takes', () => {
  it('is told by service and kind of access, with the ways to more rights by name', async () => {
    const here = await office({
      Everything: { managed_policies: ['AdministratorAccess'] },
      Team: { managed_policies: ['AmazonSQSFullAccess'], inline_policy: policy(passRole, writesLogs) },
    })
    const { stdout } = await here.run(['plan'])
    const plain = stdout.replace(/\s+/g, ' ')
    expect(plain).toContain('gives everything')
    expect(plain).toContain(
      'gives administer sqs; write iam (PassRole), lambda (CreateFunction); under conditions or on some resources: write logs (PutLogEvents)',
    )
    expect(plain).toContain('lets them run code with the rights of other roles (iam:PassRole, lambda:CreateFunction)')
    expect(plain).toMatch(/taro gets Team \(1h\) on \S+: administer sqs; write iam, lambda; under conditions/)
    const markdown = (await here.run(['plan', '--format', 'markdown'])).stdout
    expect(markdown).toContain('gives: administer sqs; write iam (PassRole), lambda (CreateFunction)')
    const { operations, policies_as_of } = JSON.parse((await here.run(['plan', '--json'])).stdout)
    const age = /What policies of AWS allow is as of (\d{4}-\d{2}-\d{2}), the day of the list/.exec(plain)
    expect([age?.[1], markdown.includes(age?.[0] ?? 'nothing')]).toEqual([policies_as_of, true])
    const team = operations.find(({ address }: { address: string }) => address === 'permission-set/Team')
    expect(team.rights.gives.risks).toEqual([
      { risk: 'pass-role-to-compute', actions: ['iam:PassRole', 'lambda:CreateFunction'], conditional: false },
    ])
    expect(team.rights.gives.services).toContainEqual({
      ...{ service: 'logs', access: 'write', count: 1, conditional: true },
      ...{ of: expect.any(Number), actions: ['PutLogEvents'] },
    })
  })

  it('is told of an update, and of a boundary that takes what the policies give', async () => {
    const here = await office({ Team: { managed_policies: ['AdministratorAccess'] } })
    expect((await here.run(['apply', '--yes'])).code).toBe(0)
    const bounded = {
      managed_policies: ['AdministratorAccess'],
      permissions_boundary: { managed_policy: 'AmazonSQSReadOnlyAccess' },
    }
    here.write({
      users: { taro },
      permission_sets: { Team: bounded },
      assignments: [{ users: ['taro'], permission_sets: ['Team'], accounts: ['222233334444'] }],
    })
    expect((await here.run(['plan'])).stdout).toMatch(/takes\s+everything but read sqs/)
  })

  it('says of a policy whose text nobody knows that it is not known', async () => {
    const here = await office({ Team: { customer_managed_policies: [{ name: 'Deploy', path: '/team/' }] } })
    expect((await here.run(['plan'])).stdout.replace(/\s+/g, ' ')).toContain(
      'gives what /team/Deploy may allow, whose text is not known',
    )
  })
})

describe('limits', () => {
  it('refuse a plan and an apply that go beyond them, at the line that does, and save nothing', async () => {
    const here = await office({ Team: { inline_policy: policy(passRole) } }, { limits: ['iam:*'] })
    for (const args of [
      ['plan', '-o', 'plan.json'],
      ['apply', '--yes'],
    ]) {
      const { code, stderr } = await here.run(args)
      expect(code).toBe(1)
      expect(stderr.replace(/\s+/g, ' ')).toMatch(
        /sso\.yaml:\d+:\d+ error create permission-set\/Team and 1 grant of it would give new access to iam:PassRole, which limits in sso\.yaml:\d+ \(iam:\*\) forbids/,
      )
    }
    expect((await here.plan()).operations.map(({ verb }) => verb)).toContain('create')
  })

  it('of the command line do the same, and only for what is new', async () => {
    const here = await office({ Team: { inline_policy: policy(passRole) } })
    expect((await here.run(['plan', '--deny-new', 'iam:*'])).code).toBe(1)
    expect((await here.run(['plan', '--deny-new', 'kms:*'])).code).toBe(0)
    expect((await here.run(['apply', '--yes'])).code).toBe(0)
    expect((await here.run(['plan', '--deny-new', 'iam:*'])).code).toBe(0)
  })

  it.each([
    ['iam', 'iam is not an action', 'write SERVICE:ACTION'],
    ['organisations:*', 'matches organisations:*', 'did you mean organizations:*?'],
    ['iam:PasRole', 'matches iam:PasRole', 'did you mean iam:PassRole?'],
    ['iam:Fly', 'matches iam:Fly', '--allow-unknown'],
  ])('that name nothing are an error: %s', async (pattern, message, hint) => {
    const here = await office({ Team: {} })
    const { code, stderr } = await here.run(['plan', '--deny-new', pattern])
    expect([code, stderr.replace(/\s+/g, ' ')]).toEqual([1, expect.stringContaining(message)])
    expect(stderr).toContain(hint)
  })
})
