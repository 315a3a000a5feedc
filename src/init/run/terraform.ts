import type { Found, Verdict } from '../../kinds/adoption.ts'
import { readTextFile } from '../../local/files/file.ts'
import type { Address } from '../../model/address.ts'
import { type Diagnostic, error, Refusal, warning } from '../../model/diagnostic.ts'
import type { Instance } from '../../model/facts.ts'
import { isObject, type JsonObject } from '../../model/json.ts'
import { anyRegion, type Connection, openConnection } from '../../session/connection.ts'
import type { Runtime } from '../../session/runtime.ts'
import { type Narrowed, narrowed, notInFull } from '../../terraform/state/handover.ts'
import { type Match, matched } from '../../terraform/state/match.ts'
import { type Takeover, takeoverOf } from '../../terraform/state/result.ts'
import { whyUnsaid } from '../../terraform/state/unsaid.ts'
import { listed } from '../../text/list.ts'
import { type Adoption, adopt } from '../adopt.ts'
import { planInputOf, unplaced } from '../judge.ts'
import type { InitCommandOptions } from './options.ts'
import { replaced } from './outcome.ts'
import { readEverything } from './read.ts'
import { reportTakeover } from './terraform-report.ts'
import { mustBeHere, readStates, type States } from './terraform-states.ts'
import { write } from './write.ts'

/** Options of a run that takes over what Terraform manages. */
export type TerraformOptions = InitCommandOptions & { readonly fromTerraform: readonly string[] }

/** Writes a manifest that says what Terraform manages, as AWS has it. Changes nothing in AWS, and nothing of Terraform. */
export async function initTerraform(
  runtime: Runtime,
  options: TerraformOptions,
  sources: Map<string, string>,
): Promise<number> {
  mustFit(options)
  const snapshot = await readTextFile(options.file)
  if ((snapshot.text ?? '').trim() !== '' && !options.force) throw exists(options.file)
  const states = await readStates(runtime, options.fromTerraform)
  const region = options.region ?? states.region
  const reach = await openConnection(runtime, options, region ?? runtime.env.AWS_REGION ?? anyRegion)
  try {
    const { found, diagnostics } = await look(runtime, reach, { ...options, ...(region ? { region } : {}) })
    mustBeHere(states, found.facts.instance)
    const made = await runtime.busy(() => takenOver(states, found))
    const written = options.dryRun
      ? { written: false, diagnostics: [] }
      : await write(snapshot, made.text, runtime, options.force)
    const all = [...diagnostics, ...gone(made.takeover), ...written.diagnostics]
    await reportTakeover(runtime, options, { ...made, ...written, program: states.program, diagnostics: all }, sources)
    return 0
  } finally {
    await reach.close()
  }
}

function mustFit({ portal, onlyLocal }: InitCommandOptions): void {
  const [other, why] = portal
    ? ['--portal', 'which reads nothing from AWS']
    : onlyLocal
      ? ['--only local', 'and Terraform manages nothing of this machine']
      : []
  if (other === undefined) return
  throw new Refusal(
    error(
      'usage',
      `--from-terraform looks up in AWS what Terraform manages, so it cannot be combined with ${other}, ${why}`,
      {
        hint: 'omit one of them',
      },
    ),
  )
}

function exists(file: string): Refusal {
  return new Refusal(
    error('init-exists', `${file} already exists; nothing was changed`, {
      hint: 'name another file with -f, or add --force (a backup of the file is kept beside it)',
    }),
  )
}

type Seen = Found & { readonly facts: { readonly instance: Instance } }

/** All that is live. Without it there is nothing to say what the ids of a state are about. */
async function look(
  runtime: Runtime,
  reach: Connection,
  options: TerraformOptions,
): Promise<{ readonly found: Seen; readonly diagnostics: readonly Diagnostic[] }> {
  const old = await replaced(runtime, options)
  const { found, whole, diagnostics } = await readEverything(runtime, reach, options, old)
  const { instance } = found.facts
  if (whole && instance) return { found: { ...found, facts: { ...found.facts, instance } }, diagnostics }
  throw new Refusal(diagnostics.map((one) => ({ ...one, severity: 'error' })))
}

/** A manifest of what was taken over, and what became of each resource. */
interface Made {
  readonly text: string
  readonly manifest: JsonObject
  /** How many things a comment names that could not be written. */
  readonly leftOut: number
  readonly takeover: Takeover
}

async function takenOver({ claims, resources }: States, found: Seen): Promise<Made> {
  const matches = matched(claims, found.live, found.facts)
  if (matches.every(({ apart, gone: lost }) => apart || lost)) throw nothingThere(matches)
  const { narrow, adoption } = await settled(found, matches)
  const { draft, text, verdicts } = adoption
  const { desired } = planInputOf(unplaced(draft.value, found.file), found)
  const sides = { desired, live: found.live, handover: narrow.found.handover }
  const takeover = takeoverOf(matches, resources, sides, (at) => whyUnsaid(at, narrow.found, verdicts))
  return { text, manifest: draft.value, leftOut: draft.left.length, takeover }
}

/** A set that cannot be said in full does not need its assignments, so what came along for it goes again. */
async function settled(
  found: Found,
  matches: readonly Match[],
): Promise<{ readonly narrow: Narrowed; readonly adoption: Adoption }> {
  const spared = new Map<Address, Verdict>()
  for (;;) {
    const narrow = narrowed(found, matches, spared)
    const adoption = await adopt(narrow.found, undefined, { whole: found, verdicts: narrow.verdicts })
    const { permission_sets: sets = {} } = adoption.draft.value
    const odd = [...notInFull(narrow, isObject(sets) ? sets : {})].filter((at) => !spared.has(at))
    if (odd.length === 0) return { narrow, adoption }
    for (const at of odd)
      spared.set(at, {
        treatment: adoption.verdicts.get(at)?.treatment ?? 'external',
        why: whyUnsaid(at, narrow.found, adoption.verdicts) ?? 'it cannot be declared',
      })
  }
}

function nothingThere(matches: readonly Match[]): Refusal {
  const first = matches.map(({ resource, apart, gone: lost }) => `${resource.address} (${apart ?? lost})`)
  return new Refusal(
    error('terraform-nothing', `nothing that the state manages can be written into sso.yaml: ${listed(first)}`, {
      hint: 'see what terraform plan says; if it would create them again, run terraform apply first, and then this with a new state.json',
    }),
  )
}

function gone({ gone: lost }: Takeover): readonly Diagnostic[] {
  if (lost.length === 0) return []
  const names = lost.map(({ resource, why }) => `${resource} (${why})`)
  const told =
    lost.length === 1 ? 'a resource of the state is not in AWS' : `${lost.length} resources of the state are not in AWS`
  return [
    warning('terraform-gone', `${told}, so the file leaves them out: ${listed(names, 5)}`, {
      hint: 'if they should be there, run terraform apply first, and then this again with a new state.json and --force',
    }),
  ]
}
