import { kindNamed, kindNames, kinds } from '../../../src/kinds/index.ts'
import { asksAws } from '../../../src/kinds/sections.ts'
import { address } from '../../../src/model/address.ts'
import type { KindName } from '../../../src/model/specs.ts'
import { tables } from '../../../src/sandbox/api/table.ts'
import { type Check, isText, unless } from './check.ts'
import type { Example } from './example.ts'
import { read } from './paper.ts'
import { adopting, hidden, ignoring, lifeOnPaper, outliving, takeover } from './plans.ts'
import { addresses, described, exampleShows, needs, sections, spoken } from './words.ts'

/** What is wrong with what a kind declares, in sentences that say what to fill in; none is as it has to be. */
export async function problemsOf(name: KindName, example: Example): Promise<readonly string[]> {
  const kind = kindNamed(name)
  const found = await Promise.all(checks.map((check) => attempt(() => check(kind, example, name))))
  return found.flat().map((problem) => `${name}: ${problem}`)
}

async function attempt(check: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await check()
  } catch (thrown) {
    return [`the engine cannot work with it: ${(thrown as Error).message}`]
  }
}

const checks: readonly Check[] = [
  async (kind, _example, name) => [
    ...unless(kind.name === name && kinds[name] === kind, 'its name has to be the key it is registered under'),
    ...unless(isText(kind.title), 'title: the heading of its part of a plan is missing'),
    ...unless(isText(kind.summary), 'summary: what it manages, for docs/kinds.md, is missing'),
    ...unless(typeof kind.complete === 'boolean', 'complete: say what a value means that the manifest leaves out'),
    ...unless(kind.side === 'cloud' || kind.side === 'local', 'side: say whether it lives in AWS or on this machine'),
  ],
  sections,
  described,
  exampleShows,
  needs,
  spoken,
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
  async (kind, { given }) => {
    if (kind.side !== 'cloud' || given) return []
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
// From the line with the address to the next one.
