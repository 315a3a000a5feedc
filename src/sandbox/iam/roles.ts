import { roleName } from '../login/credentials.ts'
import { page } from '../page.ts'
import { partitionOf } from '../partition.ts'
import { ServiceError } from '../service-error.ts'
import { provisionsByAccount } from '../state/indexes.ts'
import type { State } from '../state/state.ts'
import type { ProvisionRow } from '../state/tables.ts'
import { element, escapeXml, rfc3986 } from '../wire/xml.ts'

/** Roles on a page unless the request says otherwise, and at most (IAM API Reference, ListRoles). */
const [usualPage, largestPage] = [100, 1_000]

/** When every role here was made: nothing depends on it. */
const made = '2026-01-01T00:00:00Z'

/** The answer of ListRoles: the roles that Identity Center has made in an account. It has no others. */
export function listRoles(state: State, account: string, input: URLSearchParams, pageSize = largestPage): string {
  const prefix = input.get('PathPrefix') ?? '/'
  const roles = state.find(provisionsByAccount, account).flatMap((row) => roleOf(state, row))
  const { items, next } = page(
    roles.filter(({ path }) => path.startsWith(prefix)),
    ({ name }) => name,
    { MaxResults: Math.min(sizeOf(input), pageSize), ...markerOf(input) },
  )
  return [
    element('Roles', items.map((one) => element('member', described(one))).join('')),
    element('IsTruncated', String(next !== undefined)),
    ...(next === undefined ? [] : [element('Marker', next)]),
  ].join('')
}

interface RoleRow {
  readonly account: string
  readonly name: string
  readonly path: string
  readonly digits: string
  readonly partition: string
}

function roleOf(state: State, { account, permissionSet, role: digits }: ProvisionRow): readonly RoleRow[] {
  const set = state.rows('permissionSets').get(permissionSet)
  if (!set) return []
  return [{ account, name: roleName(set.name, digits), path: pathIn(state), digits, partition: partitionOf(state) }]
}

/** Identity Center writes its Region into the path, unless that is us-east-1 (UG/referencingpermissionsets). */
function pathIn(state: State): string {
  const region = state.rows('home').get('home')?.region ?? ''
  return `/aws-reserved/sso.amazonaws.com/${region === 'us-east-1' ? '' : `${region}/`}`
}

function sizeOf(input: URLSearchParams): number {
  const text = input.get('MaxItems')
  if (text === null) return usualPage
  const size = /^\d+$/.test(text) ? Number(text) : 0
  if (size >= 1 && size <= largestPage) return size
  const [found, expected] = [
    `Value '${text}' at 'maxItems' failed to satisfy constraint`,
    `between 1 and ${largestPage}`,
  ]
  throw new ServiceError('ValidationError', `1 validation error detected: ${found}: Member must have value ${expected}`)
}

function markerOf(input: URLSearchParams): { readonly NextToken?: string } {
  const marker = input.get('Marker')
  return marker === null ? {} : { NextToken: marker }
}

function described({ account, name, path, digits, partition }: RoleRow): string {
  return [
    element('Path', escapeXml(path)),
    element('RoleName', escapeXml(name)),
    element('RoleId', `AROA${digits.toUpperCase()}`),
    element('Arn', escapeXml(`arn:${partition}:iam::${account}:role${path}${name}`)),
    element('CreateDate', made),
    element('AssumeRolePolicyDocument', rfc3986(JSON.stringify(trust(account, partition)))),
    element('MaxSessionDuration', '43200'),
  ].join('')
}

// The portal takes the role for somebody through a provider of SAML that Identity Center has made in the account.
function trust(account: string, partition: string) {
  const Federated = `arn:${partition}:iam::${account}:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE`
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Federated }, Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'] }],
  }
}
