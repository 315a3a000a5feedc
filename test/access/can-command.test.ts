import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessFormats } from '../../src/report/access/formats.ts'
import { credentials } from '../scenarios/e2e/support/binary.ts'
import { startRelay } from '../scenarios/e2e/support/relay.ts'
import { atEnd } from '../support/at-end.ts'
import { run, runAt } from '../support/here.ts'
import { ourTime } from '../support/time.ts'
import { canOffice, dev, management, prod } from './support/office.ts'

let office: Awaited<ReturnType<typeof canOffice>>

beforeAll(async () => {
  office = await canOffice()
})
beforeEach(async () => {
  await office.admin('DELETE', 'faults')
  await office.forget()
})

const ask = (...words: string[]) => run(office.desk, ['access', '--can', ...words])

/** What the JSON says of each way: user, account, set, answer and through what. */
async function answers(...words: string[]): Promise<readonly string[]> {
  const { stdout, stderr, code } = await ask(...words, '--json')
  expect(code, stderr).toBe(0)
  const { access } = JSON.parse(stdout) as { access: readonly Row[] }
  return access.map(({ user, account_label, permission_set, verdict, through, denied_by, unknown }) =>
    [
      ...[user, account_label, permission_set, verdict],
      ...[...through, ...denied_by, ...unknown].map(
        ({ policy, statement }) => `${policy}${statement ? `:${statement}` : ''}`,
      ),
    ].join(' '),
  )
}

interface Row {
  readonly user: string
  readonly account_label: string
  readonly permission_set: string
  readonly verdict: string
  readonly through: readonly Told[]
  readonly denied_by: readonly Told[]
  readonly unknown: readonly Told[]
}

interface Told {
  readonly policy?: string
  readonly statement?: string
}

const deleting = [
  'jiro Production Careful under_conditions PowerUserAccess inline policy',
  'jiro Production NoDelete denied inline policy:Never',
  'shiro Home Deploy yes /team/Deploy:Buckets',
  'shiro dev Deploy unknown /team/Deploy',
  'taro Home Admin yes AdministratorAccess',
  '山田花子 dev Write under_conditions inline policy:S3Write',
]

describe('who may do something, and through what', () => {
  it('is told for direct grants, groups, two sets, boundaries, denials and customer-managed policies', async () => {
    expect(await answers('s3:DeleteBucket')).toEqual(deleting)
    // The boundary of saburo lets reading through, and the set of reader allows nothing else.
    expect(await answers('s3:GetObject', '--user', 'saburo', '--user', 'reader')).toEqual([
      'reader dev Read yes AmazonS3ReadOnlyAccess',
      'saburo dev Bounded yes AdministratorAccess',
    ])
  })

  it('is told for one resource', async () => {
    expect(await answers('s3:DeleteBucket', '--resource', 'arn:aws:s3:::prod-a', '--account', 'Production')).toEqual([
      'jiro Production Careful denied inline policy',
      'jiro Production NoDelete denied inline policy:Never',
    ])
    expect(await answers('s3:DeleteBucket', '--resource', 'arn:aws:s3:::photos', '--account', dev)).toEqual([
      'shiro dev Deploy unknown /team/Deploy',
    ])
  })

  it('is told for all that a wildcard names, and a NotAction leaves out what it names', async () => {
    expect(await answers('s3:Put*', '--user', '山田花子')).toEqual([
      '山田花子 dev Write under_conditions inline policy:S3Write',
    ])
    expect(await answers('iam:CreateUser', '--user', 'jiro')).toEqual([
      'jiro Production NoDelete yes AdministratorAccess',
    ])
    expect(await answers('iam:*', '--user', 'jiro')).toEqual([
      'jiro Production Careful under_conditions PowerUserAccess',
      'jiro Production NoDelete yes AdministratorAccess',
    ])
  })

  it('is told within the filters of access, accounts by nickname, name or id', async () => {
    for (const account of ['dev', 'Development', dev])
      expect(await answers('s3:DeleteBucket', '--account', account)).toEqual(
        deleting.filter((line) => line.includes(' dev ')),
      )
    expect(await answers('s3:DeleteBucket', '--permission-set', 'NoDelete')).toEqual([deleting[1]])
  })
})

