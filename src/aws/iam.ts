// Loaded by the first request that needs it: few runs ask IAM anything.
export { GetPolicyCommand, GetPolicyVersionCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam'
