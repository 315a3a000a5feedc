import { type Access, accessOf } from '../../../src/access/rows.ts'
import { emptyState } from '../../../src/kinds/states.ts'
import { type Address, address, assignmentAddress, membershipAddress } from '../../../src/model/address.ts'
import type { Facts } from '../../../src/model/facts.ts'
import type { PermissionSetSpec } from '../../../src/model/specs.ts'
import type { Entry, State } from '../../../src/model/state.ts'

/** A live world in names. */
export interface SmallWorld {
  readonly users?: readonly string[]
  readonly disabled?: readonly string[]
  readonly groups?: { readonly [name: string]: readonly string[] }
  /** Duration of each set; a set called Admin allows everything. */
  readonly sets?: { readonly [name: string]: string }
  /** What sets consist of, or how they are kept, besides. */
  readonly policies?: { readonly [name: string]: Partial<PermissionSetSpec> }
  /** Label of each account. */
  readonly accounts?: { readonly [id: string]: string }
  /** `SET user NAME ACCOUNT` or `SET group NAME ACCOUNT`; a name that does not exist is an orphan's id. */
  readonly assignments?: readonly string[]
}

/** The world as a look at all of it. */
export function stateOf(world: SmallWorld): State {
  const { policies = {} } = world
  const { users = [], disabled = [], groups = {}, sets = { Admin: '8h', Read: '1h' }, assignments = [] } = world
  const administrator = { managed_policies: ['AdministratorAccess'] }
  return {
    ...emptyState(),
    user: new Map(users.map((name) => [address('user', name), { spec: {}, disabled: disabled.includes(name) }])),
    group: new Map(Object.keys(groups).map((name) => [address('group', name), { spec: {} }])),
    membership: new Map(
      Object.entries(groups).flatMap(([group, members]) =>
        members.map((user) => [membershipAddress(group, user), { spec: { group, user } }] as const),
      ),
    ),
    'permission-set': new Map(
      Object.entries(sets).map(([name, session_duration]) => [
        address('permission-set', name),
        { spec: { session_duration, ...(name === 'Admin' ? administrator : {}), ...policies[name] } },
      ]),
    ),
    assignment: new Map(assignments.map(assignmentOf)),
  }
}

function assignmentOf(text: string): [Address, Entry<'assignment'>] {
  const [set = '', type, name = '', account = '111122223333'] = text.split(' ')
  const principal = { type: type === 'group' ? ('group' as const) : ('user' as const), name }
  const spec = { permission_set: set, principal_type: principal.type, principal: name, account }
  return [assignmentAddress({ set, principal, account }), { spec }]
}

/** The report of a world. */
export function accessIn(world: SmallWorld): Access {
  return accessOf(stateOf(world), factsOfSmall(world))
}

/** What is known of a world beside its state. */
export function factsOfSmall(world: SmallWorld): Facts {
  const accounts = Object.entries(world.accounts ?? { '111122223333': 'home' })
  return {
    now: new Date('2026-11-22T12:00:00Z'),
    region: 'eu-west-1',
    owner: 'sso-reconcile',
    management: '111122223333',
    accounts: accounts.map(([id, label]) => ({ id, name: label, label, active: true })),
  }
}
