import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TablesJson } from '../../../src/sandbox/state/state.ts'
import { type Machine, machineAt, signIn } from '../../login/support/machine.ts'
import { run } from '../../support/here.ts'
import { run as runBinary } from '../e2e/support/binary.ts'
import { type Center, startCenter } from '../e2e/support/center.ts'
import { journey, newDesk } from '../e2e/support/desk.ts'

let center: Center
let empty: TablesJson
let machine: Machine
beforeAll(async () => {
  center = await startCenter()
  empty = await center.export()
})
beforeEach(async () => {
  await center.restore(empty)
  machine = machineAt(newDesk(center.relay.url))
})
afterAll(() => center.close())

const advice = 'sso-reconcile login personal -- sso-reconcile plan'
const flat = (text: string) => text.replace(/\s+/g, ' ')

describe('a login that has ended', () => {
  it.each([
    ['plan', 'plan'],
    ['apply', 'plan'],
    ['doctor', 'plan'],
    ['access', 'access'],
  ])('is told by %s in the same words, with the same advice, to go on with %s', async (command, resumed) => {
    expect((await run(machine.desk, ['apply', '--yes'])).code).toBe(0)
    // The SDK reads the home of its process once, so this needs one of its own.
    const ended = await runBinary(machine.desk, [command], { ...machine.path, AWS_PROFILE: 'personal' })
    expect(ended.code).toBe(1)
    const told = flat(ended.stdout + ended.stderr)
    expect(told).toContain('your login to personal has ended')
    expect(told).toContain(advice.replace(/plan$/, resumed))
    expect(told).not.toMatch(/aws sso login/)
  })

  it('is advised where no profile was named too, and a login that is good is to be used', async () => {
    expect((await run(machine.desk, ['apply', '--yes'])).code).toBe(0)
    expect((await run(machine.desk, ['plan'], machine.path)).stderr).toContain(`hint: ${advice}`)
    const [, startUrl = ''] =
      /sso_start_url = (\S+)/.exec(readFileSync(join(machine.desk.home, '.aws', 'config'), 'utf8')) ?? []
    machine.cache(await signIn(center.relay.url, startUrl))
    expect((await run(machine.desk, ['plan'], machine.path)).stderr).toContain(
      'AWS_PROFILE=personal sso-reconcile plan',
    )
  })

  it.each([
    ['where no profile was named', ['plan'], {}, 'plan'],
    ['where one was', ['apply', '--yes'], { AWS_PROFILE: 'personal' }, 'plan'],
    ['by adopt', ['adopt', 'user/taro', '--profile', 'personal'], {}, 'adopt user/taro --profile personal'],
  ])('is advised for the manifest of the run %s', async (_where, words, more, resumed) => {
    expect((await run(machine.desk, ['apply', '--yes'])).code).toBe(0)
    renameSync(join(machine.desk.work, 'sso.yaml'), join(machine.desk.work, 'my.yaml'))
    const file = ['--file', 'my.yaml']
    const { stderr } = await runBinary(machine.desk, [...words, ...file], { ...machine.path, ...more })
    expect(flat(stderr)).toContain(
      `hint: sso-reconcile login --file my.yaml personal -- sso-reconcile ${resumed} --file my.yaml`,
    )
  })

  it('is not spoken of on a machine without that profile', async () => {
    const { stderr } = await run(machine.desk, ['plan'], machine.path)
    expect(stderr).toContain('aws login')
    expect(stderr).not.toContain(advice)
  })
})

