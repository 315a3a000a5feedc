import { concernsCloud } from '../../kinds/sections.ts'
import { type FileSnapshot, readTextFile } from '../../local/files/file.ts'
import { replaceTextFile } from '../../local/files/replace.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import { error, Refusal, warning } from '../../model/diagnostic.ts'
import { diff } from '../../plan/diff.ts'
import { observe } from '../../reconcile/observe.ts'
import { reportDiagnostics } from '../../session/diagnostics.ts'
import { reachFlags } from '../../session/flags.ts'
import { whileReading } from '../../session/reading.ts'
import { reportIn } from '../../session/report-in.ts'
import type { CommonOptions, Runtime, Session } from '../../session/runtime.ts'
import { inSession } from '../../session/session.ts'
import { plural } from '../../text/count.ts'
import { shown } from '../../text/shown.ts'
import { type Configuration, configurationOf } from '../document.ts'
import { sourceOf } from './source.ts'

/** Options of `export terraform`. */
interface ExportOptions extends CommonOptions {
  /** File to write instead of printing. */
  readonly out?: string
  /** An existing file may be replaced. */
  readonly force: boolean
}

/** Prints what the manifest declares and AWS has as a configuration of Terraform, or writes it to a file. Changes nothing in AWS. */
export function exportTerraform(
  runtime: Runtime,
  options: ExportOptions,
  sources: Map<string, string>,
): Promise<number> {
  const cloud = { ...options, only: ['cloud'] }
  return inSession(runtime, cloud, sources, async (session) => {
    if (!concernsCloud(session.manifest.manifest)) throw nothing(session.manifest.file)
    const place = options.out === undefined ? undefined : await free(options.out, options.force)
    const { configuration, diagnostics } = await read(session)
    if (place) await write(place, configuration, session)
    else runtime.out(configuration.text)
    reportIn(session, diagnostics)
    return 0
  })
}

async function read(session: Session): Promise<{ configuration: Configuration; diagnostics: readonly Diagnostic[] }> {
  const { runtime, options, route, manifest } = session
  return whileReading(runtime, options, route, 'reading current state…', async () => {
    const observed = await observe(session)
    const { operations, diagnostics } = await runtime.busy(() => diff(observed.input))
    const all = [...observed.diagnostics, ...diagnostics]
    // What the manifest says about things that are otherwise cannot be told to another tool.
    const errors = all.filter(({ severity }) => severity === 'error')
    if (errors.length > 0 || !observed.cloud) throw new Refusal(errors)
    const source = await sourceOf(observed.cloud.context, observed.input)
    const configuration = await runtime.busy(() => configurationOf(source))
    const flags = reachFlags(options)
    if (configuration.resources === 0) throw nothingLive(manifest.file, flags)
    return { configuration, diagnostics: [...all, ...pending(operations.length, manifest.file, flags)] }
  })
}

function pending(count: number, file: string, flags: string): Diagnostic[] {
  if (count === 0) return []
  const message = `${file} has ${plural(count, 'change')} that ${count === 1 ? 'is' : 'are'} not applied; what was exported is what AWS has now`
  return [warning('export-not-applied', message, { hint: `see them with: sso-reconcile plan --only cloud${flags}` })]
}

/** The file to write, while nothing is there that would be lost. */
async function free(path: string, force: boolean): Promise<FileSnapshot> {
  const snapshot = await readTextFile(path)
  if (snapshot.text === undefined || force) return snapshot
  throw new Refusal(
    error('out-exists', `${path} exists; it was not overwritten`, {
      hint: 'name another file with --out, or add --force to replace it',
    }),
  )
}

async function write(
  place: FileSnapshot,
  { text, resources }: Configuration,
  { runtime, options }: Session,
): Promise<void> {
  const { warnings } = await replaceTextFile(place, text, { machine: runtime.machine, backup: false })
  reportDiagnostics(runtime, warnings, new Map())
  if (options.quiet) return
  const next = 'terraform init, then terraform plan, which should show only imports'
  runtime.err(`Wrote ${plural(resources, 'resource')} to ${shown(place.path)}. Next, in its folder: ${next}\n`)
}

function nothing(file: string): Refusal {
  return new Refusal(
    error('export-nothing', `${file} declares nothing in Identity Center, so there is nothing to export`, {
      hint: 'only users, groups, permission sets, assignments, applications, trusted_token_issuers, access_control_attributes and the delegated administrator are exported',
    }),
  )
}

function nothingLive(file: string, flags: string): Refusal {
  return new Refusal(
    error(
      'export-nothing',
      `nothing that ${file} declares exists in Identity Center yet, so there is nothing to export`,
      {
        hint: `create it first: sso-reconcile apply${flags}`,
      },
    ),
  )
}
