import type { ContentPermissionSet, Contents } from '../../../../src/sandbox/content-types.ts'
import { allowing, arn, ours, people } from './cases.ts'
import { management } from './cloud.ts'

/** What a permission set holds. */
export type Content = Omit<ContentPermissionSet, 'name'>

/** Sets that allow everything, surely or perhaps. */
export const full: Content = { managedPolicies: [arn('AdministratorAccess'), arn('job-function/Billing')] }
export const bounded: Content = { ...full, permissionsBoundary: { ManagedPolicyArn: arn('PowerUserAccess') } }

/** The first of them as a manifest declares it. */
export const declared = { managed_policies: ['AdministratorAccess', 'job-function/Billing'] }

/** Policies that allow everything: among others, with more than one factor, and but for something. */
export const amongOthers = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: ['s3:Get*', '*:*'], Resource: ['*'] },
}
export const withMfa = allowing('*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })
export const limited = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: 'organizations:*', Resource: '*' },
  ],
}

/** `rin` is the one administrator, as the only member of the Platform Team; `sora` is there, and may do nothing as yet. */
export function world(set: Content = full, more: Contents = {}): Contents {
  return {
    users: [...people('rin', 'sora'), ...(more.users ?? [])],
    groups: [{ displayName: 'Platform Team', members: ['rin'] }, ...(more.groups ?? [])],
    permissionSets: [{ name: 'Root', tags: ours, ...set }, ...(more.permissionSets ?? [])],
    assignments: [{ permissionSet: 'Root', group: 'Platform Team', account: management }, ...(more.assignments ?? [])],
  }
}
