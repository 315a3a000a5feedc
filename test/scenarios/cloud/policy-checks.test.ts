import { describe, expect, it } from 'vitest'
import type { Faults } from '../../../src/sandbox/faults/faults.ts'
import { isWrite } from '../e2e/support/relay.ts'
import { type Cloud, management, members, newCloud } from './support/cloud.ts'
import { expectSettled, newOffice, type Office, type Sections } from './support/office.ts'

const [dev = { id: '' }, prod = { id: '' }] = members
const allow = (action: string | readonly string[], more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*', ...more }],
})

/** An Identity Center whose management account has the policy /team/Boundary. */
async function office(sections: Sections, faults: Faults = {}): Promise<{ cloud: Cloud; here: Office }> {
  const cloud = await newCloud({ faults })
  await cloud.put([{ id: management, name: 'Home', policies: [{ name: 'Boundary', path: '/team/' }] }])
  return { cloud, here: newOffice(cloud.url, sections) }
}

const deny = (...operations: string[]): Faults => ({ rules: [{ kind: 'deny', operations }] })

/** What a run asked IAM and Access Analyzer, in order. */
async function asked(cloud: Cloud): Promise<readonly string[]> {
  const calls = await cloud.calls()
  return calls.flatMap(({ service, operation }) =>
    service === 'iam' || service === 'access-analyzer' ? [operation] : [],
  )
}

async function expectUnchanged(cloud: Cloud): Promise<void> {
  expect((await cloud.calls()).filter(({ operation }) => isWrite(operation))).toEqual([])
}

describe('a policy of AWS that the list does not have', () => {
  const unknown = { permission_sets: { A: { managed_policies: ['AdministratorAccess', 'BrandNewServiceFullAccess'] } } }

  it('refuses the plan at its line where IAM does not know it, and nothing is changed', async () => {
    const { cloud, here } = await office(unknown)
    for (const words of [['plan'], ['apply', '--yes']]) {
      const { code, stderr, stdout } = await here.run(words)
      expect(code).toBe(1)
      expect(stderr).toContain('AWS has no managed policy BrandNewServiceFullAccess (asked with iam:GetPolicy)')
      expect(stderr).toMatch(/sso\.yaml:3:\d+/)
      expect(stderr).not.toContain('on the day of the list')
      expect(stdout).toContain('This plan is refused')
    }
    await expectUnchanged(cloud)
    // The list of this version has the other one, which is not asked about.
    expect(await asked(cloud)).toEqual(['GetPolicy', 'GetPolicy'])
  })

  it('is said to be likely another one where it is nearly its name', async () => {
    const { here } = await office({
      permission_sets: { A: { permissions_boundary: { managed_policy: 'PowerUserAcess' } } },
    })
    const { refusals } = await here.plan('--allow-unknown')
    expect(refusals).toMatchObject([
      {
        code: 'managed-policy-missing',
        hint: expect.stringContaining('did you mean "PowerUserAccess"?'),
        at: { line: 3 },
      },
    ])
  })

  it('is fine where IAM knows it, without a doubt about its name', async () => {
    const { cloud, here } = await office({ permission_sets: { A: { managed_policies: ['NewInSummer'] } } })
    const relay = await cloud.relay()
    relay.pass = async ({ operation }, forward) => {
      if (operation !== 'GetPolicy') return forward()
      const members = '<Arn>arn:aws:iam::aws:policy/NewInSummer</Arn><DefaultVersionId>v1</DefaultVersionId>'
      const body = `<GetPolicyResponse><GetPolicyResult><Policy>${members}</Policy></GetPolicyResult></GetPolicyResponse>`
      return { status: 200, headers: { 'content-type': 'text/xml' }, body }
    }
    const there = newOffice(relay.url, { permission_sets: { A: { managed_policies: ['NewInSummer'] } } })
    const { refusals, diagnostics } = await there.plan()
    expect({ refusals, diagnostics }).toEqual({ refusals: [], diagnostics: [] })
    expect((await here.run(['validate'])).stderr).toContain('AWS had no managed policy "NewInSummer"')
  })

  it('that may not be looked up is one line, and the plan goes on', async () => {
    const { here } = await office(unknown, deny('iam:*'))
    const { refusals, diagnostics } = await here.plan()
    expect(refusals).toEqual([])
    expect(diagnostics.map(({ code }) => code)).toEqual(['policy-name', 'policies-not-checked'])
    expect(diagnostics[1]?.message).toMatch(
      /^whether a managed policy exists \(BrandNewServiceFullAccess\) was not checked: iam:GetPolicy was denied/,
    )
    expect((await here.apply()).code).toBe(0)
  })
})

