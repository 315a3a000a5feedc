import { parseArgs } from 'node:util'
import { type WorldName, worlds } from './worlds.ts'

/** What can be measured; all but the last two where nothing is named. */
export const parts = ['plan', 'limit', 'reader', 'apply', 'terraform', 'start', 'profiles', 'looks', 'paced'] as const

export type PartName = (typeof parts)[number]

/** What a run of the benchmark measures. */
export interface Options {
  readonly sizes: readonly WorldName[]
  readonly parts: ReadonlySet<PartName>
  /** What takes long is measured for every size. */
  readonly all: boolean
  /** All manifests are YAML, those too that a program would write as JSON. */
  readonly yaml: boolean
  /** Where the numbers are written. */
  readonly json: string
}

const help = `npm run bench -- [size...] [--only part,...] [--all] [--yaml] [--json file]

Sizes (by default all but the last):
  S          1 account, 1 permission set, 1 user
  M          10 accounts, 10 permission sets, 20 users, 200 assignments
  L          50 accounts, 30 permission sets, 100 users, 2,000 assignments
  XL         300 accounts, 100 permission sets, 500 users, 100 groups, 5,000 assignments
  XXL        3,000 accounts, 100 permission sets, 10,000 users, 400 groups, 19,745 assignments
Parts:
  plan       a plan that finds nothing to change, 50 ms a call: calls, seconds, CPU time, memory
  limit      the same plan against 20 calls a second
  reader     a program that only reads the same: what no plan can be faster than
  apply      an apply from empty (not for XL and larger unless --all)
  terraform  terraform plan of the same (S and M unless --all); needs terraform and SSO_RECONCILE_TF_PLUGINS
  start      --version and validate, beside an empty program of Node.js
  profiles   2,000 profiles in ~/.aws/config
  paced      an apply from empty against 20 calls a second; only where it is named
  looks      plan, plan --thorough, plan --target, access and init, by calls and memory; only where it is named
Manifests are YAML in S and M, as people write them, and JSON in larger sizes, as programs do; --yaml makes all of them YAML.
The numbers are written to bench/results, or to the file of --json.
`

/** The options of a command line; undefined where help is all that is asked for. */
export function optionsFrom(argv: readonly string[]): Options | undefined {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      all: { type: 'boolean', default: false },
      yaml: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(help)
    return undefined
  }
  const named = values.only?.split(',') ?? parts.filter((one) => one !== 'looks' && one !== 'paced')
  return {
    sizes: among(positionals.length > 0 ? positionals : ['S', 'M', 'L', 'XL'], Object.keys(worlds), 'size'),
    parts: new Set(among(named, parts, 'part')),
    all: values.all,
    yaml: values.yaml,
    json: values.json ?? `bench/results/${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.json`,
  }
}

function among<T extends string>(words: readonly string[], known: readonly string[], what: string): readonly T[] {
  const unknown = words.find((word) => !known.includes(word))
  if (unknown !== undefined) throw new Error(`${unknown} is no ${what}; expected one of ${known.join(', ')}`)
  return words as readonly T[]
}
