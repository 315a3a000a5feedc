import type { Manifest } from '../../manifest/types.ts'
import { type Address, address } from '../../model/address.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { UserSpec } from '../../model/specs.ts'
import type { Entry, State } from '../../model/state.ts'

/** Attributes of a user as a manifest writes them. */
export type UserRow = Omit<NonNullable<Manifest['users']>[string], 'external' | 'protect'>

/** What a manifest says of a user. An address is replaced as a whole, so an empty part of it is a part that is left out. */
export function written({ address: parts, roles, ...rest }: UserRow): UserSpec {
  return {
    ...(rest as JsonObject),
    ...(parts ? { address: withoutEmpty(parts as JsonObject) } : {}),
    ...(roles ? { roles: roleOf(roles[0] as Json | undefined) } : {}),
  }
}

function roleOf(said: Json | undefined): JsonObject {
  if (typeof said === 'string') return { value: said }
  return isObject(said) ? said : {}
}

/** The entry with what the manifest leaves out of a role as it is live. Pure. */
export function withRestOfRole(entry: Entry<'user'>, live: Entry<'user'> | undefined): Entry<'user'> {
  const { roles } = entry.spec
  if (!isObject(roles)) return entry
  const { value: _name, ...rest } = isObject(live?.spec.roles) ? live.spec.roles : {}
  const whole = roles.value === undefined ? {} : withoutEmpty({ ...rest, ...roles })
  return { ...entry, spec: { ...entry.spec, roles: whole } }
}

function withoutEmpty(parts: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(parts).filter(([, value]) => typeof value !== 'string' || value.trim() !== ''),
  )
}

/** The manager that a manifest names, who has to be there first. What is live and not spoken of needs nobody. Pure. */
export function needsManager(at: Address, _spec: UserSpec, desired?: State): readonly Address[] {
  const manager = desired?.user.get(at)?.spec.manager
  return typeof manager === 'string' && manager !== '' ? [address('user', manager)] : []
}
