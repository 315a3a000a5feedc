import type { Revocation } from '../../manifest/types.ts'
import { undeclared } from '../../manifest/undeclared.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import { askTime } from '../../reconcile/ask-time.ts'
import { reachFlags } from '../../session/flags.ts'
import type { Runtime, Session } from '../../session/runtime.ts'
import { inSession } from '../../session/session.ts'
import { about } from '../../text/quote.ts'
import type { RevokeOptions } from './options.ts'
import { giveBack } from './undo.ts'
import { takeAway } from './user.ts'

/** Ends a user's access, or gives it back: recorded in the manifest, planned, confirmed, applied, and looked at again. */
export async function revoke(runtime: Runtime, options: RevokeOptions, sources: Map<string, string>): Promise<number> {
  return inSession(runtime, options, sources, async (session) => {
    const standing = session.manifest.manifest.revoked?.[options.user]
    if (options.undo) return giveBack(session, options, mustBeRevoked(session, options, standing))
    mustBeDeclared(session, options)
    mustBeUnprotected(session, options)
    return takeAway(session, options, entryOf(options, standing, await askTime(session)))
  })
}

/** What to record. A revocation that is there is carried on with its own time: what was issued since is not what was meant. */
function entryOf(options: RevokeOptions, standing: Revocation | undefined, now: Date): Revocation {
  // In whole seconds, and none too early: what was issued a moment ago is meant too.
  const time = new Date(Math.ceil(now.getTime() / 1000) * 1000).toISOString().replace('.000Z', 'Z')
  const since = typeof standing === 'string' ? standing : standing?.since
  if (!options.sessions) return since !== undefined && standing ? standing : time
  if (since === undefined) return { sessions: time }
  const { user, file } = options
  throw new Refusal(
    error('already-revoked', `${user} has been revoked in ${file} since ${since}, which --sessions would undo`, {
      hint: `to restore the access, run ${about('revoke', [user], ` --undo${reachFlags(options)}`)}`,
    }),
  )
}

function mustBeRevoked({ manifest }: Session, { user }: RevokeOptions, standing: Revocation | undefined): Revocation {
  if (standing !== undefined) return standing
  const others = Object.keys(manifest.manifest.revoked ?? {})
  throw new Refusal(
    error('not-revoked', `${user} is not revoked in ${manifest.file}`, {
      hint: others.length > 0 ? `revoked there: ${others.join(', ')}` : 'no user is revoked there',
    }),
  )
}

function mustBeDeclared({ manifest }: Session, { user }: RevokeOptions): void {
  const known = Object.keys(manifest.manifest.users ?? {})
  const add = `declare it first: users: { ${user}: { external: true } }`
  const trouble = undeclared({ what: 'user', name: user, known, add }, manifest)
  if (trouble.length > 0) throw new Refusal(trouble)
}

// Nothing overrides it, so that nothing is begun either.
function mustBeUnprotected({ manifest }: Session, { user, sessions }: RevokeOptions): void {
  const { users = {}, assignments = [] } = manifest.manifest
  const rule = assignments.findIndex((one) => one.protect && one.users?.includes(user))
  const path = users[user]?.protect
    ? ['users', user, 'protect']
    : rule < 0
      ? undefined
      : ['assignments', rule, 'protect']
  if (!path || sessions) return
  const at = manifest.position(path, 'key')
  // On that line may stand the whole user.
  const out = at ? `take protect out of ${at.file}:${at.line} first` : `take protect out of ${manifest.file} first`
  const hint = `if the access has to end, ${out}; no flag overrides it`
  throw new Refusal(error('protected', `${user} is protected, so nothing is revoked`, { hint, ...(at ? { at } : {}) }))
}
