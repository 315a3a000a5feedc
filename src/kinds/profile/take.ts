import { nameOf } from '../../model/address.ts'
import type { Json, JsonObject } from '../../model/json.ts'
import type { FieldChange, SectionSpec } from '../../model/specs.ts'
import { accountWord } from '../shared/account-word.ts'
import { cannotTake, objectAt, without, withoutAbsent } from '../shared/take-named.ts'
import type { Differing, Into, Taking } from '../taking.ts'

/** Profiles of this machine, each under its name in the local section. */
export const takeProfiles: Taking<'profile'> = {
  taken: (things, into) => things.reduce((value, thing) => one(value, thing, into), into.value),
}

function one(value: JsonObject, thing: Differing<'profile'>, into: Into): JsonObject {
  const { address: at, live, desired } = thing
  const name = nameOf(at)
  const local = objectAt(value, 'local')
  const profiles = objectAt(local, 'profiles')
  const isListed = Object.hasOwn(profiles, name)
  if (!live) {
    if (!isListed)
      throw cannotTake(
        at,
        'it comes from local.generate, which makes one for each grant',
        'restore it with sso-reconcile apply, or change local.generate by hand',
        desired,
      )
    return { ...value, local: { ...local, profiles: without(profiles, name) } }
  }
  const row = isListed ? changed(thing, objectAt(profiles, name), local, into) : written(thing, live.spec, local, into)
  const next = { ...local, profiles: { ...profiles, [name]: row } }
  return { ...withoutAbsent(value, 'profiles', name), local: next }
}

/** Keys of a profile that the manifest spells in its own way. */
const spelled: Readonly<Record<string, (value: string, into: Into) => readonly [key: string, value: string]>> = {
  sso_account_id: (value, { value: manifest, facts }) => ['account', accountWord(value, manifest, facts)],
  sso_role_name: (value) => ['permission_set', value],
  region: (value) => ['region', value],
  output: (value) => ['output', value],
}

function changed(thing: Differing<'profile'>, row: JsonObject, local: JsonObject, into: Into): JsonObject {
  return thing.fields.reduce((so, field) => withField(so, field, { thing, local, into }), row)
}

interface Around {
  readonly thing: Differing<'profile'>
  readonly local: JsonObject
  readonly into: Into
}

function withField(row: JsonObject, { path, before }: FieldChange, { thing, local, into }: Around): JsonObject {
  if (typeof before === 'string' && Object.hasOwn(spelled, path)) {
    const [key, value] = spelled[path]?.(before, into) ?? []
    return key === undefined ? row : { ...row, [key]: value as Json }
  }
  // What the profile does not have although it is the default of all must be said.
  if (before === undefined && (path === 'region' || path === 'output'))
    return local[path] === undefined ? without(row, path) : { ...row, [path]: '' }
  const settings = withSetting(objectAt(row, 'settings'), path, before)
  if (settings) return { ...row, settings }
  throw cannotTake(
    thing.address,
    `its ${path} is not something that sso.yaml says of a profile`,
    'restore it with sso-reconcile apply, or change the manifest by hand',
    thing.desired,
  )
}

/** Settings with the one at a path as it is live; undefined where the manifest does not list it. */
function withSetting(settings: JsonObject, path: string, value: Json | undefined): JsonObject | undefined {
  const put = (map: JsonObject, key: string) => (value === undefined ? without(map, key) : { ...map, [key]: value })
  if (Object.hasOwn(settings, path)) return put(settings, path)
  const [block = '', key = ''] = path.split('.')
  const inner = objectAt(settings, block)
  return Object.hasOwn(inner, key) ? { ...settings, [block]: put(inner, key) } : undefined
}

function written(thing: Differing<'profile'>, spec: SectionSpec, local: JsonObject, into: Into): JsonObject {
  const { sso_session, sso_account_id: account, sso_role_name: permission_set, region, output } = spec
  if (!account || !permission_set || (sso_session !== undefined && sso_session !== local.sso_session))
    throw cannotTake(
      thing.address,
      `it does not sign in through the session ${local.sso_session ?? 'of this file'}`,
      'restore or remove it with sso-reconcile apply, or declare it by hand',
      thing.desired,
    )
  return {
    account: accountWord(account, into.value, into.facts),
    permission_set,
    ...(region && region !== local.region ? { region } : {}),
    ...(output && output !== local.output ? { output } : {}),
  }
}
