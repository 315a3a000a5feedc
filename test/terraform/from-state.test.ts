import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { TablesJson } from '../../src/sandbox/state/state.ts'
import { type Cloud, newCloud } from '../scenarios/cloud/support/cloud.ts'
import { expectSettled, type Office } from '../scenarios/cloud/support/office.ts'
import { byHand, newMigration } from './support/managed.ts'
import { type Shown, stateText } from './support/show.ts'

const recorded = fileURLToPath(new URL('./support/recorded', import.meta.url))
const text = readFileSync(join(recorded, 'state.json'), 'utf8')
const tables = JSON.parse(readFileSync(join(recorded, 'tables.json'), 'utf8')) as TablesJson
const root = JSON.parse(text).values.root_module as Module
const resources = inModule(root)

interface Module {
  readonly resources?: readonly Shown[]
  readonly child_modules?: readonly Module[]
}

function inModule({ resources: own = [], child_modules: modules = [] }: Module): readonly Shown[] {
  return [...own, ...modules.flatMap(inModule)]
}

const take = ['init', '--from-terraform', 'state.json']

/** The Identity Center that the state was recorded at. */
async function newRecorded(): Promise<Cloud> {
  const cloud = await newCloud()
  await cloud.restore(tables)
  return cloud
}

/** The recorded state with some of its resources changed or left out. */
function but(change: (resource: Shown) => object | undefined, more: readonly object[] = []): string {
  const kept = resources.flatMap((one) => change(one) ?? [])
  return stateText([...kept, ...more])
}

function fileOf({ desk }: Office): string {
  return readFileSync(join(desk.work, 'sso.yaml'), 'utf8')
}

async function takenOver(cloud: Cloud, state: string | Buffer, ...words: string[]) {
  const office = newMigration(cloud.url, state)
  const { code, stdout, stderr } = await office.run([...take, ...words])
  expect(code, stdout + stderr).toBe(0)
  return { office, stdout, stderr, manifest: parse(fileOf(office)) }
}

