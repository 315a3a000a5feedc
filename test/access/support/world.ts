import type { LiveGrants } from '../../../src/access/grants.ts'
import { type Access, accessOf } from '../../../src/access/rows.ts'

/** A live world in names; ids are the names with a prefix, so that a mix-up shows. */
export interface SmallWorld {
  readonly users?: readonly string[]
  readonly disabled?: readonly string[]
  readonly groups?: { readonly [name: string]: readonly string[] }
  /** Duration of each set; a set called Admin allows everything. */
  readonly sets?: { readonly [name: string]: string }
  /** Label of each account. */
  readonly accounts?: { readonly [id: string]: string }
  /** `SET user NAME ACCOUNT` or `SET group NAME ACCOUNT`; a name that does not exist is an orphan's id. */
  readonly assignments?: readonly string[]
}

/** The lists as they would be read. */
export function grantsOf(world: SmallWorld): LiveGrants {
  const { users = [], disabled = [], groups = {}, sets = { Admin: '8h', Read: '1h' }, assignments = [] } = world
  const principal = (type: string | undefined, name = '') => {
    const exists = type === 'group' ? name in groups : users.includes(name)
    return { type: type === 'group' ? ('group' as const) : ('user' as const), id: exists ? `${type}:${name}` : name }
  }
  return {
    users: users.map((name) => ({ id: `user:${name}`, name, disabled: disabled.includes(name) })),
    groups: Object.entries(groups).map(([name, members]) => ({
      id: `group:${name}`,
      name,
      members: members.map((member) => principal('user', member).id),
    })),
    sets: Object.entries(sets).map(([name, duration]) => ({
      arn: `arn:${name}`,
      name,
      duration,
      administrative: name === 'Admin',
    })),
    accounts: Object.entries(world.accounts ?? { '111122223333': 'home' }).map(([id, label]) => ({ id, label })),
    assignments: assignments.map((text) => {
      const [set = '', type, name, account = '111122223333'] = text.split(' ')
      return { set: `arn:${set}`, account, principal: principal(type, name) }
    }),
  }
}

/** The report of a world. */
export function accessIn(world: SmallWorld): Access {
  return accessOf(grantsOf(world))
}