it('is one document, which says what was asked, of which policies, and the best answer of each person', async () => {
  const { stdout, stderr } = await ask('s3:DeleteBucket', '--account', 'dev', '--json')
  expect(stderr).toBe('')
  const { can, access, users, summary, groups_without_members, not_checked } = JSON.parse(stdout)
  expect(can).toEqual({
    action: 's3:DeleteBucket',
    resource: '*',
    source: 'aws',
    as_of: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    from_list: [],
    complete: false,
  })
  expect(access[1]).toEqual({
    user: '山田花子',
    account: dev,
    account_label: 'dev',
    permission_set: 'Write',
    session_duration: '1h',
    via: 'group',
    group: '開発',
    administrative: false,
    orphan: false,
    disabled: false,
    role_arn: null,
    role_arn_pattern: `arn:aws:iam::${dev}:role/aws-reserved/sso.amazonaws.com/ap-northeast-1/AWSReservedSSO_Write_????????????????`,
    verdict: 'under_conditions',
    through: [
      {
        policy: 'inline policy',
        statement: 'S3Write',
        resources: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
        conditions: ['aws:RequestedRegion'],
      },
    ],
    within: [],
    denied_by: [],
    unknown: [],
    conditions: ['aws:RequestedRegion'],
    resources: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'],
  })
  expect(users).toEqual([
    { user: 'shiro', account: dev, account_label: 'dev', verdict: 'unknown' },
    { user: '山田花子', account: dev, account_label: 'dev', verdict: 'under_conditions' },
  ])
  expect(summary).toEqual({ yes: 0, under_conditions: 1, unknown: 1, denied: 0, no: 2 })
  expect(groups_without_members).toMatchObject([{ group: 'empty', permission_set: 'Admin', verdict: 'yes' }])
  expect(not_checked).toMatchObject({ resource_policies: null, organization_policies: null, session_policies: null })
})

it('is lines with tabs in a pipe, with what belongs to them beside', async () => {
  const { stdout, stderr } = await ask('s3:DeleteBucket', '--user', 'taro', '--user', '山田花子')
  expect(stdout).toBe(
    [
      `taro\t${management}\tHome\tAdmin\t1h\tdirect\tyes\tAdministratorAccess\t`,
      `山田花子\t${dev}\tdev\tWrite\t1h\tgroup 開発\tunder conditions\tinline policy (statement S3Write) on arn:aws:s3:::logs, arn:aws:s3:::logs/* depending on aws:RequestedRegion\t`,
      '',
    ].join('\n'),
  )
  expect(stderr).toMatch(
    /^1 user may use s3:DeleteBucket, 1 under conditions\.\nPolicies as AWS has them now\.\nNot checked: /,
  )
  expect((await ask('s3:DeleteBucket', '--quiet')).stderr).toBe('')
})

it('is CSV with the columns of access and then the answer', async () => {
  const { stdout } = await ask('s3:DeleteBucket', '--user', 'jiro', '--format', 'csv')
  expect(stdout.split('\r\n')).toEqual([
    'user,account_id,account,permission_set,session_duration,via,group,administrative,orphan,disabled,denied,verdict,through,conditions,resources,unknown',
    `jiro,${prod},Production,Careful,1h,direct,,no,no,no,no,under_conditions,PowerUserAccess; denied in part by inline policy on arn:aws:s3:::prod-*,,,`,
    `jiro,${prod},Production,NoDelete,1h,direct,,yes,no,no,no,denied,inline policy (statement Never),,,`,
    '',
  ])
})

it('is a Markdown table, and a page that runs nothing', async () => {
  const markdown = await ask('s3:DeleteBucket', '--user', 'taro', '--format', 'markdown')
  expect(markdown.stdout).toMatch(/^# Who may use `?s3:DeleteBucket`?\n\n1 user may use/)
  expect(markdown.stdout).toContain('| taro | Home (`111122223333`) | Admin | direct | yes | AdministratorAccess |  |')
  const { stdout } = await ask('s3:DeleteBucket', '--user', 'taro', '--format', 'html')
  expect(stdout).toContain('<h1>Who may use s3:DeleteBucket</h1>')
  expect(stdout).toMatch(
    /<tr><td>taro<td>Home \(111122223333\)<td>Admin<td>direct<td class="full">yes<td>AdministratorAccess<td>\n/,
  )
  expect(stdout).toMatch(/content="default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/)
  expect(stdout).not.toContain('<script')
})

it.each([60, 80, 100])('fits a terminal of %i columns', async (width) => {
  const { stdout } = await runAt(
    ourTime,
    office.desk,
    ['access', '--can', 's3:DeleteBucket'],
    {},
    { piped: false, width },
  )
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width)
  expect(stdout).toContain(
    'jiro\n  Production (555566667777)\n    Careful  direct  under conditions\n      PowerUserAccess; ',
  )
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    '2 users may use s3:DeleteBucket, 2 under conditions; 2 others reach these accounts and may not. Not known: /team/Deploy on dev, because it is a policy of that account: iam:GetPolicyVersion there would tell. Policies as AWS has them now. Not checked: policies of resources, organizations (SCPs, RCPs), sessions and VPC endpoints, which can allow or deny more;',
  )
})