describe('a customer-managed policy', () => {
  const held = (policies: object, accounts: readonly string[]) => ({
    users: { taro: { given_name: 'T', family_name: 'Y', email: 't@example.com' } },
    permission_sets: { A: { managed_policies: ['ReadOnlyAccess'], ...policies } },
    assignments: accounts.length === 0 ? [] : [{ users: ['taro'], permission_sets: ['A'], accounts }],
  })
  const boundary = { permissions_boundary: { customer_managed_policy: { name: 'Boundary', path: '/team/' } } }
  const team = { customer_managed_policies: [{ name: 'Team' }] }

  it('that the management account lacks refuses the plan before anything is changed', async () => {
    const { cloud, here } = await office(held(team, ['management']))
    const refused = await here.apply()
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain(
      'account Home has no customer managed policy /Team, which permission set A needs there',
    )
    await expectUnchanged(cloud)
    // With the policy there, the same is applied.
    await cloud.put([{ id: management, name: 'Home', policies: [{ name: 'Team' }] }])
    expect(await here.apply()).toMatchObject({ code: 0 })
    await expectSettled(here)
  })

  it('needs its path, and as a boundary is looked up as well', async () => {
    const { here } = await office(
      held({ ...boundary, customer_managed_policies: [{ name: 'Boundary' }] }, ['management']),
    )
    const { refusals } = await here.plan()
    expect(refusals.map(({ message }) => message)).toEqual([expect.stringContaining('policy /Boundary, which')])
  })

  it('is listed with the accounts that nobody can look into, in every form of a plan', async () => {
    const { cloud, here } = await office(held(boundary, ['management', dev.id, prod.id]))
    const saved = await here.run(['plan', '-o', 'p.json'])
    expect(saved.stdout).toContain(
      'Must exist before this is applied (not looked up there)\n    customer managed policy /team/Boundary in Dev, Prod (for A)\n',
    )
    const { stdout } = await here.run(['plan', '--format', 'markdown'])
    expect(stdout).toContain('#### Must exist before this is applied (not looked up there)')
    expect(stdout).toContain('- customer managed policy `/team/Boundary` in `Dev`, `Prod` (for `A`)')
    const document = (await here.plan()) as unknown as { required_policies: unknown }
    const accounts = [
      { id: dev.id, label: 'Dev' },
      { id: prod.id, label: 'Prod' },
    ]
    expect(document.required_policies).toEqual([{ name: '/team/Boundary', permission_sets: ['A'], accounts }])
    const shown = await here.run(['show', 'p.json'])
    expect(shown.stdout).toContain('customer managed policy /team/Boundary in Dev, Prod (for A)')
    // Before a saved plan is carried out, it is looked up again.
    await cloud.put([{ id: management, name: 'Home', policies: [] }])
    const refused = await here.run(['apply', 'p.json'])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('account Home has no customer managed policy /team/Boundary')
    await expectUnchanged(cloud)
  })

  it('is asked about again where the set comes to further accounts, and not where nothing changes', async () => {
    const all = members.map((one) => ({ ...one, policies: [{ name: 'Boundary', path: '/team/' }] }))
    const { cloud, here } = await office(held(boundary, [dev.id]))
    await cloud.put(all)
    expect(await here.apply()).toMatchObject({ code: 0 })
    await cloud.forget()
    await expectSettled(here)
    expect(await asked(cloud)).toEqual([])

    here.write(held(boundary, [dev.id, prod.id, 'management']))
    const { required_policies: required } = (await here.plan()) as unknown as { required_policies: unknown }
    expect(required).toMatchObject([{ accounts: [{ id: prod.id }] }])
    expect(await asked(cloud)).toEqual(['GetPolicy'])
  })

  it('counts long lists of accounts', async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ id: `9000000000${10 + index}`, name: `Account ${index}` }))
    const { cloud, here } = await office(
      held(
        boundary,
        many.map(({ id }) => id),
      ),
    )
    await cloud.put(many)
    const { stdout } = await here.run(['plan'])
    expect(stdout.replace(/\s+/g, ' ')).toContain('Account 9 and 30 more (for A)')
    expect((await here.run(['plan', '--format', 'markdown'])).stdout).toContain(
      '<code>Account 29</code> and 10 more (for `A`)',
    )
  })

  it('that may not be looked up is one line, and listed for the management account too', async () => {
    const { here } = await office(held({ ...team, ...boundary }, ['management', dev.id]), deny('iam:GetPolicy'))
    const document = (await here.plan()) as unknown as { required_policies: { accounts: { id: string }[] }[] }
    const { refusals, diagnostics } = await here.plan()
    expect(refusals).toEqual([])
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^whether 2 managed policies exist \(\/Team, \/team\/Boundary\) was not checked: iam:GetPolicy was denied/,
      ),
    ])
    expect(document.required_policies.map(({ accounts }) => accounts.length)).toEqual([2, 2])
  })
})

