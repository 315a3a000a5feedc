import { readSections } from '../../../src/kinds/shared/aws-config.ts'
import { emptyState } from '../../../src/kinds/states.ts'
import { managedPolicyTexts } from '../../../src/local/policy-texts.ts'
import type { LoadedManifest } from '../../../src/manifest/load.ts'
import { type Address, address, assignmentAddress, membershipAddress } from '../../../src/model/address.ts'
import type { Facts } from '../../../src/model/facts.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { KindName, PermissionSetSpec, Principal } from '../../../src/model/specs.ts'
import type { Entry, State } from '../../../src/model/state.ts'

/** A live world as a person would note it down; the form of `live.json` in the golden folders. */
export interface World {
  readonly accounts?: readonly {
    readonly id: string
    readonly name: string
    readonly active?: boolean
    readonly tags?: Readonly<Record<string, string>>
  }[]
  /** Ids of the accounts of an organizational unit and of those nested in it, by path. */
  readonly units?: { readonly [path: string]: readonly string[] }
  /** ARN of who runs the tool. */
  readonly caller?: string
  readonly users?: { readonly [name: string]: JsonObject & { provisioned?: boolean; disabled?: boolean } }
  readonly groups?: {
    readonly [name: string]: {
      /** Of a group that is about to be renamed: the name it has so far. */
      name?: string
      description?: string
      provisioned?: boolean
      members?: readonly string[]
    }
  }
  readonly permission_sets?: {
    readonly [name: string]: Partial<PermissionSetSpec> & { mark?: string; partial?: 'header' | 'rights' }
  }
  /** `SET:user:NAME@ACCOUNT` or `SET:group:NAME@ACCOUNT`, with plain names. */
  readonly assignments?: readonly string[]
  /** Lines of `~/.aws/config`. */
  readonly aws_config?: readonly string[]
}

/** The management account of every world that does not say otherwise. */
export const management = '111122223333'
/** A second account, which manifests of tests call `dev`. */
export const dev = '444455556666'

const organization: NonNullable<World['accounts']> = [
  { id: management, name: 'personal' },
  { id: dev, name: 'My Sandbox' },
]

const texts = await managedPolicyTexts()

/** The live side of a plan. */
export function liveState(world: World): State {
  const config = (world.aws_config ?? []).join('\n')
  return {
    ...emptyState(),
    texts,
    user: entries(world.users, 'user', ({ provisioned = false, disabled = false, ...spec }) => ({
      spec,
      provisioned,
      disabled,
    })),
    group: entries(world.groups, 'group', ({ provisioned = false, members: _members, ...spec }) => ({
      spec,
      provisioned,
    })),
    membership: new Map(Object.entries(world.groups ?? {}).flatMap(memberships)),
    'permission-set': entries(world.permission_sets, 'permission-set', ({ mark, partial, ...spec }) => ({
      spec: { session_duration: '1h', ...spec },
      ...(mark ? { mark } : {}),
      ...(partial ? { partial } : {}),
    })),
    assignment: new Map((world.assignments ?? []).map((text) => assignment(text, world))),
    'sso-session': readSections('sso-session', config, 'config'),
    profile: readSections('profile', config, 'config'),
  }
}

/** Facts as an online look would find them in that world. */
export function factsOf({ manifest }: LoadedManifest, world: World, now: string): Facts {
  const nicknames = new Map(Object.entries(manifest.accounts ?? {}).map(([name, id]) => [id, name]))
  return {
    now: new Date(now),
    region: manifest.identity_center.region,
    owner: manifest.name ? `sso-reconcile/${manifest.name}` : 'sso-reconcile',
    startUrl: manifest.identity_center.start_url ?? 'https://d-1234567890.awsapps.com/start',
    management,
    accounts: (world.accounts ?? organization).map(({ id, name, active = true, tags }) => ({
      id,
      name,
      ...(tags ? { tags } : {}),
      label: nicknames.get(id) ?? name,
      active,
    })),
    instance: {
      arn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
      identity_store_id: 'd-1234567890',
      region: manifest.identity_center.region,
      account: management,
    },
    ...(world.units ? { units: new Map(Object.entries(world.units)) } : {}),
    ...(world.caller ? { caller: { account: management, arn: world.caller } } : {}),
  }
}

function entries<T, K extends KindName>(
  rows: { readonly [name: string]: T } | undefined,
  kind: K,
  entry: (row: T) => Entry<K>,
): Map<Address, Entry<K>> {
  return new Map(
    Object.entries(rows ?? {}).map(([name, row]) => [address(kind, name), { ...entry(row), ref: `id of ${name}` }]),
  )
}

function memberships([group, { members = [] }]: [string, { members?: readonly string[] }]) {
  return members.map((user): [Address, Entry<'membership'>] => [
    membershipAddress(group, user),
    { spec: { group, user }, ref: `id of ${user} in ${group}` },
  ])
}

function assignment(text: string, { accounts = organization }: World): [Address, Entry<'assignment'>] {
  const [, set = '', type = '', name = '', account = ''] = /^(.+?):(user|group):(.+)@(\d{12})$/.exec(text) ?? []
  if (!set) throw new Error(`${text} is not SET:user:NAME@ACCOUNT`)
  const principal = { type: type as Principal['type'], name }
  const spec = { permission_set: set, principal_type: principal.type, principal: name, account }
  const closed = !accounts.some(({ id, active = true }) => id === account && active)
  const inert = closed ? { inert: true as const } : {}
  return [assignmentAddress({ set, principal, account }), { spec, ref: `id of ${name}`, ...inert }]
}