describe('when nobody may', () => {
  it('says so where everything was read, and ends well', async () => {
    const { code, stdout } = await ask('iam:CreateUser', '--user', 'reader', '--format', 'text')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Nobody may use iam:CreateUser\. 1 user reaches these accounts and may not\.\n/)
  })

  it('says that nobody is known where something could not be read', async () => {
    const { stdout } = await ask('iam:CreateUser', '--account', 'dev', '--user', 'shiro', '--format', 'text')
    expect(stdout).toContain('Nobody that is known may use iam:CreateUser. 1 user unknown.\n')
    await office.admin('PUT', 'faults', { rules: [{ kind: 'deny', operations: ['GetPolicy'] }] })
    const listed = await ask('iam:CreateUser', '--user', 'reader', '--format', 'text')
    expect(listed.stdout).toMatch(/^Nobody that is known may use iam:CreateUser\. 1 user reaches/)
  })

  it('tells it from a filter that matches nothing', async () => {
    const { code, stdout, stderr } = await ask('s3:DeleteBucket', '--user', 'Taro', '--format', 'text')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Nothing matches the filter\.\n/)
    expect(stderr).toContain('did you mean taro?')
  })
})

describe('the policies of AWS', () => {
  it.each(['GetPolicy', 'GetPolicyVersion'])(
    'are those of the list where %s is not permitted, which is one line',
    async (operation) => {
      await office.admin('PUT', 'faults', { rules: [{ kind: 'deny', operations: [operation] }] })
      const { code, stdout, stderr } = await ask('s3:DeleteBucket', '--json')
      expect(code).toBe(0)
      const { can, access } = JSON.parse(stdout)
      expect(can).toMatchObject({ source: 'list', as_of: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), complete: false })
      expect(can.from_list).toEqual(['AdministratorAccess', 'AmazonS3ReadOnlyAccess', 'PowerUserAccess'])
      expect(access.map(({ user, verdict }: Row) => `${user} ${verdict}`)).toEqual([
        'jiro under_conditions',
        'jiro denied',
        'shiro unknown',
        'shiro unknown',
        'taro yes',
        '山田花子 under_conditions',
      ])
      expect(stderr.replaceAll('\n', ' ')).toMatch(
        new RegExp(
          `^Not every policy could be read from AWS: iam:${operation} was denied .* Run sso-reconcile iam-policy --policy-checks for the permissions\\. $`,
        ),
      )
      // Refused once, the others of their kind are not asked about.
      expect((await office.calls()).filter((one) => one === operation).length).toBeLessThanOrEqual(2)
    },
  )

  it('are not known where a document is longer than IAM allows', async () => {
    const relay = await startRelay(office.desk.endpoint ?? '')
    atEnd(() => relay.close())
    const long = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'a'.repeat(140_000), Resource: '*' }] }
    const body = `<GetPolicyVersionResponse><GetPolicyVersionResult><PolicyVersion><Document>${JSON.stringify(long)}</Document></PolicyVersion></GetPolicyVersionResult></GetPolicyVersionResponse>`
    relay.pass = ({ operation }, forward) =>
      operation === 'GetPolicyVersion'
        ? Promise.resolve({ status: 200, headers: { 'content-type': 'text/xml' }, body })
        : forward()
    const words = ['access', '--can', 's3:DeleteBucket', '--user', 'shiro', '--account', 'Home', '--json']
    const { stdout } = await run({ ...office.desk, endpoint: relay.url }, words)
    expect(JSON.parse(stdout).access[0].unknown).toEqual([
      {
        policy: '/team/Deploy',
        reason: 'iam:GetPolicyVersion returned a document that is longer than IAM allows',
      },
    ])
  })

  it('are those of the list in words, with its day', async () => {
    await office.admin('PUT', 'faults', { rules: [{ kind: 'deny', operations: ['GetPolicy'] }] })
    const { stdout, stderr } = await ask('s3:DeleteBucket', '--user', 'taro', '--format', 'text')
    expect(stdout).toMatch(
      /\nAWS-managed policies as of \d{4}-\d\d-\d\d, the day of the list that comes with this version\.\n/,
    )
    expect(stderr).toMatch(/^Not every policy could be read from AWS: /)
    expect((await ask('s3:DeleteBucket', '--quiet')).stderr).toBe('')
  })

  it('are those of the list at a server that has no IAM, without a long wait', async () => {
    const relay = await startRelay(office.desk.endpoint ?? '')
    atEnd(() => relay.close())
    relay.pass = (request, forward) =>
      request.operation.startsWith('GetPolicy')
        ? Promise.resolve({ status: 404, headers: { 'content-type': 'text/html' }, body: '<html>Not Found</html>' })
        : forward()
    const started = Date.now()
    const { code, stdout } = await run({ ...office.desk, endpoint: relay.url }, [
      'access',
      '--can',
      's3:DeleteBucket',
      '--json',
    ])
    expect(code).toBe(0)
    expect(JSON.parse(stdout).can.source).toBe('list')
    expect(Date.now() - started).toBeLessThan(10_000)
  })
})