describe('an inline policy', () => {
  const set = (inline: object) => ({ permission_sets: { A: { inline_policy: inline } } })
  const passing = allow('iam:PassRole')
  const wrong = allow(['s3:GetObject', 's3:GetFooBarBaz'])

  it('that Access Analyzer finds an error in refuses the plan, at its line', async () => {
    const { cloud, here } = await office(set(wrong))
    const text = `version: 1
identity_center: { region: us-east-1 }
permission_sets:
  A:
    inline_policy:
      Version: "2012-10-17"
      Statement:
        - Effect: Allow
          Action:
            - s3:GetObject
            - s3:GetFooBarBaz
          Resource: "*"
`
    here.writeText(text)
    const { code, stderr } = await here.apply()
    expect(code).toBe(1)
    expect(stderr).toContain('sso.yaml:11:15')
    expect(stderr).toContain(
      'error of Access Analyzer in the inline policy of A, INVALID_ACTION: The action s3:GetFooBarBaz does not exist',
    )
    expect(stderr).toContain('access-analyzer-reference-policy-checks-error-invalid-action')
    await expectUnchanged(cloud)
    here.writeText(`${text}ignore: { policy_findings: [INVALID_*] }\n`)
    expect((await here.apply()).code).toBe(0)
  })

  it('gets notes for the rest, each with its code, its place and the page of AWS', async () => {
    const { cloud, here } = await office(set(passing))
    const { refusals, diagnostics } = await here.plan()
    expect(refusals).toEqual([])
    expect(diagnostics).toMatchObject([
      {
        severity: 'warning',
        code: 'policy-finding',
        message: expect.stringMatching(
          /^security warning of Access Analyzer .* A, PASS_ROLE_WITH_STAR_IN_RESOURCE: Using /,
        ),
        hint: expect.stringMatching(/^see https:\/\/docs\.aws\.amazon\.com\/\S+; to turn it off, add PASS_ROLE/),
        at: { line: 3 },
      },
    ])
    expect((await here.apply()).code).toBe(0)
    await cloud.forget()
    // What does not change is not looked at again.
    expect((await here.plan()).diagnostics).toEqual([])
    expect(await asked(cloud)).toEqual([])
  })

  it('has each of them turned off in the manifest', async () => {
    const ignore = { policy_findings: ['REDUNDANT_ACTION', 'PASS_ROLE_*'] }
    const { here } = await office({ ...set(allow(['iam:*', 'iam:PassRole'])), ignore })
    expect((await here.plan()).diagnostics).toEqual([])
  })

  it('is told of all its findings, whatever pages they come in', async () => {
    const { cloud, here } = await office(set(allow(['iam:*', 'iam:PassRole'])), { pageSize: 1 })
    expect((await here.plan()).diagnostics).toHaveLength(2)
    expect(await asked(cloud)).toEqual(['ValidatePolicy', 'ValidatePolicy'])
  })

  it.each<[string, Faults]>([
    ['is not permitted', deny('access-analyzer:*')],
    ['is broken', { rules: [{ kind: 'internal', operations: ['ValidatePolicy'] }] }],
    ['ends the connection', { rules: [{ kind: 'cut-before', operations: ['ValidatePolicy'] }] }],
    ['throttles', { rules: [{ kind: 'throttle', operations: ['ValidatePolicy'] }] }],
  ])('is one line where Access Analyzer %s, and is applied', async (_how, faults) => {
    const { cloud, here } = await office(
      { permission_sets: { A: { inline_policy: wrong }, B: { inline_policy: passing } } },
      faults,
    )
    const started = Date.now()
    const { refusals, diagnostics } = await here.plan()
    expect(Date.now() - started).toBeLessThan(10_000)
    expect(refusals).toEqual([])
    expect(diagnostics.flatMap(({ code, message }) => (code === 'action-name' ? [] : [message]))).toEqual([
      expect.stringMatching(
        /^what Access Analyzer says of 2 inline policies was not checked: access-analyzer:ValidatePolicy /,
      ),
    ])
    expect((await asked(cloud)).length).toBeLessThanOrEqual(3)
    expect((await here.apply()).code).toBe(0)
  })
})

