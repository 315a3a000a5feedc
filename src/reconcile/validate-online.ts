import { openLook } from '../aws/look.ts'
import type { Unread } from '../aws/lookups.ts'
import { declaredPolicies } from '../kinds/permission-set/policy-use.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { type Diagnostic, error, Refusal } from '../model/diagnostic.ts'
import { withConnection } from '../session/connection.ts'
import { whileReading } from '../session/reading.ts'
import type { CommonOptions, Runtime } from '../session/runtime.ts'
import { plural } from '../text/count.ts'
import { unlessLookedUp } from './policy-checks.ts'
import { findingsOfInline } from './policy-findings.ts'
import { lookUpManaged } from './policy-lookups.ts'

/** All there is to say of a manifest whose policies AWS was asked about. Throws a Refusal where AWS finds an error in one. */
export async function askAws(
  runtime: Runtime,
  options: CommonOptions,
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
