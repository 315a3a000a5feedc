import type { Service } from '../aws/operations.ts'
import type { Manifest } from '../manifest/types.ts'

/**
 * What the actions of a service act on, as narrow as a manifest can tell. The account part cannot be narrowed to the accounts that
 * are named: assignments that leave the manifest are in others. Sources: Service Authorization Reference, IAM Identity
 * Center, Identity Store, IAM, IAM Access Analyzer and account access manager.
 */
export function resourcesOf(
  service: Service | undefined,
  manifest: Manifest,
  partition: string,
): string | readonly string[] {
  if (service === 'sso-admin')
    return [
      instanceResource(manifest, partition),
      `arn:${partition}:sso:::permissionSet/${instanceOf(manifest)}/*`,
      `arn:${partition}:sso:::account/*`,
      `arn:${partition}:sso::*:application/${instanceOf(manifest)}/*`,
      `arn:${partition}:sso::*:trustedTokenIssuer/${instanceOf(manifest)}/*`,
    ]
  if (service === 'identitystore')
    return [
      // Every operation needs the store and what is in it.
      directoryResource(manifest, partition),
      `arn:${partition}:identitystore:::user/*`,
      `arn:${partition}:identitystore:::group/*`,
      `arn:${partition}:identitystore:::membership/*`,
    ]
  // Those of AWS, and those of the account that asks: IAM shows nobody a policy of another account.
  if (service === 'iam') return `arn:${partition}:iam::*:policy/*`
  if (service === 'account-access') return accountAccessResource(manifest, partition)
  // Neither organizations, nor sts:GetCallerIdentity, nor access-analyzer:ValidatePolicy knows a resource that could be named here.
  return '*'
}

/** The instance of a manifest, or every instance where it names none. */
export function instanceResource(manifest: Manifest, partition: string): string {
  return `arn:${partition}:sso:::instance/${instanceOf(manifest)}`
}

/** The identity stores of the management account, or of every account where the manifest does not name it. */
export function directoryResource({ accounts = {} }: Manifest, partition: string): string {
  return `arn:${partition}:identitystore::${accounts.management ?? '*'}:identitystore/*`
}

/** Account access manager is enabled in the Region of the instance, by the management account (IAM User Guide). */
function accountAccessResource({ accounts = {}, identity_center }: Manifest, partition: string): string {
  return `arn:${partition}:account-access:${identity_center.region}:${accounts.management ?? '*'}:application/*`
}

function instanceOf({ identity_center: { instance = '*' } }: Manifest): string {
  return instance
}