describe('what Terraform manages', () => {
  it('is the file, and nothing else is; the plan is empty', async () => {
    const cloud = await newRecorded()
    await cloud.add({
      users: [{ userName: 'other' }],
      groups: [{ displayName: 'others' }],
      permissionSets: [{ name: 'Other' }],
    })
    const { office, stdout, stderr, manifest } = await takenOver(cloud, text)
    await expectSettled(office, '--thorough')
    expect(stderr).toBe('')
    expect(Object.keys(manifest)).toEqual([
      ...['version', 'identity_center', 'accounts', 'users', 'groups', 'permission_sets', 'assignments'],
      'access_control_attributes',
    ])
    expect(manifest.groups).toEqual({
      'a b': { description: 'team a b' },
      admins: { description: 'team admins', members: ["o'neil@example.com", 'plain', 'taro'] },
      everyone: { external: true },
    })
    expect(Object.keys(manifest.users)).toEqual(["o'neil@example.com", 'plain', 'taro'])
    expect(Object.keys(manifest.permission_sets)).toEqual(['Admin', 'Read-Only', 'Theirs'])
    expect(manifest.permission_sets.Theirs).toEqual({ external: true })
    expect(stdout).toMatch(
      /^Wrote sso\.yaml: .*\n1 item is left out.*\n24 resources of Terraform are in sso\.yaml\.\nNext: sso-reconcile plan .*\nThen let Terraform forget them/,
    )
    expect(stdout).toContain(`   # 24 resource instances
   terraform state rm \\
     aws_identitystore_group.teams \\
     aws_identitystore_group_membership.m \\
     aws_identitystore_user.people \\
     aws_ssoadmin_account_assignment.a \\
     aws_ssoadmin_account_assignment.theirs \\
     aws_ssoadmin_instance_access_control_attributes.x \\
     module.sets
2. Delete`)
    expect(fileOf(office)).toContain('# What Terraform managed of AWS IAM Identity Center, as AWS has it')
  })

  it('comes with what the file would take away otherwise, and the report says what that is', async () => {
    const cloud = await newRecorded()
    await cloud.add({ users: [{ userName: 'jiro' }] })
    const person = await byHand(cloud.url)
    await person.join('admins', 'jiro')
    await person.join('a b', 'jiro')
    await person.assign('Admin', 'jiro', '222233334444')
    await person.assign('Theirs', 'jiro', '222233334444')
    await person.attach('Admin', 'job-function/Billing')
    await person.provision('Admin')
    const { office, stdout, manifest } = await takenOver(cloud, text)
    await expectSettled(office)
    expect(stdout).toContain(`Not in Terraform, but in sso.yaml, because a plan would remove what it leaves out:
  assignment/Admin:user:jiro@222233334444
  membership/admins:jiro
Otherwise in AWS than in the state; sso.yaml has what AWS has:
  permission-set/Admin managed_policies: only AWS has job-function/Billing
Next:`)
    expect(manifest.users.jiro).toEqual({ external: true })
    expect(manifest.groups['a b']).toEqual({ description: 'team a b' })
    expect(manifest.groups.admins.members).toContain('jiro')
    expect(fileOf(office)).toMatch(/# admins: not in Terraform: jiro\n {2}admins:/)
    expect(fileOf(office)).toMatch(/# Not in Terraform\.\n {2}- users: \[jiro\]\n {4}permission_sets: \[Admin\]\n/)
    expect(JSON.stringify(manifest.assignments)).not.toContain('["jiro"],"permission_sets":["Theirs"]')
  })

  it('is told as data, with --json', async () => {
    const cloud = await newRecorded()
    await (await byHand(cloud.url)).describe('Admin', 'by hand')
    await (await byHand(cloud.url)).provision('Admin')
    const office = newMigration(cloud.url, text)
    const { code, stdout } = await office.run([...take, '--json'])
    const document = JSON.parse(stdout)
    expect({ code, written: document.written }).toEqual({ code: 0, written: true })
    const { taken_over: taken, state_rm: forget, ...rest } = document.terraform
    expect(rest).toEqual({
      ...{ program: 'terraform', not_in_terraform: [], not_in_aws: [], left_in_terraform: [], tainted: [] },
      // An update clears what it does not name.
      different: [
        { address: 'permission-set/Admin', field: 'description', state: 'set Admin', live: 'by hand' },
        { address: 'permission-set/Admin', field: 'relay_state', state: 'https://console.aws.amazon.com/s3' },
      ],
    })
    expect(taken).toHaveLength(24)
    expect(forget).toEqual([
      { file: 'state.json', addresses: expect.arrayContaining(['module.sets']), resource_instances: 24 },
    ])
  })

  it('is printed and not written, with --dry-run', async () => {
    const cloud = await newRecorded()
    const office = newMigration(cloud.url, text)
    const { code, stdout, stderr } = await office.run([...take, '--dry-run'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '24 resources of Terraform would be in sso.yaml.\n' })
    expect(parse(stdout).groups.everyone).toEqual({ external: true })
    expect(existsSync(join(office.desk.work, 'sso.yaml'))).toBe(false)
  })

  it('replaces a file only with --force, which keeps it', async () => {
    const cloud = await newRecorded()
    const office = newMigration(cloud.url, text)
    office.writeText('version: 1\nname: home\nidentity_center: { region: us-east-1 }\n')
    const refused = await office.run(take)
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(
      /sso\.yaml already exists; nothing was changed\s+hint: name another file with -f, or add --force/,
    )
    const { code, stdout } = await office.run([...take, '--force'])
    expect({ code, kept: /The previous file is kept as/.test(stdout), name: parse(fileOf(office)).name }).toEqual({
      ...{ code: 0, kept: true, name: 'home' },
    })
    await expectSettled(office)
  })

  it('may be in several states', async () => {
    const cloud = await newRecorded()
    const isSet = ({ address }: Shown) => address.startsWith('module.')
    const office = newMigration(
      cloud.url,
      but((one) => (isSet(one) ? one : undefined)),
    )
    writeFileSync(
      join(office.desk.work, 'rest.json'),
      but((one) => (isSet(one) ? undefined : one)),
    )
    const { code, stdout } = await office.run([...take, '--from-terraform', 'rest.json'])
    expect(code, stdout).toBe(0)
    expect(stdout).toContain('24 resources of Terraform are in sso.yaml.')
    expect(stdout).toContain('# 10 resource instances of state.json\n   terraform state rm \\\n     module.sets\n')
    expect(stdout).toContain('# 14 resource instances of rest.json\n')
    await expectSettled(office)
  })
})

describe('what is not as the state says', () => {
  it('is named where AWS does not have it, and nobody invents it', async () => {
    const cloud = await newRecorded()
    const gone = but((one) => ({ ...one, values: spoilt(one) }))
    const { office, stdout, stderr, manifest } = await takenOver(cloud, gone)
    await expectSettled(office)
    expect(manifest.users).toEqual(expect.not.objectContaining({ taro: { given_name: 'G' } }))
    expect(stderr).toMatch(/warning {2}3 resources of the state are not in AWS, so the file leaves them out: /)
    expect(
      stdout,
    ).toContain(`No longer in AWS, so not in sso.yaml; to have it back, run terraform apply and then this again:
  aws_identitystore_group.teams["a b"]: no group has the id lost
  aws_identitystore_user.people["taro"]: no user has the id lost
  aws_ssoadmin_account_assignment.theirs: everyone does not have Theirs in 444455556666
`)
    expect(stdout).toContain('aws_identitystore_user.people')
  })

  it('stays with Terraform where the file cannot say it', async () => {
    const cloud = await newRecorded()
    const [other] = resources
    const application = {
      ...other,
      address: 'module.a[0].aws_ssoadmin_application.x',
      type: 'aws_ssoadmin_application',
    }
    const cloudControl = { ...other, address: 'awscc_sso_assignment.y', type: 'awscc_sso_assignment', mode: 'managed' }
    const bucket = { ...other, address: 'aws_s3_bucket.z', type: 'aws_s3_bucket', mode: 'managed' }
    const apart = (one: Shown) =>
      one.address.startsWith('module.sets["Admin"]') && one.type.endsWith('_set') ? undefined : one
    const state = but(apart, [{ ...application, mode: 'managed' }, cloudControl, bucket])
    const { office, stdout, manifest } = await takenOver(cloud, state)
    await expectSettled(office)
    expect(manifest.permission_sets.Admin).toEqual({ external: true })
    expect(stdout).toContain('  module.a[0].aws_ssoadmin_application.x: sso.yaml has no section for it\n')
    expect(stdout).toContain('  awscc_sso_assignment.y: sso.yaml has no section for it\n')
    expect(stdout).toContain(
      '  module.sets["Admin"].aws_ssoadmin_permission_set_inline_policy.this: its permission set is not managed in this state\n',
    )
    expect(stdout).not.toContain('aws_s3_bucket')
    expect(stdout).toContain(`\n     'module.sets["Read-Only"]'\n`)
  })

  it('is left to whoever has to look at it: tainted, deposed, without an id', async () => {
    const cloud = await newRecorded()
    const state = but((one) => {
      if (one.address.endsWith('["taro"]')) return { ...one, tainted: true }
      if (one.address.endsWith('["plain"]')) return { ...one, values: {} }
      return one.address.endsWith('teams["a b"]') ? { ...one, deposed_key: '0a1b2c3d' } : one
    })
    const { office, stdout, manifest } = await takenOver(cloud, state)
    await expectSettled(office)
    expect(stdout).toContain(
      'Tainted, so that terraform apply would replace it; sso.yaml keeps it:\n  aws_identitystore_user.people["taro"]\n',
    )
    expect(stdout).toContain(
      '  aws_identitystore_group.teams["a b"]: it was replaced and is still to be destroyed by Terraform: run terraform apply first\n',
    )
    expect(stdout).toContain('  aws_identitystore_user.people["plain"]: its state has no id\n')
    expect(stdout).toContain(`     'aws_identitystore_group.teams["admins"]' \\\n`)
    expect(stdout).toContain(`     'aws_identitystore_user.people["taro"]' \\\n`)
    expect(manifest.groups['a b']).toBe(undefined)
    expect(manifest.users.plain).toEqual({ external: true })
  })

  it('is not told where it is marked as sensitive', async () => {
    const cloud = await newRecorded()
    const state = but((one) =>
      one.address.endsWith('["taro"]')
        ? { ...one, values: { ...one.values, emails: [{ value: 'secret@x.example' }] } }
        : one,
    )
    const { stdout, stderr } = await takenOver(cloud, state, '--verbose')
    expect(stdout).toContain('  user/taro email: is otherwise (its value is marked as sensitive)\n')
    expect(stdout + stderr).not.toMatch(/secret@x|bdfc3465/)
  })

  it('is told where a set is provisioned in an older version, and its parts stay with Terraform', async () => {
    const cloud = await newRecorded()
    await (await byHand(cloud.url)).attach('Admin', 'job-function/Billing')
    const { office, stdout, manifest } = await takenOver(cloud, text)
    await expectSettled(office)
    expect(manifest.permission_sets.Admin).toEqual({ external: true })
    expect(stdout).toContain(
      '  module.sets["Admin"].aws_ssoadmin_permission_set.this: some accounts still have an older version of it\n',
    )
    expect(stdout).not.toContain('     module.sets\n')
  })
})

describe('who else has a say', () => {
  it('an identity provider, whose users and groups are only looked up', async () => {
    const cloud = await newRecorded()
    const held = JSON.stringify(await cloud.export())
    const externalIds = [{ Issuer: 'https://idp.example.com', Id: '1' }]
    const provided = JSON.parse(held) as { groups: Record<string, { DisplayName: string; externalIds?: object }> }
    for (const group of Object.values(provided.groups))
      if (group.DisplayName === 'admins') group.externalIds = externalIds
    await cloud.restore(provided as unknown as TablesJson)
    const { office, stdout, manifest } = await takenOver(cloud, text)
    await expectSettled(office)
    expect(manifest.groups.admins).toEqual({ external: true })
    expect(stdout).toContain('  aws_identitystore_group.teams["admins"]: an identity provider manages it\n')
    expect(stdout).toContain('  aws_identitystore_group_membership.m[0]: an identity provider manages the group\n')
    expect(stdout).not.toMatch(/ {5}aws_identitystore_group_membership/)
  })

  it('the management account, where a delegated administrator changes nothing', async () => {
    const cloud = await newRecorded()
    await cloud.add({ assignments: [{ permissionSet: 'Admin', account: '111122223333', group: 'admins' }] })
    const office = newMigration(cloud.url, text)
    const as = await cloud.delegate('222233334444')
    const { code, stdout, stderr } = await office.run(take, as)
    expect(code, stdout + stderr).toBe(0)
    expect(parse(fileOf(office)).permission_sets.Admin).toEqual({ external: true })
    expect(stdout).toContain(
      '  module.sets["Admin"].aws_ssoadmin_permission_set.this: used in the management account, so a delegated administrator cannot change it\n',
    )
    const { code: planned, stdout: plan } = await office.run(['plan', '--json'], as)
    expect({ planned, operations: JSON.parse(plan).operations }).toEqual({ planned: 0, operations: [] })
  })

  it('this manifest, whose own sets the file must not drop', async () => {
    const cloud = await newRecorded()
    await cloud.add({ permissionSets: [{ name: 'Ours', tags: { 'managed-by': 'sso-reconcile' } }] })
    const { office, stdout, manifest } = await takenOver(cloud, text)
    await expectSettled(office)
    expect(manifest.permission_sets.Ours).toEqual({})
    expect(stdout).toContain('because a plan would remove what it leaves out:\n  permission-set/Ours\n')
    const people = but((one) => (one.type === 'aws_identitystore_user' ? one : undefined))
    expect(Object.keys((await takenOver(cloud, people)).manifest)).not.toContain('permission_sets')
  })

  it('an account that is closed, whose assignments stay as they are', async () => {
    const cloud = await newRecorded()
    await cloud.put([{ id: '333344445555', name: 'Prod', state: 'SUSPENDED' }])
    const elsewhere = but((one) =>
      one.address.endsWith('.theirs') ? { ...one, values: { ...one.values, target_id: '999999999999' } } : one,
    )
    const { office, stdout } = await takenOver(cloud, elsewhere)
    await expectSettled(office)
    expect(stdout).toContain(
      '  aws_ssoadmin_account_assignment.a["Admin in 333344445555"]: account 333344445555 is not active\n',
    )
    expect(stdout).toContain(
      '  aws_ssoadmin_account_assignment.theirs: account 999999999999 is no longer in the organization\n',
    )
  })

  it('services of AWS have names that Terraform may use too', async () => {
    const cloud = await newRecorded()
    const renamed = JSON.stringify(await cloud.export()).replaceAll('"Read-Only"', '"AWSReadOnlyAccess"')
    await cloud.restore(JSON.parse(renamed.replaceAll('"everyone"', '"AWSControlTowerAdmins"')) as TablesJson)
    const { office, manifest } = await takenOver(cloud, text.replaceAll('"Read-Only"', '"AWSReadOnlyAccess"'))
    await expectSettled(office)
    expect(manifest.permission_sets.AWSReadOnlyAccess).toEqual(expect.objectContaining({ session_duration: '4h' }))
    expect(manifest.groups.AWSControlTowerAdmins).toEqual({ external: true })
    expect(manifest.ignore).toBe(undefined)
  })
})

function spoilt({ address, values }: Shown): object {
  if (address.endsWith('["taro"]')) return { ...values, user_id: 'lost' }
  if (address.endsWith('teams["a b"]')) return { ...values, group_id: 'lost' }
  return address.endsWith('assignment.theirs') ? { ...values, target_id: '444455556666' } : values
}

describe('forms of the file', () => {
  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['big-endian UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    [
      'one line, with what a newer Terraform may add',
      Buffer.from(JSON.stringify({ ...JSON.parse(text), format_version: '1.7', checks: [] })),
    ],
  ])('%s is read', async (_what, bytes) => {
    const cloud = await newRecorded()
    const { office } = await takenOver(cloud, bytes)
    await expectSettled(office)
  })

  it('of OpenTofu is let go with tofu, and ids of older providers are read', async () => {
    const cloud = await newRecorded()
    const state = but((one) => ({ ...one, provider_name: 'registry.opentofu.org/hashicorp/aws', values: older(one) }))
    const { office, stdout } = await takenOver(cloud, state)
    await expectSettled(office)
    expect(stdout).toContain('24 resources of Terraform are in sso.yaml.')
    expect(stdout).toContain('   tofu state rm \\\n')
  })

  it('of version 6 of the provider says in which Region to look', async () => {
    const cloud = await newRecorded()
    const state = but((one) => ({ ...one, values: { ...one.values, region: 'us-east-1' } }))
    const office = newMigration(cloud.url, state)
    const { code, stdout, stderr } = await office.run(take, { AWS_REGION: 'eu-west-1' })
    expect(code, stdout + stderr).toBe(0)
    expect(parse(fileOf(office)).identity_center.region).toBe('us-east-1')
  })

  it('has exclusive attachments, which are parts of a set like others', async () => {
    const cloud = await newRecorded()
    const state = but((one) => {
      const { managed_policy_arn: arn, ...values } = one.values
      return arn === undefined
        ? one
        : {
            ...one,
            type: `${one.type}s_exclusive`,
            address: one.address.replace('attachment', 'attachments_exclusive'),
            values: { ...values, managed_policy_arns: [arn] },
          }
    })
    const { office, stdout } = await takenOver(cloud, state)
    await expectSettled(office)
    expect(stdout).toContain('24 resources of Terraform are in sso.yaml.\nNext')
  })
})

// There was only the id, with that of the store or of the instance in it.
function older({ values }: Shown): object {
  const { user_id, group_id, arn, ...rest } = values as Record<string, unknown>
  return 'member_id' in values ? values : { ...rest, ...('principal_id' in values ? values : {}) }
}
