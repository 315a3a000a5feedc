import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  CreateGroupMembershipCommand,
  IdentitystoreClient,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore'
import {
  AttachManagedPolicyToPermissionSetCommand,
  CreateAccountAssignmentCommand,
  DescribePermissionSetCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ProvisionPermissionSetCommand,
  SSOAdminClient,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { type Cloud, management, members, newCloud } from '../../scenarios/cloud/support/cloud.ts'
import { newOffice, type Office } from '../../scenarios/cloud/support/office.ts'

// The SDK would announce on stderr which Node version it will ask for next year.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

const folder = fileURLToPath(new URL('./office', import.meta.url))

/** A configuration that has everything of Identity Center that Terraform manages and a manifest can say. */
export const configuration = readFileSync(join(folder, 'main.tf'), 'utf8')

/** Puts the module of the configuration beside it. */
export function withModule(place: string): void {
  cpSync(join(folder, 'set'), join(place, 'set'), { recursive: true })
}

/** What the configuration refers to and Terraform does not manage. */
const others: Contents = { groups: [{ displayName: 'everyone' }], permissionSets: [{ name: 'Theirs' }] }
const policies = [{ name: 'Team', path: '/team/' }]

/** An Identity Center in which the configuration can be applied. */
export async function newGround(): Promise<Cloud> {
  const cloud = await newCloud({ contents: others, accounts: members.map((one) => ({ ...one, policies })) })
  await cloud.put([{ id: management, name: 'Home', policies }])
  return cloud
}

/** A desk without a manifest, with a state file. */
export function newMigration(url: string, state: string | Buffer): Office {
  const office = newOffice(url)
  rmSync(join(office.desk.work, 'sso.yaml'))
  writeFileSync(join(office.desk.work, 'state.json'), state)
  return office
}

/** What people do in the console beside Terraform: the requests of it. */
export async function byHand(url: string) {
  const credentials = { accessKeyId: 'dummy', secretAccessKey: 'dummy' }
  const at = { endpoint: url, region: 'us-east-1', credentials }
  const [admin, store] = [new SSOAdminClient(at), new IdentitystoreClient(at)]
  const [instance] = (await admin.send(new ListInstancesCommand({}))).Instances ?? []
  const { InstanceArn, IdentityStoreId } = { InstanceArn: '', IdentityStoreId: '', ...instance }
  const setArn = async (name: string) => {
    const arns = (await admin.send(new ListPermissionSetsCommand({ InstanceArn }))).PermissionSets ?? []
    for (const PermissionSetArn of arns) {
      const { PermissionSet: set } = await admin.send(
        new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }),
      )
      if (set?.Name === name) return PermissionSetArn
    }
    throw new Error(`no set ${name}`)
  }
  const userId = async (name: string) =>
    (await store.send(new ListUsersCommand({ IdentityStoreId }))).Users?.find(({ UserName }) => UserName === name)
      ?.UserId ?? ''
  const groupId = async (name: string) =>
    (await store.send(new ListGroupsCommand({ IdentityStoreId }))).Groups?.find((one) => one.DisplayName === name)
      ?.GroupId ?? ''
  return {
    instance: { InstanceArn, IdentityStoreId },
    async assign(set: string, user: string, account: string) {
      const principal = { PrincipalType: 'USER', PrincipalId: await userId(user) } as const
      const target = { TargetType: 'AWS_ACCOUNT', TargetId: account } as const
      await admin.send(
        new CreateAccountAssignmentCommand({
          InstanceArn,
          PermissionSetArn: await setArn(set),
          ...principal,
          ...target,
        }),
      )
    },
    async join(group: string, user: string) {
      const [GroupId, UserId] = [await groupId(group), await userId(user)]
      await store.send(new CreateGroupMembershipCommand({ IdentityStoreId, GroupId, MemberId: { UserId } }))
    },
    async attach(set: string, policy: string) {
      const ManagedPolicyArn = `arn:aws:iam::aws:policy/${policy}`
      await admin.send(
        new AttachManagedPolicyToPermissionSetCommand({
          InstanceArn,
          PermissionSetArn: await setArn(set),
          ManagedPolicyArn,
        }),
      )
    },
    async provision(set: string) {
      const PermissionSetArn = await setArn(set)
      await admin.send(
        new ProvisionPermissionSetCommand({ InstanceArn, PermissionSetArn, TargetType: 'ALL_PROVISIONED_ACCOUNTS' }),
      )
    },
    async describe(set: string, Description: string) {
      await admin.send(
        new UpdatePermissionSetCommand({ InstanceArn, PermissionSetArn: await setArn(set), Description }),
      )
    },
  }
}
