import type { Draft, Found, Objection } from '../kinds/adoption.ts'
import { adoptions } from '../kinds/adoptions.ts'
import { kindNamed, kindNames } from '../kinds/index.ts'
import { whatIsPlanned } from '../kinds/shared/adopt-rows.ts'
import { desiredState, refinedDesired } from '../kinds/states.ts'
import { checks } from '../manifest/checks/index.ts'
import type { Finding } from '../manifest/finding.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { schemaFindings } from '../manifest/schema-errors.ts'
import type { Manifest } from '../manifest/types.ts'
import type { JsonObject } from '../model/json.ts'
import type { Operation } from '../model/operation.ts'
import type { KindName } from '../model/specs.ts'
import { diff, type PlanInput } from '../plan/diff.ts'

/**
 * What is wrong with a draft: first what the manifest's own rules refuse, then whatever the next plan would do or complain
 * about. None is what makes a draft fit to be written.
 */
export function objections(draft: Draft, found: Found): readonly Objection[] {
  const findings = [...schemaFindings(draft.value), ...checks.flatMap((check) => check(draft.value, {}))]
  const errors = findings.filter(({ severity }) => severity === 'error')
  // What is said about a user explains what is said about the places that name the user.
  const users = errors.filter(({ path }) => path[0] === 'users')
  if (errors.length > 0) return (users.length > 0 ? users : errors).flatMap((one) => refused(one, draft))
  const input = planInputOf(unplaced(draft.value, found.file), found)
  const { operations, diagnostics } = diff(input)
  const complaints = diagnostics.filter(({ severity }) => severity === 'error')
  return [
    ...operations.flatMap(planned),
    ...complaints.map(({ message }) => ({ about: 'plan', treatment: 'out', why: message }) as const),
  ]
}

/** Both sides of the plan that a manifest leads to on what was found. */
export function planInputOf(manifest: LoadedManifest, { facts: seen, live }: Found): PlanInput {
  const startUrl = manifest.manifest.identity_center.start_url ?? seen.startUrl
  const facts = { ...seen, ...(startUrl ? { startUrl } : {}) }
  const desired = refinedDesired(desiredState(manifest, facts), { manifest, facts, live })
  return { manifest, facts, live, desired, selected: selected(seen.instance !== undefined) }
}

function selected(online: boolean): ReadonlySet<KindName> {
  return new Set(kindNames.filter((name) => online || kindNamed(name).side === 'local'))
}

/** A manifest that was never text, and so has no places. */
export function unplaced(value: JsonObject, file: string): LoadedManifest {
  return { file, manifest: value as unknown as Manifest, warnings: [], position: () => undefined }
}

function refused({ path, of, message: why }: Finding, { value }: Draft): readonly Objection[] {
  const words = path.map(String)
  const [section, part] = words
  if (section === 'identity_center' && part === 'start_url') return [{ about: 'start_url', treatment: 'out', why }]
  const refusal = { path: words, of, why, draft: value }
  const written = section === 'ignore' ? part : section === 'identity_center' ? `${section}.${part}` : section
  const own = adoptions.filter((adopt) => adopt.section === written)
  const objections = own.flatMap((adopt) =>
    section === 'ignore' ? (adopt.refusedIgnore?.(refusal) ?? []) : adopt.refused(refusal),
  )
  const whole = section === 'ignore' ? 'ignore' : words.join('/')
  return objections.length > 0 ? objections : [{ about: whole, treatment: 'out', why }]
}

function planned(operation: Operation): Objection {
  const { kind, verb, fields } = operation
  const changes = fields.map(({ path }) => path.replaceAll('_', ' ')).join(', ')
  const why = verb === 'update' ? `the next plan would change ${changes}` : `the next plan would ${verb} it`
  return { why, ...(kindNamed(kind).excluded?.(operation) ?? whatIsPlanned(operation)) }
}
