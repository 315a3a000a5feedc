import { sortedEntries } from '../model/state.ts'
import type { Resource } from './resource.ts'
import type { Source } from './source.ts'

/** The delegated administrator. The import id is ACCOUNT/SERVICE. Source: aws_organizations_delegated_administrator. */
export function delegateResources({ desired, live }: Source): Resource[] {
  const service_principal = 'sso.amazonaws.com'
  const registered = sortedEntries(desired['delegated-administrator']).filter(([at]) =>
    live['delegated-administrator'].has(at),
  )
  return registered.map(([, { spec }]) => ({
    type: 'aws_organizations_delegated_administrator',
    ...{ name: 'identity_center', id: `${spec.account}/${service_principal}` },
    arguments: { account_id: spec.account, service_principal },
  }))
}
