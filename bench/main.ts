import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Apply, measureApply, measureLimitedApply, perList } from './applies.ts'
import { type Center, openCenter, type Run } from './center.ts'
import { leastCalls, longestChain, sum } from './least.ts'
import { type Look, measureLooks } from './looks.ts'
import { machine, machineWords } from './machine.ts'
import { type Options, optionsFrom } from './options.ts'
import { latency, measureLimit, measurePlan, measureReader, perSecond } from './plans.ts'
import { binary } from './program.ts'
import { measureProfiles, measureStart } from './start.ts'
import { seconds, table } from './table.ts'
import { measureTerraform, noTerraform, type TerraformPlan } from './terraform.ts'
import { type World, type WorldName, worlds } from './worlds.ts'

/** What was measured of one size. */
interface Measured {
  readonly size: WorldName
  readonly written: World['written']
  /** The fewest calls a plan can take, and the longest chain of them; `test/scenarios/large/calls.test.ts` holds that a plan takes these. */
  readonly least: number
  readonly chain: number
  readonly plan?: Run
  readonly limit?: Run
  readonly reader?: Run
  readonly apply?: Apply
  readonly paced?: Apply
  readonly terraform?: TerraformPlan
  readonly looks?: readonly Look[]
}

const quick: ReadonlySet<string> = new Set(['S', 'M'])
const large: ReadonlySet<string> = new Set(['XL', 'XXL'])
const say = (text: string) => void process.stderr.write(`${text}\n`)

async function measure(size: WorldName, { parts, all, yaml }: Options, without: string | undefined): Promise<Measured> {
  const world = { ...worlds[size](), ...(yaml ? { written: 'yaml' as const } : {}) }
  const isApplied = parts.has('apply') && (all || !large.has(size))
  say(`${size}: ${isApplied ? 'apply' : 'filled through the admin pages'}`)
  const { apply, center } = isApplied
    ? await measureApply(world)
    : { apply: undefined, center: await openCenter(world) }
  const wished = async <K extends keyof Measured, T>(part: K, is: boolean, task: (center: Center) => Promise<T>) => {
    if (!is) return {}
    say(`${size}: ${part}`)
    return { [part]: await task(center) } as { readonly [P in K]: T }
  }
  try {
    return {
      size,
      written: world.written,
      least: sum(leastCalls(world)),
      chain: longestChain(world),
      ...(apply ? { apply } : {}),
      ...(await wished('plan', parts.has('plan'), measurePlan)),
      ...(await wished('limit', parts.has('limit') && (all || size !== 'XXL'), measureLimit)),
      ...(await wished('reader', parts.has('reader'), measureReader)),
      ...(await wished(
        'terraform',
        parts.has('terraform') && without === undefined && (all || quick.has(size)),
        measureTerraform,
      )),
      ...(await wished('paced', parts.has('paced'), () => measureLimitedApply(world))),
      ...(await wished('looks', parts.has('looks'), measureLooks)),
    }
  } finally {
    center.close()
  }
}

function rowOf({ size, least, chain, plan, limit, reader, apply, paced, terraform }: Measured) {
  const percent = (run: Run) => `${Math.round((100 * run.refused) / run.calls)} %`
  return {
    size,
    'calls / least': plan ? `${plan.calls} / ${least}` : `- / ${least}`,
    'longest chain': String(chain),
    plan: plan ? seconds(plan.seconds) : '-',
    reader: reader ? `${seconds(reader.seconds)}${times(plan, reader)}` : '-',
    'own CPU': plan ? seconds(plan.cpu) : '-',
    memory: plan ? `${plan.megabytes} MB` : '-',
    Terraform: terraform ? `${seconds(terraform.seconds)}${times(terraform, plan)}, ${terraform.calls} calls` : '-',
    [`at ${perSecond}/s`]: limit ? seconds(limit.seconds) : '-',
    refused: limit ? percent(limit) : '-',
    [`calls / ${perSecond}`]: seconds(least / perSecond),
    apply: apply ? seconds(apply.seconds) : '-',
    'calls / changes': apply ? `${apply.calls} / ${apply.changes}` : '-',
    'a change': apply ? (1 + apply.followed / apply.changes).toFixed(2) : '-',
    [`apply at ${perSecond}/s`]: paced ? seconds(paced.seconds) : '-',
    'at least': apply || paced ? seconds((apply ?? paced)?.bound ?? 0) : '-',
  }
}

