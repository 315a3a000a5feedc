import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { environment, outcome, run } from './support/binary.ts'
import { management } from './support/center.ts'
import { configOf, type Desk, journey, newDesk, tree } from './support/desk.ts'
import { type Moto, noMoto, startMoto } from './support/moto.ts'
import { isWrite } from './support/relay.ts'

/** Reads everything back by boto3, which shares no code with the tool. */
const READ_BACK = `
import boto3, json
admin, store = boto3.client('sso-admin'), boto3.client('identitystore')
instance = admin.list_instances()['Instances'][0]
arn, of = instance['InstanceArn'], {'InstanceArn': instance['InstanceArn']}
sets = []
for each in admin.list_permission_sets(**of)['PermissionSets']:
    on = {**of, 'PermissionSetArn': each}
    described = admin.describe_permission_set(**on)['PermissionSet']
    sets.append({
        'name': described['Name'], 'duration': described['SessionDuration'], 'description': described['Description'],
        'policies': [one['Arn'] for one in admin.list_managed_policies_in_permission_set(**on)['AttachedManagedPolicies']],
        'tags': admin.list_tags_for_resource(ResourceArn=each, **of)['Tags'],
        'assigned': [[one['PrincipalType'], one['PrincipalId']] for one in
            admin.list_account_assignments(AccountId='${management}', **on)['AccountAssignments']],
    })
users = [{'id': one['UserId'], 'name': one['UserName'], 'given': one['Name']['GivenName'], 'email': one['Emails'][0]['Value']}
    for one in store.list_users(IdentityStoreId=instance['IdentityStoreId'])['Users']]
print(json.dumps({'store': instance['IdentityStoreId'], 'sets': sets, 'users': users}))
`

const READ_PROFILE = `
import botocore.session, json
session = botocore.session.Session(profile='personal')
print(json.dumps({'profile': session.get_scoped_config(), 'sessions': session.full_config['sso_sessions'],
    'provider': session.get_component('credential_provider').get_provider('sso').METHOD}))
`

const PROFILES = 'import botocore.session, json; print(json.dumps(botocore.session.Session().available_profiles))'

interface Live {
  readonly store: string
  readonly sets: readonly { readonly name: string; readonly duration: string; readonly assigned: readonly unknown[] }[]
  readonly users: readonly { readonly id: string; readonly name: string }[]
}

describe.skipIf(noMoto)('against an Identity Center that somebody else wrote (moto)', () => {
  let moto: Moto
  let desk: Desk
  beforeAll(async () => {
    moto = await startMoto()
    desk = newDesk(moto.relay.url)
  })
  afterAll(() => moto.close())

  /** Runs a program of somebody else in the same home. */
  const other = async (command: string, ...words: string[]) => {
    const env = environment(desk, { AWS_DEFAULT_REGION: 'ap-northeast-1' })
    const { code, stdout, stderr } = await outcome(spawn(command, words, { cwd: desk.work, env }))
    expect({ words: words.slice(0, 2), code }, stderr).toEqual({ words: words.slice(0, 2), code: 0 })
    return stdout
  }
  const live = async () => JSON.parse(await other('python3', '-c', READ_BACK)) as Live

  test('the journey, read back by boto3, botocore and the AWS CLI', async () => {
    expect(await run(desk, ['plan', '--check'])).toMatchObject({ code: 2, stderr: '' })
    expect(moto.relay.calls.filter(isWrite)).toEqual([])
    const applied = await run(desk, ['apply', '--yes'])
    expect(applied, applied.stdout + applied.stderr).toMatchObject({ code: 0 })

    const { store, sets, users } = await live()
    expect(users).toEqual([{ id: expect.any(String), name: 'taro', given: 'Taro', email: 'taro@example.com' }])
    expect(sets).toEqual([
      {
        name: 'AdministratorAccess',
        duration: 'PT8H',
        description: 'Full access',
        policies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        tags: [{ Key: 'managed-by', Value: 'sso-reconcile' }],
        assigned: [['USER', users[0]?.id]],
      },
    ])

    expect(JSON.parse(await other('python3', '-c', PROFILES))).toEqual(['personal'])
    const expected = {
      sso_session: 'personal',
      sso_account_id: management,
      sso_role_name: 'AdministratorAccess',
      region: 'ap-northeast-1',
      output: 'json',
    }
    const read = JSON.parse(await other('python3', '-c', READ_PROFILE)) as object
    expect(read).toEqual({
      profile: expected,
      sessions: {
        personal: {
          sso_start_url: `https://${store}.awsapps.com/start`,
          sso_region: 'ap-northeast-1',
          sso_registration_scopes: 'sso:account:access',
        },
      },
      provider: 'sso',
    })
    for (const [key, value] of Object.entries(expected))
      expect((await other('aws', 'configure', 'get', key, '--profile', 'personal')).trim()).toBe(value)
  })

  test('nothing is left to do afterwards, and nothing is done', async () => {
    moto.relay.forget()
    const before = tree(desk.folder)
    for (const words of [
      ['plan', '--check'],
      ['apply', '--yes'],
    ]) {
      const again = await run(desk, words)
      expect(again, again.stdout).toMatchObject({ code: 0, stderr: '' })
      expect(again.stdout).toContain('No changes.')
    }
    expect(moto.relay.calls.filter(isWrite)).toEqual([])
    expect(tree(desk.folder)).toEqual(before)
  })

  test('a session length and a family name are changed, and the set is provisioned once', async () => {
    const changed = journey.replace('session_duration: 8h', 'session_duration: 4h').replace('Yamada', 'Tanaka')
    writeFileSync(join(desk.work, 'sso.yaml'), changed)
    const config = configOf(desk.home)
    moto.relay.forget()
    const applied = await run(desk, ['apply', '--yes'])
    expect(applied, applied.stdout + applied.stderr).toMatchObject({ code: 0 })
    expect(applied.stdout).toMatch(/session duration +8h -> 4h/)
    expect(moto.relay.calls.filter(isWrite).sort()).toEqual([
      'ProvisionPermissionSet',
      'UpdatePermissionSet',
      'UpdateUser',
    ])
    expect((await live()).sets[0]).toMatchObject({ duration: 'PT4H' })
    expect(await run(desk, ['plan', '--check'])).toMatchObject({ code: 0, stderr: '' })
    expect(configOf(desk.home)).toBe(config)
  })

  test('what leaves the file leaves Identity Center', async () => {
    const gone = journey
      .replace(/permission_sets:\n( {2}.*\n)+/, 'permission_sets: {}\n')
      .replace(/assignments:\n( {2}.*\n)+/, 'assignments: []\n')
      .replace(/users:\n( {2}.*\n)+/, 'absent: { users: [taro] }\n')
      .replace(/ {2}profiles:\n( {4}.*\n)+/, '  profiles: {}\n')
    writeFileSync(join(desk.work, 'sso.yaml'), gone)
    const refused = await run(desk, ['apply', '--yes'])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('--allow-lockout')
    expect((await live()).sets).toHaveLength(1)
    const applied = await run(desk, ['apply', '--yes', '--allow-lockout'])
    expect(applied, applied.stdout + applied.stderr).toMatchObject({ code: 0 })
    expect(await live()).toMatchObject({ sets: [], users: [] })
    expect(JSON.parse(await other('python3', '-c', PROFILES))).toEqual([])
    expect(await run(desk, ['plan', '--check'])).toMatchObject({ code: 0, stderr: '' })
  })
})
