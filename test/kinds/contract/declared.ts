import schema from '../../../schema/sso.schema.json' with { type: 'json' }
import { does } from '../../../src/kinds/declaration.ts'
import { kindNamed, kindNames, kinds } from '../../../src/kinds/index.ts'
import type { Kind } from '../../../src/kinds/kind.ts'
import { asksAws } from '../../../src/kinds/sections.ts'
import { address, kindOf, nameOf } from '../../../src/model/address.ts'
import { isObject, type JsonObject } from '../../../src/model/json.ts'
import type { Operation } from '../../../src/model/operation.ts'
import type { KindName } from '../../../src/model/specs.ts'
import { entryAt, withEntry } from '../../../src/model/state.ts'
import { step } from '../../../src/plan/step.ts'
import { tables } from '../../../src/sandbox/api/table.ts'
import type { Example } from './example.ts'
import { paperPlan, read, stateAfter } from './paper.ts'

/** What is wrong with what a kind declares, in sentences that say what to fill in; none is as it has to be. */
export async function problemsOf(name: KindName, example: Example): Promise<readonly string[]> {
  const kind = kindNamed(name)
  const found = await Promise.all(checks.map((check) => attempt(() => check(kind, example, name))))
  return found.flat().map((problem) => `${name}: ${problem}`)
}

type Check = (kind: Kind, example: Example, name: KindName) => Promise<readonly string[]>

async function attempt(check: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await check()
  } catch (thrown) {
    return [`the engine cannot work with it: ${(thrown as Error).message}`]
  }
}

/** A sentence where something does not hold. */
function unless(holds: boolean, problem: string): readonly string[] {
  return holds ? [] : [problem]
}

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== ''

const checks: readonly Check[] = [
  async (kind, _example, name) => [
    ...unless(kind.name === name && kinds[name] === kind, 'its name has to be the key it is registered under'),
    ...unless(isText(kind.title), 'title: the heading of its part of a plan is missing'),
    ...unless(isText(kind.summary), 'summary: one sentence for the list of kinds in the README is missing'),
    ...unless(typeof kind.complete === 'boolean', 'complete: say what a value means that the manifest leaves out'),
    ...unless(kind.side === 'cloud' || kind.side === 'local', 'side: say whether it lives in AWS or on this machine'),
  ],
  sections,
  described,
  exampleShows,
  needs,
  addresses,
  lifeOnPaper,
  outliving,
  takeover,
  hidden,
  ignoring,
  adopting,
  async (kind, { open }) => {
    if (kind.side !== 'local') return []
    if (!open) return unless(!kind.asksAws, 'asksAws: its example has to show what only AWS can tell (open)')
    return unless(asksAws(await read(open)), 'asksAws: a manifest that leaves something open has to make a run ask AWS')
  },
  async (kind) => {
    if (kind.side !== 'cloud') return []
    const isNeeded = kindNames.some((other) => kindNamed(other).after.includes(kind.name))
    const known = kind.coversNew?.(address(kind.name, 'new')) ?? {}
    return unless(
      !isNeeded || Object.keys(known).length > 0,
      'coversNew: others need it, so say what is known in full of one that has only just been made',
    )
  },
  async (kind) => {
    if (kind.side !== 'cloud') return []
    const names = Object.keys(kind.operations)
    const known = new Set(Object.values(tables).flatMap(({ operations }) => Object.keys(operations)))
    return [
      ...unless(names.length > 0, 'operations: list what it reads and writes of AWS'),
      ...names
        .filter((name) => !known.has(name))
        .map((name) => `operations: the sandbox does not know ${name}; add it to src/sandbox`),
    ]
  },
]