it('asks what access asks, at most two calls for each permission set in question, and two for each policy', async () => {
  await run(office.desk, ['access', '--account', 'Production'])
  const before = countsOf(await office.calls())
  await office.forget()
  await ask('s3:DeleteBucket', '--account', 'Production')
  const asked = await office.calls()
  const more = [...countsOf(asked)].map(([name, count]) => [name, count - (before.get(name) ?? 0)] as const)
  const [sets, policies] = [2, 2]
  expect(new Map(more.filter(([name, count]) => count > 0 && !/Reference|Provisioned/.test(name)))).toEqual(
    new Map([
      ['GetPolicy', policies],
      ['GetPolicyVersion', policies],
    ]),
  )
  const ofSets = more.filter(([name]) => /Reference|Provisioned/.test(name)).map(([, count]) => count)
  expect(ofSets.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(2 * sets)
  expect(asked.filter((one) => !/^(List|Describe|Get)/.test(one))).toEqual([])
})

function countsOf(calls: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...new Set(calls)].map((name) => [name, calls.filter((one) => one === name).length]))
}

it('says of an older version that is still in place that nobody knows what it allows', async () => {
  const own = await canOffice()
  const state = (await own.admin('GET', 'state')) as { tables: { provisions: Record<string, Provision> } }
  for (const row of Object.values(state.tables.provisions)) if (row.account === prod) row.version -= 1
  await own.admin('PUT', 'state', state)
  const { stdout } = await run(own.desk, ['access', '--can', 's3:DeleteBucket', '--user', 'jiro'])
  const older = 'unknown\tan older version of the permission set is still in place there\t'
  expect(stdout.split('\n').map((line) => line.split('\tdirect\t')[1])).toEqual([older, older, undefined])
})

interface Provision {
  readonly account: string
  version: number
}

