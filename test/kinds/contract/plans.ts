import { draft } from '../../../src/init/draft.ts'
import { does } from '../../../src/kinds/declaration.ts'
import { kindNamed } from '../../../src/kinds/index.ts'
import type { Kind } from '../../../src/kinds/kind.ts'
import { whatIsPlanned } from '../../../src/kinds/shared/adopt-rows.ts'
import { isObject, type Json, type JsonObject } from '../../../src/model/json.ts'
import { entryAt, withEntry } from '../../../src/model/state.ts'
import { step } from '../../../src/plan/step.ts'
import { differs, isText, operationOn, unless } from './check.ts'
import type { Example } from './example.ts'
import { facts, paperPlan, stateAfter } from './paper.ts'

export async function lifeOnPaper(kind: Kind, example: Example): Promise<readonly string[]> {
  const without = await stateAfter(example.without)
  const there = await stateAfter(example.with)
  const born = await paperPlan(without, example.with)
  const changed = example.changed === undefined ? born : await paperPlan(there, example.changed)
  const gone = await paperPlan(there, example.gone ?? example.without)
  const same = await paperPlan(there, example.with)
  const verb = example.changed === undefined ? 'create' : 'update'
  const [first, last] = example.given ? (['update', undefined] as const) : (['create', 'delete'] as const)
  const paths = operationOn(changed.plan.operations, example)?.fields.map(({ path }) => path) ?? []
  const lines = linesAbout(changed.text, example)
  return [
    ...unless(operationOn(born.plan.operations, example)?.verb === first, `desired: there is no ${first} of it`),
    ...unless(operationOn(changed.plan.operations, example)?.verb === verb, `the plan has no ${verb} of it`),
    ...unless(
      operationOn(gone.plan.operations, example)?.verb === last,
      `deleteReason: it ${last ? 'does not go' : 'must not go'}`,
    ),
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

export async function outliving(kind: Kind, example: Example): Promise<readonly string[]> {
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

export async function takeover(kind: Kind, example: Example): Promise<readonly string[]> {
  if (!example.takeover) return unless(!kind.unique, 'unique: its example has to show a takeover')
  const [before, after] = example.takeover
  const { plan } = await paperPlan(await stateAfter(before), after)
  const follows = operationOn(plan.operations, example)?.follows ?? []
  return unless(
    follows.length > 0,
    'unique: what takes over a value that only one can have does not wait for its holder',
  )
}

export async function hidden(kind: Kind, example: Example): Promise<readonly string[]> {
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

export async function ignoring({ ignore }: Kind, example: Example): Promise<readonly string[]> {
  if (!isObject(ignore)) return ['ignore: say how the manifest ignores one, or why it cannot (never)']
  if (!does(ignore)) return unless(isText(ignore.never), 'ignore: say why in a few words')
  if (!example.ignore) return ['ignore: its example has to show it']
  const there = await stateAfter(example.with)
  const seen = (await paperPlan(there, example.unnamed ?? example.without)).plan
  const left = (await paperPlan(there, example.ignore)).plan
  const speaksOf = ({ operations, unmanaged }: typeof seen) =>
    unmanaged.includes(example.address) || operationOn(operations, example) !== undefined
  return [
    ...unless(speaksOf(seen), 'ignore: without a rule nothing is said of it either'),
    ...unless(!speaksOf(left), 'ignore: a plan speaks of it although a rule names it'),
  ]
}

export async function adopting({ adopt }: Kind, example: Example): Promise<readonly string[]> {
  if (!isObject(adopt)) return ['adopt: say how init writes it down, or why it does not (never)']
  if (!does(adopt)) return unless(isText(adopt.never), 'adopt: say why in a few words')
  const { plan } = await paperPlan(await stateAfter(example.without), example.with)
  const creation = operationOn(plan.operations, example)
  if (!creation) return []
  const { about } = kindNamed(creation.kind).excluded?.(creation) ?? whatIsPlanned(creation)
  const found = { file: 'sso.yaml', facts, live: await stateAfter(example.with) }
  const [full, less] = [draft(found, new Map()), draft(found, new Map([[about, { treatment: 'out', why: 'so' }]]))]
  const [count] = adopt.count(full.value)
  const isWritten = example.adopted !== undefined && sectionOf(full.value, adopt.section) !== undefined
  return [
    ...unless(isText(adopt.section), 'adopt: name the section it writes'),
    ...unless(example.adopted !== undefined || example.hidden !== undefined, 'adopt: its example has to show it'),
    ...unless(!isWritten || count > 0, 'adopt: count does not count what is written'),
    ...unless(
      !isWritten || differs(sectionOf(full.value, adopt.section), sectionOf(less.value, adopt.section)),
      `adopt: a draft still holds what a verdict on ${about} keeps out`,
    ),
    ...unless(!isWritten || less.left.length > full.left.length, 'adopt: a draft does not say what it leaves out'),
  ]
}

/** What a draft says in a section, or in a setting of the instance. */
function sectionOf(value: JsonObject, section: string): Json | undefined {
  return section.split('.').reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value)
}
