import planSchema from '../../../schema/plan.schema.json' with { type: 'json' }
import schema from '../../../schema/sso.schema.json' with { type: 'json' }
import { kindNamed } from '../../../src/kinds/index.ts'
import type { Kind } from '../../../src/kinds/kind.ts'
import { emptyState } from '../../../src/kinds/states.ts'
import type { Address } from '../../../src/model/address.ts'
import { address, kindOf, nameOf } from '../../../src/model/address.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { KindName } from '../../../src/model/specs.ts'
import { entryAt } from '../../../src/model/state.ts'
import { differs, unless } from './check.ts'
import type { Example } from './example.ts'
import { facts, read, stateAfter } from './paper.ts'

export async function sections(kind: Kind, example: Example): Promise<readonly string[]> {
  const manifests = [example.without, example.with, example.changed ?? '', example.gone ?? '']
  const [without, ...others] = await Promise.all(manifests.map(async (one) => flat((await read(one)).manifest)))
  const touched = others.flatMap((one) => Object.keys(one).filter((key) => differs(one[key], without?.[key])))
  const shared = new Set<string>(['version', 'identity_center', 'accounts', 'ignore', ...kind.sections])
  const needed = new Set<string>(kind.after.flatMap((name) => kindNamed(name).sections))
  return [
    ...unless(kind.sections.length > 0, 'sections: name the sections of the manifest that it reads'),
    ...[...new Set(touched)]
      .filter((section) => !shared.has(section) && !needed.has(section))
      .map((section) => `sections: its example is written in ${section}, which it does not declare`),
  ]
}

export async function described({ name, sections: names }: Kind): Promise<readonly string[]> {
  const properties = new Map<string, object>(Object.entries(schema.properties))
  const inPlans: readonly string[] = planSchema.definitions.kind.enum
  return [
    ...unless(inPlans.includes(name), 'name: schema/plan.schema.json does not list it among the kinds of a plan'),
    ...names
      .filter((section) => JSON.stringify(properties.get(section) ?? '').includes('To fill in'))
      .map((section) => `sections: schema/sso.schema.json does not say yet what ${section} is`),
  ]
}

export async function exampleShows(_kind: Kind, example: Example, name: KindName): Promise<readonly string[]> {
  const file = `test/kinds/${name}/example.ts`
  return [
    ...unless(example.with !== example.without, `with: ${file} has to ask for ${example.address}`),
    ...unless(example.changed !== example.with, `changed: ${file} has to change ${example.address}`),
    ...unless(example.shows.length > 0, `shows: ${file} has to say what the plan shows of it`),
    ...unless(
      example.changed === undefined || (example.paths ?? []).length > 0,
      `paths: ${file} has to name the fields that change`,
    ),
  ]
}

function flat({ absent, ...manifest }: object & { absent?: object }): JsonObject {
  const listed = Object.entries(absent ?? {}).map(([section, names]) => [`absent.${section}`, names])
  return { ...manifest, ...Object.fromEntries(listed) } as JsonObject
}

export async function needs(kind: Kind, example: Example): Promise<readonly string[]> {
  const state = await stateAfter(example.with)
  const entry = entryAt(state, example.address)
  if (!entry) return [`desired: its example asks for ${example.address}, and nothing is desired there`]
  const before = new Set(kind.after)
  return kind
    .needs(example.address, entry.spec, state)
    .filter((at) => !before.has(kindOf(at)))
    .map((at) => `after: it needs ${at}, so it comes after ${kindOf(at)}`)
}

/** What a manifest says, and what it does not say, about the thing. */
export async function spoken(kind: Kind, example: Example): Promise<readonly string[]> {
  const loaded = await read(example.with)
  const entry = kind.desired(loaded, facts).get(example.address)
  const nothing = await read('checklist: {}\n')
  const live = await stateAfter(example.with)
  const found = entryAt(live, example.address)
  const context = { manifest: nothing, facts, desired: emptyState(), live, leaving: new Set<Address>() }
  return [
    ...unless(
      entry === undefined || entry.at !== undefined,
      'desired: say where the manifest asks for it (withPosition)',
    ),
    ...unless(
      kind.desired(nothing, facts).size === 0,
      'desired: it asks for something although the manifest has none of its sections',
    ),
    ...unless(
      !found || !kind.deleteReason(example.address, found, context),
      'deleteReason: it goes although the manifest has none of its sections',
    ),
  ]
}

export async function addresses(
  { addressSays, name }: Kind,
  { address: at, changed }: Example,
): Promise<readonly string[]> {
  if (addressSays === 'everything')
    return unless(changed === undefined, 'addressSays: what says everything in its address cannot change')
  return [
    ...unless(addressSays === 'name', 'addressSays: say whether an address is a name or says everything'),
    ...unless(address(name, nameOf(at)) === at, 'addressSays: its address is not a name on its own'),
    ...unless(changed !== undefined, 'changed: its example has to show a change'),
  ]
}