/** How many times as long one thing takes as another. */
function times(one: { readonly seconds: number } | undefined, other: { readonly seconds: number } | undefined): string {
  return one && other ? ` (${(one.seconds / other.seconds).toFixed(1)})` : ''
}

function lookRows({ size, looks = [] }: Measured) {
  return looks.map((look) => ({
    size,
    command: look.command,
    calls: String(look.calls),
    [`at ${perSecond}/s`]: seconds(look.limit),
    'answers at once': seconds(look.seconds),
    'own CPU': seconds(look.cpu),
    memory: `${look.megabytes} MB`,
  }))
}

const notes = (without: string | undefined, { sizes, yaml }: Options) => [
  `Manifests: YAML in ${yaml ? 'all sizes' : 'S and M, as people write them, and JSON beyond, as programs do'}.`,
  `plan, reader, Terraform and apply with ${latency} ms before each answer; at ${perSecond}/s without, and whatever comes faster is refused.`,
  'least: the fewest calls that can tell as much. reader: a program that reads the same and does nothing with it.',
  'In brackets: how many times as long the plan takes as the reader, and Terraform as the plan.',
  'longest chain: calls of which each needs the answer to the one before. own CPU, memory: of the plan, the most at a time.',
  `calls / ${perSecond}: seconds of the limit that the fewest calls use up; the first ${perSecond} of them need not wait.`,
  'apply: from empty; a change: calls for each, those that ask how it stands with them.',
  `at least: a look, one call a change, a list for each ${perList} assignments and a look, at the limit: fifteen assignments may be in progress at a time,`,
  'and in the sandbox they are until one list has shown them so, or for two seconds when nobody looks.',
  ...(sizes.some((size) => large.has(size))
    ? ['Sizes from XL on are filled through the admin pages; --all applies them too.']
    : []),
  ...(without === undefined ? [] : [`No Terraform: ${without}.`]),
]

async function main(options: Options): Promise<void> {
  if (!existsSync(binary)) throw new Error(`${binary} is not there: npm run build makes it`)
  const { sizes, parts, json } = options
  const at = machine()
  const without = await noTerraform()
  const rows: Measured[] = []
  for (const size of sizes) rows.push(await measure(size, options, without))
  const start = parts.has('start') ? await measureStart() : undefined
  const profiles = parts.has('profiles') ? await measureProfiles() : undefined
  const looks = rows.flatMap(lookRows)
  const lines = [
    `${machineWords(at)}\n`,
    table(rows.map(rowOf)),
    ...notes(parts.has('terraform') ? without : undefined, options),
    ...(looks.length > 0 ? ['', table(looks)] : []),
    ...(start
      ? [
          `\nStart-up: node ${millis(start.node)}, --version ${millis(start.version)}, validate ${millis(start.validate)} (medians, in turns)`,
        ]
      : []),
    ...(profiles
      ? [
          `${profiles.count} local profiles: apply ${seconds(profiles.apply.seconds)}, plan ${seconds(profiles.plan.seconds)} (own CPU ${seconds(profiles.plan.cpu)}, ${profiles.plan.megabytes} MB)`,
        ]
      : []),
  ]
  mkdirSync(dirname(json), { recursive: true })
  writeFileSync(
    json,
    `${JSON.stringify({ machine: at, at: new Date(), sizes: rows.map(plain), start, profiles }, null, 2)}\n`,
  )
  process.stdout.write(`${lines.join('\n')}\nWritten to ${json}\n`)
}

/** Without what a program said, which is no number. */
function plain(row: Measured): object {
  return JSON.parse(JSON.stringify(row, (key, value) => (key === 'stdout' ? undefined : value)))
}

function millis(value: number): string {
  return `${Math.round(value * 1000)} ms`
}

function asked(): Options | undefined {
  try {
    return optionsFrom(process.argv.slice(2))
  } catch (thrown) {
    process.stderr.write(`${(thrown as Error).message}\nnpm run bench -- --help: what there is\n`)
    process.exitCode = 2
    return undefined
  }
}

const options = asked()
if (options) await main(options)
