import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DeletePermissionSetCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribePermissionSetProvisioningStatusCommand,
  ListAccountAssignmentsCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ProvisionPermissionSetCommand,
} from '@aws-sdk/client-sso-admin'
import type { Faults } from '../../src/sandbox/faults/faults.ts'
import type { SandboxOptions } from '../../src/sandbox/server.ts'
import type { TablesJson } from '../../src/sandbox/state/state.ts'
import { admin, clients, instanceOf, sandbox, thrown } from './harness.ts'

export const dev = '444455556666'
export const old = '777788889999'

/** What the admin side hands out for a role session. */
export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

interface Ending {
  readonly Status?: string | undefined
  readonly RequestId?: string | undefined
  readonly FailureReason?: string | undefined
}

/** A sandbox with a clock that stands still, and short ways to what these tests do by name again and again. */
export async function world({ faults = {}, ...options }: Partial<SandboxOptions> = {}) {
  let now = new Date('2026-11-22T10:00:00Z')
  const { url } = await sandbox({ ...options, faults: { looks: 0, seconds: null, ...faults }, now: () => now })
  const aws = clients(url)
  const instance = await instanceOf(aws)
  const { InstanceArn, IdentityStoreId } = instance
  const tables = async () => ((await admin(url, 'GET', 'state')) as { tables: TablesJson }).tables
  const set = async (name: string) => {
    const sets = Object.values((await tables()).permissionSets ?? {})
    return { InstanceArn, PermissionSetArn: sets.find((row) => row.name === name)?.arn ?? '' }
  }
  const principal = async (name: string) => {
    const { users = {}, groups = {} } = await tables()
    const user = Object.values(users).find(({ UserName }) => UserName === name)
    const group = Object.values(groups).find(({ DisplayName }) => DisplayName === name)
    return user
      ? { PrincipalType: 'USER' as const, PrincipalId: user.UserId }
      : { PrincipalType: 'GROUP' as const, PrincipalId: group?.GroupId ?? '' }
  }
  const assignment = async (name: string, account: string, who: string) => {
    const target = { TargetId: account, TargetType: 'AWS_ACCOUNT' as const }
    return { ...(await set(name)), ...(await principal(who)), ...target }
  }
  const start = {
    create: async (input: Awaited<ReturnType<typeof assignment>>) =>
      (await aws.admin.send(new CreateAccountAssignmentCommand(input))).AccountAssignmentCreationStatus,
    remove: async (input: Awaited<ReturnType<typeof assignment>>) =>
      (await aws.admin.send(new DeleteAccountAssignmentCommand(input))).AccountAssignmentDeletionStatus,
    provision: async (name: string, account?: string) => {
      const target =
        account === undefined
          ? { TargetType: 'ALL_PROVISIONED_ACCOUNTS' as const }
          : { TargetType: 'AWS_ACCOUNT' as const, TargetId: account }
      return (await aws.admin.send(new ProvisionPermissionSetCommand({ ...(await set(name)), ...target })))
        .PermissionSetProvisioningStatus
    },
  }
  const look = {
    create: async (id: string | undefined) =>
      (
        await aws.admin.send(
          new DescribeAccountAssignmentCreationStatusCommand({ InstanceArn, AccountAssignmentCreationRequestId: id }),
        )
      ).AccountAssignmentCreationStatus,
    remove: async (id: string | undefined) =>
      (
        await aws.admin.send(
          new DescribeAccountAssignmentDeletionStatusCommand({ InstanceArn, AccountAssignmentDeletionRequestId: id }),
        )
      ).AccountAssignmentDeletionStatus,
    provision: async (id: string | undefined) =>
      (
        await aws.admin.send(
          new DescribePermissionSetProvisioningStatusCommand({ InstanceArn, ProvisionPermissionSetRequestId: id }),
        )
      ).PermissionSetProvisioningStatus,
  }
  return {
    url,
    aws,
    instance,
    IdentityStoreId,
    InstanceArn,
    tables,
    set,
    principal,
    assignment,
    start,
    look,
    /** Lets the clock of the sandbox go on. */
    pass: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000)
    },
    faults: (wanted: Faults) => admin(url, 'PUT', 'faults', { looks: 0, seconds: null, ...wanted }),
    /** Each of these three waits for the end of the request. */
    create: async (name: string, account: string, who: string): Promise<Ending | undefined> =>
      look.create((await start.create(await assignment(name, account, who)))?.RequestId),
    remove: async (name: string, account: string, who: string): Promise<Ending | undefined> =>
      look.remove((await start.remove(await assignment(name, account, who)))?.RequestId),
    provision: async (name: string, account?: string): Promise<Ending | undefined> =>
      look.provision((await start.provision(name, account))?.RequestId),
    /** Name of the error that deleting a set ends in. */
    deleteSet: async (name: string) =>
      (await thrown(aws.admin.send(new DeletePermissionSetCommand(await set(name))))).name,
    /** Accounts that hold a set, or of these the ones that hold an old version of it. */
    holders: async (name: string, which?: 'outdated') => {
      const outdated = { ProvisioningStatus: 'LATEST_PERMISSION_SET_NOT_PROVISIONED' as const }
      const input = { ...(await set(name)), ...(which ? outdated : {}) }
      return (await aws.admin.send(new ListAccountsForProvisionedPermissionSetCommand(input))).AccountIds
    },
    /** Number of assignments of a set in an account. */
    assigned: async (name: string, AccountId: string) => {
      const list = new ListAccountAssignmentsCommand({ ...(await set(name)), AccountId })
      return (await aws.admin.send(list)).AccountAssignments?.length
    },
  }
}

export type World = Awaited<ReturnType<typeof world>>

/** What a call that is to be refused threw: nothing if it was not. */
export const worked = 'nothing was thrown'