describe('doctor', () => {
  it('takes a login that it has proven for the activation, and says how to record it', async () => {
    const without = journey.replace(/ {2}activated: .*\n/, '')
    writeFileSync(join(machine.desk.work, 'sso.yaml'), without)
    expect((await run(machine.desk, ['apply', '--yes'])).code).toBe(0)
    // Without the entry that apply made.
    writeFileSync(join(machine.desk.work, 'sso.yaml'), without)
    const before = await run(machine.desk, ['doctor'])
    expect(before.stdout).toContain('not mentioned: activated:taro')
    const [, startUrl = ''] =
      /sso_start_url = (\S+)/.exec(readFileSync(join(machine.desk.home, '.aws', 'config'), 'utf8')) ?? []
    machine.cache(await signIn(center.relay.url, startUrl))
    const after = await run(machine.desk, ['doctor'], { PATH: machine.path.PATH })
    expect(after.stdout).not.toContain('not mentioned')
    expect(flat(after.stdout)).toMatch(
      /activated:taro is done: taro is logged in on this machine \(to record it, write activated: \{ taro: \d{4}-\d\d-\d\d \} under checklist\)/,
    )
  })

  it('never nags about how long a sign-in lasts', async () => {
    const { stdout } = await run(machine.desk, ['doctor', '--json'])
    const { checks } = JSON.parse(stdout) as { checks: { level: string; message: string }[] }
    const told = checks.filter(({ message }) => message.includes('portal_session'))
    expect(told.map(({ level }) => level)).toEqual(['ok'])
  })

  it('speaks of an account instance as plan does', async () => {
    const tables = await center.export()
    const instances = Object.fromEntries(
      Object.entries(tables.instances ?? {}).map(([id, row]) => [id, { ...(row as object), kind: 'account' }]),
    )
    await center.restore({ ...tables, instances } as TablesJson)
    const [plan, doctor] = [await run(machine.desk, ['plan']), await run(machine.desk, ['doctor'])]
    const words =
      'only an account instance of Identity Center exists in ap-northeast-1, and it cannot hold permission sets'
    const hint =
      /enable the organization instance in the management account: .*?delete it first: \S+ \(Settings \(設定\) > Management \(管理\) > Delete\)/
    for (const told of [flat(plan.stderr), flat(doctor.stdout)]) {
      expect(told).toContain(words)
      expect(told).toMatch(hint)
    }
    expect(hint.exec(flat(plan.stderr))?.[0]).toBe(hint.exec(flat(doctor.stdout))?.[0])
  })
})

describe('help', () => {
  it('of plan has nothing to wait for, and takes the option all the same', async () => {
    expect((await run(machine.desk, ['plan', '--help'])).stdout).not.toContain('--no-wait')
    expect((await run(machine.desk, ['apply', '--help'])).stdout).toContain('--no-wait')
    expect((await run(machine.desk, ['plan', '--no-wait'])).code).toBe(0)
  })

  it.each(['login', 'console'])('of %s names the profile once, and takes the option all the same', async (command) => {
    const { stdout } = await run(machine.desk, [command, '--help'])
    expect(stdout).toContain('[profile]')
    expect(stdout).not.toContain('--profile')
    const named = await run(machine.desk, [command, '--profile', 'nosuch'], machine.path)
    expect(named.stderr).toContain('nosuch')
    expect(named.stderr).not.toContain('unknown option')
  })
})

describe('what is told of permission sets and users', () => {
  it('calls accounts with an older version by their names, and counts them right', async () => {
    const set = '{ description: Full access, managed_policies: [AdministratorAccess] }'
    const text = `version: 1
identity_center: { region: ap-northeast-1 }
accounts: { home: "111122223333" }
users: { taro: { given_name: A, family_name: B, email: a@example.com } }
permission_sets: { Admin: ${set} }
assignments: [{ users: [taro], permission_sets: [Admin], accounts: [home] }]
`
    writeFileSync(join(machine.desk.work, 'sso.yaml'), text)
    expect((await run(machine.desk, ['apply', '--yes'])).code).toBe(0)
    const { SSOAdminClient, PutInlinePolicyToPermissionSetCommand, ListPermissionSetsCommand, ListInstancesCommand } =
      await import('@aws-sdk/client-sso-admin')
    const client = new SSOAdminClient({
      ...{ region: 'ap-northeast-1', endpoint: center.relay.url },
      credentials: { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' },
    })
    const { Instances: [instance] = [] } = await client.send(new ListInstancesCommand({}))
    const InstanceArn = instance?.InstanceArn
    const { PermissionSets: [PermissionSetArn] = [] } = await client.send(
      new ListPermissionSetsCommand({ InstanceArn }),
    )
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] }
    await client.send(
      new PutInlinePolicyToPermissionSetCommand({
        InstanceArn,
        PermissionSetArn,
        InlinePolicy: JSON.stringify(policy),
      }),
    )
    const { stdout } = await run(machine.desk, ['plan'])
    expect(stdout).toContain('an older version is in 1 account\n')
    expect(flat(stdout)).toContain('an older version is in home; re-provisioned in 1 account')
    expect(stdout).not.toMatch(/older version is in \d{12}/)
  })

  it('ends with a sentence about the user when a revocation is taken back', async () => {
    expect((await run(machine.desk, ['apply', '--yes'])).code).toBe(0)
    await run(machine.desk, ['revoke', 'taro', '--yes', '--allow-lockout'])
    const back = await run(machine.desk, ['revoke', 'taro', '--undo', '--yes'])
    expect(back, back.stderr).toMatchObject({ code: 0 })
    expect(flat(back.stdout.trim())).toMatch(
      /taro is no longer revoked and can sign in and use this access again: removed from revoked in sso\.yaml; commit it\.$/,
    )
  })
})