describe('what is asked', () => {
  it.each([
    [
      'a misspelt action',
      ['s3:DeletBucket'],
      '--can: s3 has no action "DeletBucket"',
      'did you mean "s3:DeleteBucket"? If AWS added it after',
    ],
    [
      'a misspelt service',
      ['dynamodbb:DeleteTable'],
      '--can: AWS has no service "dynamodbb"',
      'did you mean "dynamodb:DeleteTable"?',
    ],
    [
      'an action without its service',
      ['DeleteBucket'],
      '--can: "DeleteBucket" names no service',
      'did you mean "s3:DeleteBucket"?',
    ],
    ['everything in one star', ['*'], '--can: "*" is not an action', '*:* is every action'],
    [
      'no action at all',
      ['a b:c'],
      '--can: "a b:c" is not an action',
      'write SERVICE:ACTION, for example s3:GetObject',
    ],
    [
      'an object where the action is about buckets',
      ['s3:DeleteBucket', '--resource', 'arn:aws:s3:::b/path'],
      's3:DeleteBucket is not about arn:aws:s3:::b/path',
      'it is about arn:*:s3:::*; --allow-unknown asks anyway',
    ],
    ['an empty word', [''], '--can: "" is not an action', 'write SERVICE:ACTION'],
    [
      'a resource that is no ARN',
      ['s3:DeleteBucket', '--resource', 'my-bucket'],
      '--resource: "my-bucket" is not an ARN',
      'for example arn:aws:s3:::my-bucket',
    ],
    [
      'half an ARN',
      ['s3:DeleteBucket', '--resource', 'arn:aws:s3'],
      '--resource: "arn:aws:s3" is not an ARN',
      'write it whole',
    ],
  ] as const)('is refused before anything is read: %s', async (_what, words, message, hint) => {
    const { code, stdout, stderr } = await ask(...words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(`error  ${message}`)
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(hint)
    expect(await office.calls()).toEqual([])
  })

  it.each([
    ['--can', 's3:DeleteBucket', 's3:GetObject', 'ask about one action at a time, or about several with a wildcard'],
    ['--resource', 'arn:aws:s3:::a', 'arn:aws:s3:::b', 'ask about one resource at a time, or about several with'],
  ])('is one thing at a time: %s given twice is refused', async (option, first, second, advice) => {
    const { code, stdout, stderr } = await run(office.desk, ['access', option, first, option, second])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
      `argument '${second}' is invalid. It was given already, as '${first}'; ${advice}`,
    )
    expect(await office.calls()).toEqual([])
  })

  it('needs an action where it names a resource', async () => {
    const { code, stderr } = await run(office.desk, ['access', '--resource', 'arn:aws:s3:::x'])
    expect(code).toBe(1)
    expect(stderr).toContain('error  --resource needs --can\n  hint: add the action that is asked about')
  })

  it('may be newer than the list of names, with --allow-unknown or where no name is near', async () => {
    const misspelt = await ask('s3:DeletBucket', '--allow-unknown', '--user', 'taro')
    expect(misspelt.code).toBe(0)
    expect(misspelt.stderr).toContain('warning  --can: s3 has no action "DeletBucket"')
    const unknown = await ask('frobnicate:Everything', '--user', 'taro', '--json')
    expect(unknown.code).toBe(0)
    expect(JSON.parse(unknown.stdout).diagnostics).toMatchObject([{ severity: 'warning', code: 'action-name' }])
  })

  it('is refused where the resource is of another service, and --allow-unknown asks anyway', async () => {
    const words = ['s3:DeleteBucket', '--resource', 'arn:aws:sqs:*:*:jobs', '--user', 'taro']
    const { code, stdout, stderr } = await ask(...words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('error  s3:DeleteBucket is not about arn:aws:sqs:*:*:jobs\n')
    const asked = await ask(...words, '--allow-unknown')
    expect(asked.code).toBe(0)
    expect(asked.stderr).toContain('warning  s3:DeleteBucket is not about arn:aws:sqs:*:*:jobs, so the answer says')
  })

  it('is refused where the resource is of another type, with what to ask instead', async () => {
    const { code, stdout, stderr } = await ask('s3:GetObject', '--resource', 'arn:aws:s3:::payroll', '--user', 'taro')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('error  s3:GetObject is not about arn:aws:s3:::payroll\n')
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('hint: write arn:aws:s3:::payroll/* for what is in it')
    expect(await office.calls()).toEqual([])
    const better = await ask('s3:GetObject', '--resource', 'arn:aws:s3:::payroll/*', '--user', 'taro')
    expect(better).toMatchObject({ code: 0, stdout: expect.stringContaining('\tyes\t') })
  })

  it('is refused where the action takes no resource', async () => {
    const instance = 'arn:aws:ec2:us-east-1:111122223333:instance/i-1'
    const { code, stdout, stderr } = await ask('ec2:DescribeInstances', '--resource', instance, '--user', 'taro')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('error  ec2:DescribeInstances is about no single resource\n  hint: leave --resource out')
    expect((await ask('ec2:DescribeInstances', '--user', 'taro')).stdout).toContain('\tyes\t')
  })

  it('is refused where the resource is in another partition', async () => {
    for (const more of [[], ['--allow-unknown']]) {
      const words = ['s3:DeleteBucket', '--resource', 'arn:aws-cn:s3:::x', '--user', 'taro', ...more]
      const { code, stdout, stderr } = await ask(...words)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain('error  arn:aws-cn:s3:::x is in the partition aws-cn, and these accounts are in aws\n')
    }
  })

  it('may hold wildcards, and a star is every resource', async () => {
    for (const resource of ['*', 'arn:*:s3:::*', 'arn:aws:s3:::a?c'])
      expect((await ask('s3:DeleteBucket', '--resource', resource, '--user', 'taro')).stdout).toContain('\tyes\t')
  })
})

it('never prints a credential', async () => {
  const texts = await Promise.all(
    accessFormats.map((format) => ask('s3:DeleteBucket', '--format', format, '--verbose')),
  )
  for (const { stdout, stderr } of texts)
    for (const secret of Object.values(credentials)) expect(stdout + stderr).not.toContain(secret)
})
