import { revokedNames, withoutRevocation, withRevocation } from '../manifest/edit/revocation.ts'
import { readManifestFile } from '../manifest/load.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Plan } from '../model/plan.ts'
import { concerned } from '../revoke/concerned.ts'
import { whatStays } from '../revoke/what-stays.ts'
import { carryOut } from './apply.ts'
import { type Approval, approve } from './approve.ts'
import type { CommonOptions, Session, Shell } from './context.ts'
import { reportDiagnostics } from './diagnostics.ts'
import { reachFlags } from './flags.ts'
import { writeManifest } from './manifest.ts'
import { planNow } from './plan.ts'
import { progressOf } from './progress.ts'
import { inSession } from './session.ts'
import type { Survey } from './survey.ts'

/** Options of `revoke`. */
export interface RevokeOptions extends CommonOptions, Approval {
  readonly user: string
  /** End what was issued before now and keep the grants. */
  readonly sessions: boolean
  /** Take the revocation back. */
  readonly undo: boolean
  readonly allowLockout?: boolean
}

/** Ends a user's access: declared in the manifest, planned, confirmed, applied, and told what stays valid until when. */
export async function revoke(shell: Shell, options: RevokeOptions, sources: Map<string, string>): Promise<number> {
  const { text } = await readManifestFile(options.file)
  const edited = edit(text, options, shell.clock.now())
  const use = (session: Session) => carry(session, options, edited === text ? undefined : edited)
  return inSession(shell, options, sources, use, edited)
}

function edit(text: string, { user, sessions, undo, file }: RevokeOptions, now: Date): string {
  const standing = revokedNames(text).includes(user)
  if (undo && !standing)
    throw new Refusal(
      error('not-revoked', `${user} is not revoked in ${file}`, {
        hint:
          revokedNames(text).length > 0
            ? `revoked there: ${revokedNames(text).join(', ')}`
            : 'no user is revoked there',
      }),
    )
  const time = now.toISOString().replace(/\.\d+Z$/, 'Z')
  // A revocation that stands is carried on with its own time: what was issued since is not what was meant.
  const edited = undo
    ? withoutRevocation(text, user)
    : standing && !sessions
      ? text
      : withRevocation(text, user, sessions ? { sessions: time } : { since: time })
  if (edited !== undefined) return edited
  throw new Refusal(
    error('revoke-no-place', `${file} is written in a way that revoke cannot change; nothing was touched`, {
      hint: undo
        ? `remove ${user} under revoked by hand, then apply`
        : `write by hand, then apply: revoked: { ${user}: ${time} }`,
    }),
  )
}

async function carry(session: Session, options: RevokeOptions, edited: string | undefined): Promise<number> {
  const { shell, manifest, sources } = session
  if (!(options.user in (manifest.manifest.users ?? {})))
    throw new Refusal(
      error('user-unknown', `user ${options.user} is not in ${manifest.file}`, {
        hint: `declare it first: users: { ${options.user}: { external: true } }`,
      }),
    )
  const progress = await progressOf(session)
  const { plan, seen } = await planFor(session, options)
  progress.planned(plan)
  reportDiagnostics(shell, [...plan.diagnostics, ...plan.refusals], sources)
  if (!plan.complete || plan.refusals.length > 0) return 1
  const refused = await approve(plan, session, options, 'revoke')
  if (refused) {
    reportDiagnostics(shell, [refused], sources)
    return 1
  }
  // Written first: a run that is cut off here is carried on by the next apply.
  if (edited !== undefined) await writeManifest(manifest.file, edited, shell)
  const code =
    plan.operations.length === 0 ? 0 : await shell.unhurried(() => carryOut(plan, seen, session, options, progress))
  if (code === 0 && !options.undo && options.format === 'text') tell(plan, seen, session, options)
  return code
}

/** The plan of what concerns the user alone; its deletes are what revoking means, so they need no count. */
async function planFor(session: Session, options: RevokeOptions): Promise<{ plan: Plan; seen: Survey }> {
  const allow = { maxDeletes: Number.POSITIVE_INFINITY, ...(options.allowLockout ? { allowLockout: true } : {}) }
  const whole = await planNow(session, allow)
  const target = concerned(whole.plan.operations, options.user)
  return target.length === 0
    ? { plan: { ...whole.plan, operations: [] }, seen: whole.seen }
    : planNow({ ...session, options: { ...session.options, target } }, allow)
}

function tell(plan: Plan, { sides }: Survey, { shell, manifest }: Session, options: RevokeOptions): void {
  const { user, sessions } = options
  const wanted = [...sides.desired['permission-set']].filter(([, { spec }]) => spec.revoked?.[user] !== undefined)
  const denied = wanted.map(([at]) => at.slice('permission-set/'.length))
  const lines = whatStays({ user, sessionsOnly: sessions, denied }, sides.live, sides.facts)
  shell.out(
    `\n${lines.join('\n')}\n\nRecorded under revoked in ${manifest.file}; commit it. ${plan.operations.length === 0 ? 'Nothing had to change in AWS.' : `"sso-reconcile revoke ${user} --undo${reachFlags(options)}" takes it back.`}\n`,
  )
}
