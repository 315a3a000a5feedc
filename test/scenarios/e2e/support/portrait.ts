import type { TablesJson } from '../../../../src/sandbox/state/state.ts'

/** What an Identity Center holds, by names: two runs that came to the same end have equal portraits. */
export function portrait(tables: TablesJson): object {
  const rows = <T extends object>(table: Readonly<Record<string, T>> | undefined): T[] => Object.values(table ?? {})
  const user = (id: string) => tables.users?.[id]?.UserName ?? `nobody ${id}`
  const group = (id: string) => tables.groups?.[id]?.DisplayName ?? `nobody ${id}`
  const set = (arn: string) => tables.permissionSets?.[arn]
  const setName = (arn: string) => set(arn)?.name ?? `no set ${arn}`
  return {
    users: sorted(
      rows(tables.users).map(({ UserName, UserStatus, attributes }) => ({ UserName, UserStatus, attributes })),
    ),
    groups: sorted(rows(tables.groups).map(({ DisplayName, Description }) => ({ DisplayName, Description }))),
    memberships: sorted(rows(tables.memberships).map((row) => [group(row.GroupId), user(row.UserId)])),
    permissionSets: sorted(
      rows(tables.permissionSets).map(({ arn: _arn, created: _created, version: _version, ...content }) => content),
    ),
    assignments: sorted(
      rows(tables.assignments).map(({ account, permissionSet, principalType, principal }) => [
        setName(permissionSet),
        principalType === 'GROUP' ? group(principal) : user(principal),
        account,
      ]),
    ),
    provisions: sorted(
      rows(tables.provisions).map(({ account, permissionSet, version }) => [
        setName(permissionSet),
        account,
        version === set(permissionSet)?.version ? 'latest' : 'outdated',
      ]),
    ),
    trustedTokenIssuers: sorted(
      rows(tables.trustedTokenIssuers).map(({ arn: _arn, request: _request, ...content }) => content),
    ),
    applications: sorted(
      rows(tables.applications).map(({ name, assignmentRequired = true }) => [name, assignmentRequired]),
    ),
    applicationAssignments: sorted(
      rows(tables.applicationAssignments).map(({ application, principalType, principal }) => [
        tables.applications?.[application]?.name ?? `no application ${application}`,
        principalType === 'GROUP' ? group(principal) : user(principal),
      ]),
    ),
    instances: rows(tables.instances).map(({ name, region, replicas }) => ({
      name,
      region,
      replicas: placesOf(replicas),
    })),
    delegates: rows(tables.organization).flatMap(({ delegate }) => delegate?.account ?? []),
    inProgress: rows(tables.requests).filter(({ status }) => status === 'IN_PROGRESS').length,
  }
}

function placesOf(replicas: readonly { readonly region: string; readonly status: string }[]): string[] {
  return replicas.map(({ region, status }) => `${region} ${status}`).sort()
}

function sorted<T>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}
