import { type Grant, withEnd, withFirstRule, withRule } from '../../manifest/edit/rules.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import { askTime } from '../../reconcile/ask-time.ts'
import { editManifest, readManifest, readsAs, rehearseEdit } from '../../session/manifest.ts'
import type { Runtime, Session } from '../../session/runtime.ts'
import { inSession } from '../../session/session.ts'
import { tell } from '../../session/tell.ts'
import { alreadyGiven, ownRules, ruleOf, sameUntilSomeTime, troubleWith } from '../rule.ts'
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

async function edited({ runtime, options }: Session, text: string, rule: Grant): Promise<string> {
  const before = await readManifest(runtime, options, new Map(), text)
  for (const { next, assignments } of waysToWrite(text, before.manifest, rule)) {
    const meant = { ...before.manifest.manifest, assignments }
    if (next !== undefined && (await readsAs(runtime, options, next, meant))) return next
  }
  throw new Refusal(noPlace(options.file, rule))
}

/** Texts that hold the rule, best first, with the rules that are then to be read: a grant that is given longer is one rule with a later end. */
function waysToWrite(text: string, loaded: LoadedManifest, rule: Grant) {
  const { assignments = [] } = loaded.manifest
  const added = assignments.toSpliced(ownRules(loaded), 0, rule)
  const isFirst = loaded.parts !== undefined && ownRules(loaded) === 0
  const row = sameUntilSomeTime(loaded, rule)
  const { until = '' } = rule
  return [
    ...(row === undefined
      ? []
      : [
          {
            next: withEnd(text, row, until),
            assignments: assignments.map((one, at) => (at === row ? { ...one, until } : one)),
          },
        ]),
    { next: withRule(text, rule), assignments: added },
    ...(isFirst ? [{ next: withFirstRule(text, rule), assignments: added }] : []),
  ]
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
