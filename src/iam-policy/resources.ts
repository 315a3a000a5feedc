import type { Service } from '../aws/operations.ts'
import type { Manifest } from '../manifest/types.ts'

/**
 * What the actions of a service act on, as narrow as a manifest can tell. The account part cannot be narrowed to the accounts that
 * are named: assignments that leave the manifest are in others. Source: Service Authorization Reference, IAM Identity Center and
 * Identity Store.
 */
export function resourcesOf(
  service: Service | undefined,
  { accounts = {}, identity_center: { instance = '*' } }: Manifest,
  partition: string,
): string | readonly string[] {
  if (service === 'sso-admin')
    return [
      `arn:${partition}:sso:::instance/${instance}`,
      `arn:${partition}:sso:::permissionSet/${instance}/*`,
      `arn:${partition}:sso:::account/*`,
    ]
  if (service === 'identitystore')
    return [
      // Every operation needs the store and what is in it.
      `arn:${partition}:identitystore::${accounts.management ?? '*'}:identitystore/*`,
      `arn:${partition}:identitystore:::user/*`,
      `arn:${partition}:identitystore:::group/*`,
      `arn:${partition}:identitystore:::membership/*`,
    ]
  return '*'
}
