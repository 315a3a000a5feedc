import { describe, expect, it } from 'vitest'
import { json } from '../e2e/support/relay.ts'
import { people, users, world } from './support/applications.ts'
import { newOffice } from './support/office.ts'

const code = 'application-assignments-unread'
const assignedTo = [
  { name: 'Keep', users: ['taro'] },
  { name: 'Grafana', users: ['taro'], groups: ['devs'] },
]

describe.each(['ListApplicationAssignmentsForPrincipal', 'ListApplications'])('%s is denied', (operation) => {
  const denied = async () => {
    const { cloud, here } = await world(assignedTo)
    await cloud.faults({ rules: [{ kind: 'deny', operations: [`sso-admin:${operation}`] }] })
    return here
  }

  it.each([
    ['a plan', []],
    ['a thorough plan', ['--thorough']],
  ] as const)('what goes with a user or a group is told to be unknown by %s', async (_what, words) => {
    const here = await denied()
    here.write({ absent: { users: ['taro'], groups: ['devs'] } })
    const { diagnostics, access, refusals } = await here.plan(...words)
    const told = diagnostics.filter((one) => one.code === code)
    expect(told.map(({ severity }) => severity)).toEqual(['warning', 'warning'])
    for (const [index, who] of ['taro', 'devs'].entries()) {
      expect(told[index]?.message).toContain(`is deleted: ${who} (sso:${operation} was denied`)
      expect(told[index]?.message).toContain('access lost is at least what is shown')
      expect(told[index]?.hint).toContain(`the permission sso:${operation}`)
    }
    expect(access).toMatchObject({
      unread: [
        'user taro may lose applications, which could not be read',
        'group devs may lose applications, which could not be read',
      ],
    })
    expect(refusals).toEqual([])
    const { stdout } = await here.run(['plan', ...words])
    expect(stdout).toContain('Access: 0 grants added, at least 0 grants removed.')
    const done = await here.apply('--max-deletes', '9')
    expect([done.code, done.stderr]).toEqual([0, expect.stringContaining('AWS keeps such assignments')])
  })

  it('a plan says of a revoked user that nothing is taken away of what was not read', async () => {
    const here = await denied()
    here.write({ ...people, revoked: { taro: '2026-01-01T00:00:00Z' } })
    const [told] = (await here.plan()).diagnostics.filter((one) => one.code === code)
    expect(told?.message).toContain('these revoked users are assigned to, so that stays as it is: taro')
  })
})

it('nothing is said where all was read', async () => {
  const { here } = await world(assignedTo)
  here.write({ absent: { users: ['taro'], groups: ['devs'] } })
  const { diagnostics, access } = await here.plan()
  expect(diagnostics.filter((one) => one.code === code)).toEqual([])
  expect(access.lost).toHaveLength(3)
  expect(access).not.toHaveProperty('unread')
})

it('an application of which AWS does not say whether assignments are required does not match', async () => {
  const { cloud } = await world([{ name: 'Wiki', users: ['taro'], assignmentRequired: false }])
  const relay = await cloud.relay()
  relay.pass = async (call, forward) =>
    call.operation === 'GetApplicationAssignmentConfiguration' ? json({}) : forward()
  const here = newOffice(relay.url)
  here.write({ users, applications: { Wiki: { assignment_required: true } } })
  const { code: exit, stdout, stderr } = await here.run(['plan'])
  expect(exit).toBe(1)
  expect(stdout).not.toContain('No changes')
  expect(stderr).toContain('sso:GetApplicationAssignmentConfiguration responded without AssignmentRequired')
})

it.each([
  ['DescribeTrustedTokenIssuer', 'an issuer URL'],
  ['DescribeInstanceAccessControlAttributeConfiguration', 'a configuration'],
])('%s that says nothing ends the plan', async (operation, what) => {
  const { cloud } = await world([])
  const relay = await cloud.relay()
  const here = newOffice(relay.url)
  const okta = { issuer_url: 'https://example.okta.com', claim: 'email', attribute: 'emails.value' }
  here.write({ trusted_token_issuers: { okta }, access_control_attributes: { Team: '$' + '{path:userName}' } })
  expect((await here.apply()).code).toBe(0)
  relay.pass = async (call, forward) => (call.operation === operation ? json({}) : forward())
  const { code: exit, stdout, stderr } = await here.run(['plan'])
  expect([exit, stdout]).toEqual([1, ''])
  expect(stderr).toContain(`sso:${operation} responded without ${what}`)
})
