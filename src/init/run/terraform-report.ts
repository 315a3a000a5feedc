import { shownAddress } from '../../model/address.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { JsonObject } from '../../model/json.ts'
import { forgetText, type InitTerraformResult, type Row, takenLines } from '../../report/init-terraform-text.ts'
import { initText } from '../../report/init-text.ts'
import { reachFlags } from '../../session/flags.ts'
import type { Runtime } from '../../session/runtime.ts'
import type { Difference } from '../../terraform/state/differences.ts'
import type { Takeover, Told } from '../../terraform/state/result.ts'
import type { InitCommandOptions } from './options.ts'
import { tell } from './report.ts'

/** What a run did that took over what Terraform manages. */
interface Done {
  readonly text: string
  readonly manifest: JsonObject
  readonly leftOut: number
  readonly takeover: Takeover
  readonly program: InitTerraformResult['program']
  readonly written: boolean
  readonly backup?: string
  readonly diagnostics: readonly Diagnostic[]
}

/** Prints what was taken over and how Terraform lets go of it: with the lines of `init`, or in its JSON document. */
export async function reportTakeover(
  runtime: Runtime,
  options: InitCommandOptions,
  done: Done,
  sources: ReadonlyMap<string, string>,
): Promise<void> {
  const { file, dryRun, quiet, format } = options
  const { manifest, leftOut: left, backup } = done
  const result = {
    file,
    verb: 'adopted',
    manifest,
    left,
    flags: reachFlags(options),
    ...(backup ? { backup } : {}),
  } as const
  const about = resultOf(options, done)
  await runtime.busy(() => {
    const more = { terraform: jsonOf(done) }
    tell(runtime, options, { ...done, more }, sources, () => initText(result, takenLines(about)) + forgetText(about))
    // The file is what a dry run prints.
    if (dryRun && !quiet && format === 'text') runtime.err(`${takenLines(about).join('\n')}\n`)
  })
}

function resultOf({ file, verbose, dryRun }: InitCommandOptions, { takeover, program }: Done): InitTerraformResult {
  const { taken, outside, different, gone, left, tainted, forget } = takeover
  return {
    ...{ file, program, forget, dryRun, taken: taken.length, whole: verbose },
    outside: outside.map((at) => ({ what: shownAddress(at) })),
    different: different.map(differenceRow),
    gone: gone.map(row),
    left: left.map(row),
    tainted: tainted.map((what) => ({ what })),
  }
}

function row({ resource: what, why }: Told): Row {
  return { what, why }
}

function differenceRow({ at, field, state, live }: Difference): Row {
  const what = `${shownAddress(at)} ${field}`
  if (state === undefined && live === undefined) return { what, why: 'is otherwise (its value is marked as sensitive)' }
  if (state === undefined) return { what, why: `only AWS has ${live}` }
  return { what, why: live === undefined ? `only the state has ${state}` : `${state} in the state, ${live} in AWS` }
}

function jsonOf({ takeover, program }: Done): JsonObject {
  const { taken, outside, different, gone, left, tainted, forget } = takeover
  const told = (rows: readonly Told[]) => rows.map(({ resource, why }) => ({ resource, why }))
  return {
    program,
    taken_over: taken.map(({ resource, at }) => ({ resource, address: at })),
    not_in_terraform: [...outside],
    different: different.map(({ at, field, state, live }) => ({
      ...{ address: at, field },
      ...(state === undefined ? {} : { state }),
      ...(live === undefined ? {} : { live }),
    })),
    not_in_aws: told(gone),
    left_in_terraform: told(left),
    tainted: [...tainted],
    state_rm: forget.map(({ file, addresses, count }) => ({
      file,
      addresses: [...addresses],
      resource_instances: count,
    })),
  }
}
