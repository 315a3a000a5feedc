import { withoutRevocation, withRevocation, withTaken } from '../../manifest/edit/revocation.ts'
import type { Revocation } from '../../manifest/types.ts'
import { type Diagnostic, error, Refusal, sentence } from '../../model/diagnostic.ts'
import { reachFlags } from '../../session/flags.ts'
import { editManifest, readManifest, readsAs, rehearseEdit } from '../../session/manifest.ts'
import type { Runtime, Session } from '../../session/runtime.ts'
import { tell } from '../../session/tell.ts'
import { jsonText } from '../../text/json.ts'
import { about } from '../../text/quote.ts'
import { withRevoked } from '../about.ts'
import { takenOf } from '../taken.ts'

/**
 * Writes a revocation into the manifest, or takes it out, with everything else as it was. Throws a Refusal, with the file as it was. The
 * file is a real one in a rehearsal too, and whoever rehearses is told.
 */
export async function record({ runtime, options, manifest }: Session, user: string, entry?: Revocation): Promise<void> {
  await editManifest(options.file, (text) => edited(runtime, options, text, user, entry), runtime)
  const isNew = entry !== undefined && manifest.manifest.revoked?.[user] === undefined
  if (!isNew || options.sandbox === undefined || options.quiet) return
  const command = about('revoke', [user], ` --undo${reachFlags(options)}`)
  const told = `The sandbox is a rehearsal, but ${options.file} is your own file, and it now has ${user} under revoked; ${command} removes that.`
  tell(runtime, told)
}

/** Throws a Refusal when a revocation could not be written, or taken out: better said before anybody is asked anything. */
export async function mustBeRecordable({ runtime, options }: Session, user: string, entry?: Revocation): Promise<void> {
  await rehearseEdit(options.file, (text) => edited(runtime, options, text, user, entry), runtime)
}

/** Why something is not recorded; undefined when it is. */
export async function whyNot(recording: Promise<void>): Promise<readonly Diagnostic[] | undefined> {
  try {
    await recording
    return undefined
  } catch (thrown) {
    return thrown instanceof Refusal ? thrown.diagnostics : [error('defect', `unexpected error: ${sentence(thrown)}`)]
  }
}

async function edited(
  runtime: Runtime,
  options: Session['options'],
  text: string,
  user: string,
  entry: Revocation | undefined,
): Promise<string> {
  const before = await readManifest(runtime, options, new Map(), text)
  const next = edit(text, before.manifest.manifest.revoked?.[user], user, entry)
  if (
    next === undefined ||
    !(await readsAs(runtime, options, next, withRevoked(before.manifest, user, entry).manifest))
  )
    throw new Refusal(noPlace(options.file, user, entry))
  return next
}

function edit(text: string, standing: Revocation | undefined, user: string, entry: Revocation | undefined) {
  if (entry === undefined) return standing === undefined ? text : withoutRevocation(text, user)
  if (standing === undefined || timeOf(standing) !== timeOf(entry)) return withRevocation(text, user, entry)
  const more = takenOf(entry).filter((at) => !takenOf(standing).includes(at))
  return more.length === 0 ? text : withTaken(text, user, more)
}

function timeOf(entry: Revocation): string {
  return typeof entry === 'string' ? entry : (entry.since ?? `sessions ${entry.sessions}`)
}

function noPlace(file: string, user: string, entry: Revocation | undefined) {
  return error('revoke-no-place', `${file} is written in a way that revoke cannot edit`, {
    hint:
      entry === undefined
        ? `remove ${user} under revoked by hand, then apply`
        : `write by hand, then apply: revoked: ${jsonText({ [user]: entry })}`,
  })
}
