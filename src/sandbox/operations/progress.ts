import { newId, type Random } from '../ids.ts'
import type { State } from '../state/state.ts'
import type { AccountRow, PermissionSetRow, PolicyReference, ProvisionRow, RequestRow } from '../state/tables.ts'
import { provisionKey } from './scope.ts'

/** Ends every asynchronous request whose time has come. There is no timer: each call to the server does this first. */
export function settle(state: State, now: number, random: Random, lag: number): void {
  for (const request of state.rows('requests').values()) {
    if (request.status === 'IN_PROGRESS' && request.due !== undefined && request.due <= now) {
      finish(state, request, random, lag)
    }
  }
}

/** Somebody looks at a request: one look less to go, or, when none is left, its end. */
export function look(state: State, request: RequestRow, random: Random, lag: number): void {
  if (request.status !== 'IN_PROGRESS') return
  if (request.looks > 0) state.put('requests', request.id, { ...request, looks: request.looks - 1 })
  else finish(state, request, random, lag)
}

/** Somebody looks at roles: those that are on their way out come one look closer to it. */
export function lookAtLeaving(state: State, concerns: (row: ProvisionRow) => boolean): void {
  for (const [key, provision] of state.rows('provisions')) {
    if (provision.leaving === undefined || !concerns(provision)) continue
    if (provision.leaving > 0) state.put('provisions', key, { ...provision, leaving: provision.leaving - 1 })
    else state.remove('provisions', key)
  }
}

/** Key of an assignment: account, set, kind and id of the principal. */
export function assignmentKey(of: {
  readonly account?: string
  readonly permissionSet: string
  readonly principalType?: string
  readonly principal?: string
}): string {
  return `${of.account} ${of.permissionSet} ${of.principalType} ${of.principal}`
}

function finish(state: State, request: RequestRow, random: Random, lag: number): void {
  const failure = request.doomed ?? effects[request.kind](state, request, random, lag)
  const { doomed: _doomed, due: _due, ...rest } = request
  state.put('requests', request.id, {
    ...rest,
    status: failure === undefined ? 'SUCCEEDED' : 'FAILED',
    ...(failure === undefined ? {} : { failure }),
  })
}

/** Takes effect, or gives the reason why not. */
type Effect = (state: State, request: RequestRow, random: Random, lag: number) => string | undefined

const maxProvisioned = 500
const notThere = 'Received a 404 status error: '

const effects: Readonly<Record<RequestRow['kind'], Effect>> = {
  create: (state, request, random) => {
    const { account = '', principalType, principal = '' } = request
    const found = state.rows('accounts').get(account)
    if (found?.state !== 'ACTIVE') return `${notThere}Account ${account} is not an active account of the organization.`
    const principals = state.rows(principalType === 'GROUP' ? 'groups' : 'users')
    if (!principals.has(principal)) {
      return `${notThere}the ${principalType} assignee ${principal} was not found in the directory.`
    }
    const failure = provision(state, account, request.permissionSet, random)
    if (failure !== undefined) return failure
    const { permissionSet } = request
    const row = { account, permissionSet, principalType: principalType ?? 'USER', principal }
    state.put('assignments', assignmentKey(row), row)
    return undefined
  },
  delete: (state, request, _random, lag) => {
    const key = assignmentKey(request)
    if (!state.rows('assignments').has(key)) return `${notThere}Assignment not found.`
    state.remove('assignments', key)
    leaveAccount(state, request.account ?? '', request.permissionSet, lag)
    return undefined
  },
  provision: (state, request, random) => {
    const places = [...state.rows('provisions').values()].filter(
      ({ permissionSet, account }) =>
        permissionSet === request.permissionSet && (request.account === undefined || account === request.account),
    )
    // Provisioning everywhere is sound for a set that is nowhere: clients do it after each change without asking.
    if (request.account !== undefined && places.length === 0) {
      return `${notThere}Permission set provision not found in AWS account ${request.account}.`
    }
    const failures = places.map(({ account }) => provision(state, account, request.permissionSet, random))
    return failures.find((failure) => failure !== undefined)
  },
}

/** Brings the latest content of a set into an account, or gives the reason why it cannot. */
function provision(state: State, account: string, permissionSet: string, random: Random): string | undefined {
  const set = state.rows('permissionSets').get(permissionSet)
  const place = state.rows('accounts').get(account)
  if (!set || !place) return `${notThere}Permission set not found in AWS account ${account}.`
  const key = provisionKey(account, permissionSet)
  const old = state.rows('provisions').get(key)
  const problem = roleProblem(set, place) ?? (old ? undefined : roomProblem(state, account))
  if (problem !== undefined) return problem
  const { version, sessionDuration } = set
  const role = old?.role ?? newId.role(random)
  state.put('provisions', key, { account, permissionSet, version, sessionDuration, role })
  return undefined
}

/** What IAM in the account has against the role. */
function roleProblem(set: PermissionSetRow, account: AccountRow): string | undefined {
  const missing = missingPolicy(set, account.policies)
  if (missing) return `${notThere}Policy ${missing.Path}${missing.Name} was not found in AWS account ${account.id}.`
  if (set.managed.length + set.customer.length <= account.policiesPerRole) return undefined
  return `Received a 409 status error: Cannot exceed quota for PoliciesPerRole: ${account.policiesPerRole}`
}

function roomProblem(state: State, account: string): string | undefined {
  const provisioned = [...state.rows('provisions').values()].filter((one) => one.account === account)
  if (provisioned.length < maxProvisioned) return undefined
  return `AWS account ${account} cannot hold more than ${maxProvisioned} provisioned permission sets.`
}

function missingPolicy(set: PermissionSetRow, existing: readonly PolicyReference[]): PolicyReference | undefined {
  const boundary = set.boundary?.CustomerManagedPolicyReference
  const wanted = boundary ? [...set.customer, boundary] : set.customer
  return wanted.find(({ Name, Path }) => !existing.some((one) => one.Name === Name && one.Path === Path))
}

/** The role leaves with the last assignment, at once or after some looks that still find it. */
function leaveAccount(state: State, account: string, permissionSet: string, lag: number): void {
  const left = [...state.rows('assignments').values()]
  if (left.some((one) => one.account === account && one.permissionSet === permissionSet)) return
  const key = provisionKey(account, permissionSet)
  const row = state.rows('provisions').get(key)
  if (row && lag > 0) state.put('provisions', key, { ...row, leaving: lag })
  else state.remove('provisions', key)
}