it.each<[string, { status: number; body: string }]>([
  ['404 in JSON', { status: 404, body: '{"message":"Not Found"}' }],
  ['501 and nothing', { status: 501, body: '' }],
  ['200 and a page', { status: 200, body: '<html><body>Hello</body></html>' }],
  ['503 and a page', { status: 503, body: '<html><body>Busy</body></html>' }],
])('a server that answers %s to IAM and Access Analyzer costs a plan two lines and no time', async (_what, answer) => {
  const { cloud } = await office({})
  const relay = await cloud.relay()
  const names = Array.from({ length: 8 }, (_, index) => ({ name: `Policy${index}` }))
  const set = { customer_managed_policies: names, inline_policy: allow('s3:ListBucket') }
  const here = newOffice(relay.url, {
    groups: { g: {} },
    permission_sets: { A: set },
    assignments: [{ groups: ['g'], permission_sets: ['A'], accounts: ['management'] }],
  })
  const timed = async () => {
    const started = Date.now()
    const plan = await here.plan()
    return { ...plan, took: Date.now() - started }
  }
  // The first one loads the program.
  await here.plan()
  const usual = await timed()
  relay.forget()
  relay.pass = async ({ operation }, forward) =>
    /^(?:GetPolicy|ValidatePolicy)/.test(operation)
      ? { headers: { 'content-type': 'text/html' }, ...answer }
      : forward()
  const { refusals, diagnostics, took } = await timed()
  expect(took - usual.took).toBeLessThan(3_000)
  expect(refusals).toEqual([])
  expect(diagnostics.map(({ code }) => code)).toEqual(['policies-not-checked', 'policy-findings-unread'])
  expect(relay.calls.filter((one) => /Policy$/.test(one)).length).toBeLessThanOrEqual(6)
})

describe('validate --online', () => {
  const sections = {
    permission_sets: { A: { inline_policy: allow('s3:GetFooBarBaz') }, B: { inline_policy: allow('iam:PassRole') } },
  }

  it('reports the errors of Access Analyzer as its own', async () => {
    const { here } = await office(sections)
    const { code, stdout, stderr } = await here.run(['validate', '--online'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('INVALID_ACTION')
    expect(stderr).toContain('PASS_ROLE_WITH_STAR_IN_RESOURCE')
    expect(stderr).toContain('1 error in sso.yaml')
    const json = await here.run(['validate', '--online', '--json'])
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout).diagnostics.map(({ code }: { code: string }) => code)).toEqual([
      'policy-finding',
      'action-name',
      'policy-finding',
    ])
    const offline = await here.run(['validate'])
    expect(offline).toMatchObject({ code: 0, stdout: 'sso.yaml is valid.\n' })
  })

  it('is valid with notes, and asks about policies alone', async () => {
    const { cloud, here } = await office({ permission_sets: { B: sections.permission_sets.B } })
    const { code, stdout, stderr } = await here.run(['validate', '--online'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'sso.yaml is valid.\n' })
    expect(stderr).toContain('warning')
    expect((await cloud.calls()).map(({ operation }) => operation)).toEqual(['ValidatePolicy'])
  })

  it('finds names of policies that AWS does not have', async () => {
    const { here } = await office({ permission_sets: { A: { managed_policies: ['BrandNewServiceFullAccess'] } } })
    const { code, stderr } = await here.run(['validate', '--online'])
    expect(code).toBe(1)
    expect(stderr).toContain('AWS has no managed policy BrandNewServiceFullAccess')
    expect(stderr).toContain('1 error')
  })

  it('fails where nobody is logged in: the file was not checked as asked', async () => {
    const { here } = await office({ permission_sets: sections.permission_sets })
    const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }
    const { code, stdout, stderr } = await here.run(['validate', '--online'], nobody)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('no usable AWS credentials were found')
    expect(stderr).toContain('hint: log in')
    // Without policies nothing has to be asked.
    here.write({ groups: { g: {} } })
    expect(await here.run(['validate', '--online'], nobody)).toMatchObject({ code: 0, stderr: '' })
  })

  it.each<[string, Faults]>([
    ['may not', deny('*')],
    ['cannot', { rules: [{ kind: 'cut-before' }] }],
  ])('is one line for each kind of question that it %s ask, and no failure', async (_how, faults) => {
    const { here } = await office(
      { permission_sets: { ...sections.permission_sets, C: { managed_policies: ['BrandNewServiceFullAccess'] } } },
      faults,
    )
    const { code, stdout, stderr } = await here.run(['validate', '--online'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'sso.yaml is valid.\n' })
    expect(stderr).toContain('whether a managed policy exists (BrandNewServiceFullAccess) was not checked')
    expect(stderr).toContain('what Access Analyzer says of 2 inline policies was not checked')
  })
})
