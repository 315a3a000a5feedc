import { openLook } from '../aws/look.ts'
import type { Unread } from '../aws/lookups.ts'
import { declaredPolicies } from '../kinds/permission-set/policy-use.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { type Diagnostic, error, Refusal } from '../model/diagnostic.ts'
import { diagnosticJson } from '../report/plan/json.ts'
import { withConnection } from '../session/connection.ts'
import { reportDiagnostics } from '../session/diagnostics.ts'
import { readManifest } from '../session/manifest.ts'
import { whileReading } from '../session/reading.ts'
import type { CommonOptions, Runtime } from '../session/runtime.ts'
import { plural } from '../text/count.ts'
import { jsonText } from '../text/json.ts'
import { shown } from '../text/shown.ts'
import { unlessLookedUp } from './policy-checks.ts'
import { findingsOfInline } from './policy-findings.ts'
import { lookUpManaged } from './policy-lookups.ts'

/** Options of `validate`. */
interface ValidateOptions extends CommonOptions {
  /** Ask AWS about policies too. */
  readonly online: boolean
}

/** Checks the manifest, without a connection unless AWS is to be asked about its policies. */
export async function validate(
  runtime: Runtime,
  options: ValidateOptions,
  sources: Map<string, string>,
): Promise<number> {
  const { manifest } = await readManifest(runtime, options, sources)
  const warnings = options.online ? await askAws(runtime, options, manifest) : manifest.warnings
  if (options.format === 'json') {
    const document = () => ({ format_version: 1, valid: true, diagnostics: warnings.map(diagnosticJson) })
    await runtime.busy(() => runtime.out(`${jsonText(document(), 2)}\n`))
  } else {
    reportDiagnostics(runtime, warnings, sources)
    if (!options.quiet) runtime.out(`${shown(options.file)} is valid.\n`)
  }
  return 0
}

/** All there is to say of a manifest whose policies AWS was asked about. Throws a Refusal where AWS finds an error in one. */
async function askAws(
  runtime: Runtime,
  options: ValidateOptions,
  manifest: LoadedManifest,
): Promise<readonly Diagnostic[]> {
  return withConnection(runtime, options, manifest.manifest, ({ route }) =>
    whileReading(runtime, options, route, 'asking AWS about policies…', async () => {
      const { managed: named, inline: written } = declaredPolicies(manifest.manifest)
      const { reader } = await openLook(route)
      const [managed, inline] = await Promise.all([
        lookUpManaged(reader, named, manifest),
        findingsOfInline(reader, written, manifest),
      ])
      refuseWithoutLogin([...managed.unread, ...inline.unread])
      const errors = [...managed.refusals, ...inline.refusals]
      const doubts = manifest.warnings.filter(unlessLookedUp(managed.known, manifest))
      const warnings = [...doubts, ...managed.notes, ...inline.notes]
      if (errors.length === 0) return warnings
      const summary = `${plural(errors.length, 'error')} in ${manifest.file}, found by AWS.`
      throw new Refusal([...errors, ...warnings], { summary })
    }),
  )
}

// Who asks for AWS and cannot be known there is not told that the file is valid.
function refuseWithoutLogin(unread: readonly Unread[]): void {
  const why = unread.find(({ code }) => code === 'aws-credentials')
  if (!why) return
  const { code, unread: message, hint } = why
  throw new Refusal(error(code, message, hint === undefined ? {} : { hint }))
}
