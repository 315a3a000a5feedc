import { plural } from '../text/count.ts'
import { quoted } from '../text/quote.ts'
import { shown, shownIn } from '../text/shown.ts'

/** A thing or a resource, and what is said of it. */
export interface Row {
  readonly what: string
  readonly why?: string
}

/** What `init --from-terraform` made of the resources of state files. */
export interface InitTerraformResult {
  readonly file: string
  /** How many resources went into the file. */
  readonly taken: number
  readonly outside: readonly Row[]
  readonly different: readonly Row[]
  readonly gone: readonly Row[]
  readonly left: readonly Row[]
  readonly tainted: readonly Row[]
  readonly forget: readonly { readonly file: string; readonly addresses: readonly string[]; readonly count: number }[]
  readonly program: 'terraform' | 'tofu'
  /** Nothing was written. */
  readonly dryRun: boolean
  /** Everything is listed, however much it is. */
  readonly whole: boolean
}

/** Rows of a list that is not listed in full. */
const most = 20

/** What became of the resources, a line each. Pure. */
export function takenLines(told: InitTerraformResult): readonly string[] {
  const { file, taken, outside, different, gone, left, tainted, program, dryRun, whole } = shownIn(told)
  const lists: readonly (readonly [string, readonly Row[]])[] = [
    [`Not in Terraform, but in ${file}, because a plan would remove what it leaves out:`, outside],
    [`Otherwise in AWS than in the state; ${file} has what AWS has:`, different],
    [`No longer in AWS, so not in ${file}; to have it back, run ${program} apply and then this again:`, gone],
    [`Tainted, so that ${program} apply would replace it; ${file} keeps it:`, tainted],
    ['Still managed by Terraform:', left],
  ]
  const are = dryRun ? 'would be' : taken === 1 ? 'is' : 'are'
  return [
    `${plural(taken, 'resource')} of Terraform ${are} in ${file}.`,
    ...lists.flatMap(([title, rows]) => (rows.length === 0 ? [] : listLines(title, rows, whole))),
  ]
}

function listLines(title: string, rows: readonly Row[], whole: boolean): readonly string[] {
  const first = whole ? rows : rows.slice(0, most)
  const rest = rows.length - first.length
  const lines = first.map(({ what, why }) => `  ${what}${why ? `: ${why}` : ''}`)
  return [title, ...lines, ...(rest > 0 ? [`  and ${rest} more (--verbose lists them)`] : [])]
}

/** Addresses in one command, so that it is none too long for a system. */
const atOnce = 200

/** The commands with which Terraform forgets what the file has now, and what to do so that it does not make it again. Pure. */
export function forgetText({ forget, program }: InitTerraformResult): string {
  if (forget.length === 0) return ''
  const commands = forget.flatMap(({ file, addresses, count }) => {
    const place = forget.length > 1 ? ` of ${file}` : ''
    return [
      `   # ${plural(count, 'resource instance')}${place}`,
      ...chunks(addresses).flatMap((one) => command(program, one)),
    ]
  })
  const lines = [
    'Then let Terraform forget them, which destroys nothing. In the folder of its configuration, in this order:',
    '1. Before anything else is changed there:',
    ...commands,
    `2. Delete their resource blocks before the next ${program} apply, which would create them again.`,
    `3. ${program} plan, which should show no changes.`,
    'What refers to them there needs data sources. For a pull request, docs/terraform.md has the same with removed blocks.',
  ]
  return `${lines.map(shown).join('\n')}\n`
}

function command(program: string, addresses: readonly string[]): readonly string[] {
  const last = addresses.length - 1
  const words = addresses.map((one, index) => `     ${quoted(one)}${index === last ? '' : ' \\'}`)
  return [`   ${program} state rm \\`, ...words]
}

function chunks(addresses: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(addresses.length / atOnce)
  return Array.from({ length: count }, (_none, index) => addresses.slice(index * atOnce, (index + 1) * atOnce))
}