async function sections(kind: Kind, example: Example): Promise<readonly string[]> {
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

async function described({ sections: names }: Kind): Promise<readonly string[]> {
  const properties = new Map<string, object>(Object.entries(schema.properties))
  return names
    .filter((section) => JSON.stringify(properties.get(section) ?? '').includes('To fill in'))
    .map((section) => `sections: schema/sso.schema.json does not say yet what ${section} is`)
}

async function exampleShows(_kind: Kind, example: Example, name: KindName): Promise<readonly string[]> {
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

function differs(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b)
}

async function needs(kind: Kind, example: Example): Promise<readonly string[]> {
  const state = await stateAfter(example.with)
  const entry = entryAt(state, example.address)
  if (!entry) return [`desired: its example asks for ${example.address}, and nothing is desired there`]
  const before = new Set(kind.after)
  return kind
    .needs(example.address, entry.spec, state)
    .filter((at) => !before.has(kindOf(at)))
    .map((at) => `after: it needs ${at}, so it comes after ${kindOf(at)}`)
}

async function addresses({ addressSays, name }: Kind, { address: at, changed }: Example): Promise<readonly string[]> {
  if (addressSays === 'everything')
    return unless(changed === undefined, 'addressSays: what says everything in its address cannot change')
  return [
    ...unless(addressSays === 'name', 'addressSays: say whether an address is a name or says everything'),
    ...unless(address(name, nameOf(at)) === at, 'addressSays: its address is not a name on its own'),
    ...unless(changed !== undefined, 'changed: its example has to show a change'),
  ]
}

async function lifeOnPaper(kind: Kind, example: Example): Promise<readonly string[]> {
  const without = await stateAfter(example.without)
  const there = await stateAfter(example.with)
  const born = await paperPlan(without, example.with)
  const changed = example.changed === undefined ? born : await paperPlan(there, example.changed)
  const gone = await paperPlan(there, example.gone ?? example.without)
  const same = await paperPlan(there, example.with)
  const verb = example.changed === undefined ? 'create' : 'update'
  const paths = operationOn(changed.plan.operations, example)?.fields.map(({ path }) => path) ?? []
  const lines = linesAbout(changed.text, example)
  return [
    ...unless(operationOn(born.plan.operations, example)?.verb === 'create', 'desired: it is not created'),
    ...unless(operationOn(changed.plan.operations, example)?.verb === verb, `the plan has no ${verb} of it`),
    ...unless(operationOn(gone.plan.operations, example)?.verb === 'delete', 'deleteReason: it does not go'),
    ...unless(same.plan.operations.length === 0, 'a plan of what is there already has changes'),
    ...unless(born.text.includes(kind.title), 'title: the plan does not have its heading'),
    ...(example.paths ?? [])
      .filter((path) => !paths.includes(path))
      .map((path) => `maps: ${path} is not among the fields that change (${paths.join(', ')})`),
    ...example.shows
      .filter((words) => !lines.some((line) => line.includes(words)))
      .map((words) => `words: the plan does not show "${words}"`),
    ...unless(!lines.some((line) => /\{"/.test(line)), 'maps, words: the plan shows a value as a blob of JSON'),
    ...unless(
      kind.addressSays !== 'everything' || lines.length <= 2,
      'addressSays: an address that says everything needs no fields below it',
    ),
  ]
}

// From the line with the address to the next one.
function linesAbout(text: string, { address: at }: Example): readonly string[] {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.includes(at))
  const rest = lines.slice(first + 1).findIndex((line) => /^ {2}[+~-] /.test(line) || !line.startsWith(' '))
  return first < 0 ? [] : lines.slice(first, rest < 0 ? undefined : first + 1 + rest)
}

function operationOn(operations: readonly Operation[], { address: at }: Example): Operation | undefined {
  return operations.find((one) => one.address === at)
}

async function outliving(kind: Kind, example: Example): Promise<readonly string[]> {
  if (!example.outliving) return unless(!kind.outlives, 'outlives: its example has to show it (outliving)')
  const there = await stateAfter(example.with)
  const { plan } = await paperPlan(there, example.outliving)
  const going = plan.operations.filter(({ verb, kind: of }) => verb === 'delete' && kind.after.includes(of))
  const stopped = going.flatMap((one) => step(there, one).problems.map((problem) => `${one.address}: ${problem}`))
  return [
    ...unless(going.length > 0, 'outlives: nothing that it needs goes in its example'),
    ...stopped.map((problem) => `outlives: ${problem}`),
    ...unless((kind.outlives ?? []).length > 0, 'outlives: its example shows that it outlives what it needs'),
  ]
}

async function takeover(kind: Kind, example: Example): Promise<readonly string[]> {
  if (!example.takeover) return unless(!kind.unique, 'unique: its example has to show a takeover')
  const [before, after] = example.takeover
  const { plan } = await paperPlan(await stateAfter(before), after)
  const follows = operationOn(plan.operations, example)?.follows ?? []
  return unless(
    follows.length > 0,
    'unique: what takes over a value that only one can have does not wait for its holder',
  )
}

async function hidden(kind: Kind, example: Example): Promise<readonly string[]> {
  if (!example.hidden) return unless(!kind.tells, 'tells: its example has to show a key that is not told (hidden)')
  const there = await stateAfter(example.with)
  const entry = entryAt(there, example.address)
  const spec: JsonObject = { ...entry?.spec, [example.hidden]: 'private' }
  const live = withEntry(there, example.address, { ...entry, spec })
  const { plan } = await paperPlan(live, example.gone ?? example.without)
  const fields = operationOn(plan.operations, example)?.fields ?? []
  return unless(
    !fields.some(({ before }) => before === 'private'),
    `tells: a plan tells the value of ${example.hidden}`,
  )
}

async function ignoring({ ignore }: Kind, example: Example): Promise<readonly string[]> {
  if (!isObject(ignore)) return ['ignore: say how the manifest ignores one, or why it cannot (never)']
  if (!does(ignore)) return unless(isText(ignore.never), 'ignore: say why in a few words')
  if (!example.ignore) return ['ignore: its example has to show it']
  const there = await stateAfter(example.with)
  const seen = (await paperPlan(there, example.without)).plan
  const left = (await paperPlan(there, example.ignore)).plan
  const speaksOf = ({ operations, unmanaged }: typeof seen) =>
    unmanaged.includes(example.address) || operationOn(operations, example) !== undefined
  return [
    ...unless(speaksOf(seen), 'ignore: without a rule nothing is said of it either'),
    ...unless(!speaksOf(left), 'ignore: a plan speaks of it although a rule names it'),
  ]
}

async function adopting({ adopt }: Kind, example: Example): Promise<readonly string[]> {
  if (!isObject(adopt)) return ['adopt: say how init writes it down, or why it does not (never)']
  if (!does(adopt)) return unless(isText(adopt.never), 'adopt: say why in a few words')
  return [
    ...unless(isText(adopt.section), 'adopt: name the section it writes'),
    ...unless(example.adopted !== undefined || example.hidden !== undefined, 'adopt: its example has to show it'),
  ]
}
