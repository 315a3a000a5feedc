import { withFirstRule, withRule } from '../../manifest/edit/rules.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import { askTime } from '../../reconcile/ask-time.ts'
import { editManifest, readManifest, readsAs, rehearseEdit } from '../../session/manifest.ts'
import type { Runtime, Session } from '../../session/runtime.ts'
import { inSession } from '../../session/session.ts'
import { tell } from '../../session/tell.ts'
import { alreadyGiven, ownRules, ruleOf, troubleWith } from '../rule.ts'
import { carriedOut } from './carried-out.ts'
import type { GrantOptions } from './options.ts'
import { afterwards, laterWords, noPlace } from './words.ts'

/** Gives a user a permission set in an account for some time: a rule in the manifest, planned, confirmed, written and applied. */
export async function grant(runtime: Runtime, options: GrantOptions, sources: Map<string, string>): Promise<number> {
  mustEnd(options)
  return inSession(runtime, options, sources, async (session) => {
    const now = await askTime(session)
    const rule = ruleOf(options, now)
    const trouble = troubleWith(options, rule, session.manifest, now)
    if (trouble.length > 0) throw new Refusal(trouble)
    const given = alreadyGiven(session.manifest.manifest, rule, now)
    if (given !== undefined) return tellGiven(session, options, given)
    const edit = (text: string) => edited(session, text, rule)
    await rehearseEdit(options.file, edit, runtime)
    const changed = await withEdit(session, sources, edit)
    const words = { rule, options, session: changed, others: session.manifest }
    const write = () => editManifest(options.file, edit, runtime)
    if (rule.from === undefined) return carriedOut(changed, options, write, (seen) => afterwards(words, seen))
    await write()
    laterWords(words)
    return 0
  })
}

// Access that nobody ends is written into the file by hand, where it is reviewed.
function mustEnd({ lasts, until }: GrantOptions): void {
  if (lasts === undefined && until === undefined)
    throw new Refusal(
      error('usage', 'grant needs an end', {
        hint: 'add --for 4h, or --until 2026-12-31; what has no end belongs into the manifest',
      }),
    )
  if (lasts !== undefined && until !== undefined)
    throw new Refusal(error('usage', '--for and --until both say when it ends', { hint: 'use one of them' }))
}

function tellGiven({ runtime, manifest }: Session, { user, set, account }: GrantOptions, row: number): number {
  const at = manifest.position(['assignments', row], 'value')
  tell(
    runtime,
    `${user} has ${set} on ${account} at least that long already (${at ? `${at.file}:${at.line}` : manifest.file}); nothing was changed.`,
  )
  return 0
}

async function edited(
  { runtime, options }: Session,
  text: string,
  rule: Parameters<typeof withRule>[1],
): Promise<string> {
  const before = await readManifest(runtime, options, new Map(), text)
  const isFirst = before.manifest.parts !== undefined && ownRules(before.manifest) === 0
  const next = withRule(text, rule) ?? (isFirst ? withFirstRule(text, rule) : undefined)
  const { assignments = [] } = before.manifest.manifest
  const meant = { ...before.manifest.manifest, assignments: assignments.toSpliced(ownRules(before.manifest), 0, rule) }
  if (next !== undefined && (await readsAs(runtime, options, next, meant))) return next
  throw new Refusal(noPlace(options.file, rule))
}

/** The session as it will be once the rule is written. */
async function withEdit(
  session: Session,
  sources: Map<string, string>,
  edit: (text: string) => Promise<string>,
): Promise<Session> {
  const { runtime, options } = session
  const { manifest } = await readManifest(runtime, options, sources, await edit(sources.get(options.file) ?? ''))
  return { ...session, manifest }
}
