import { type ApplicationAccess, applicationAccessOf, applicationsFor } from '../access/application-rows.ts'
import { type AccessFilter, filtered, knownWords, unknownWords } from '../access/filter.ts'
import { entitlementsFor, type RoleEntitlements, roleEntitlementsOf } from '../access/role-entitlements.ts'
import { type RolesRead, withRoles } from '../access/roles.ts'
import { type Access, accessOf } from '../access/rows.ts'
import { seenTags } from '../access/session-tags.ts'
import { seenSettings } from '../access/settings.ts'
import { type TokenIssuers, tokenIssuersOf } from '../access/token-issuers.ts'
import type { AwsClock } from '../aws/clock.ts'
import { readEntitlements } from '../aws/entitlements.ts'
import { readFacts } from '../aws/facts.ts'
import type { Reader } from '../aws/port.ts'
import type { ReadContext } from '../kinds/contexts.ts'
import type { Scope } from '../kinds/scope.ts'
import { applicationScope, wholeScope } from '../kinds/scopes.ts'
import { orphansUnread } from '../kinds/shared/orphans.ts'
import { emptyState, observeCloud } from '../kinds/states.ts'
import { managedPolicyTexts } from '../local/policy-texts.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Entitlements } from '../model/entitlements.ts'
import type { Account } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import type { NotChecked } from '../report/access/words.ts'
import { clockNotes } from '../session/clock.ts'
import { notCheckedBy } from './not-checked.ts'
import { readRoles } from './roles.ts'

/** Who can do what where, with what was not looked at, and what is to be said about the filter. */
export interface AccessSeen {
  readonly seen: Access
  /** Absent where the report is not about applications. */
  readonly applications?: ApplicationAccess
  /** Absent where the report is not about everything. */
  readonly issuers?: TokenIssuers
  /** Absent where the report is not about roles in accounts. */
  readonly entitlements?: RoleEntitlements
  readonly notChecked: NotChecked
  readonly diagnostics: readonly Diagnostic[]
}

/** What a report about access is about: accounts, applications, or both. */
export interface About {
  readonly accounts: boolean
  readonly applications: boolean
  /** What sessions carry as tags. */
  readonly tags: boolean
  /** The roles behind permission sets. */
  readonly arns: boolean
}

/** Everything that access follows from, as it was read. */
export interface AccessLook {
  readonly view: ReadContext
  readonly state: State
  /** As it was given. */
  readonly asked: AccessFilter
  /** With the ids of accounts in the place of their names. */
  readonly filter: AccessFilter
  readonly notChecked: NotChecked
  readonly about: About
  /** What account access manager gives; absent where the report is not about that. */
  readonly entitlements?: Entitlements
  /** The roles in the caller's account; absent where nobody asked, or the report is about other accounts. */
  readonly roles?: RolesRead
}

/** Reads everything that access follows from. */
export async function lookAtAccess(
  reader: Reader,
  manifest: LoadedManifest,
  clock: Pick<AwsClock, 'now' | 'told'>,
  asked: AccessFilter,
  { thorough, remark, ...about }: About & Pick<ReadContext, 'remark'> & { readonly thorough: boolean },
): Promise<AccessLook> {
  const facts = await readFacts(reader, nicknamesOnly(manifest), clock)
  // Several accounts may share a name, and then the name means all of them.
  const ids =
    asked.accounts && facts.accounts.filter((one) => names(one).some(among(asked.accounts))).map(({ id }) => id)
  const view: ReadContext = {
    reader,
    facts,
    manifest,
    desired: emptyState(),
    scope: scopeOf(about, ids, thorough),
    ...(remark ? { remark } : {}),
  }
  const isAboutRoles = about.accounts && asked.sets === undefined
  const [found, unlooked, texts, roles, entitlements] = await Promise.all([
    observeCloud(view),
    about.applications ? undefined : notCheckedBy(reader, facts.instance.arn),
    managedPolicyTexts(),
    about.arns ? readRoles(reader, facts, ids) : undefined,
    isAboutRoles ? readEntitlements(reader, facts) : undefined,
  ])
  const filter = ids ? { ...asked, accounts: ids } : asked
  return {
    view,
    state: { ...found, texts },
    asked,
    filter,
    notChecked: unlooked ?? unreadOf(found),
    about,
    ...(roles ? { roles } : {}),
    ...(entitlements ? { entitlements } : {}),
  }
}

function scopeOf(
  { accounts, applications, tags }: About,
  ids: readonly string[] | undefined,
  thorough: boolean,
): Scope {
  if (!accounts) return applicationScope()
  return wholeScope('rights', { accounts: ids, thorough, tags, applications: applications ? 'all' : 'none' })
}

/** Where applications were looked at, only those that AWS did not let the caller read are left. */
function unreadOf({ application, covers: { applications, applicationsRefused } }: State): NotChecked {
  if (applications === 'all') return { applications: 0 }
  const isListed = application.size > 0 || applicationsRefused === undefined
  return { applications: isListed ? application.size - applications.size : undefined }
}

/** Who can do what where, as far as the filter asks. Pure. */
export function accessSeen(look: AccessLook): AccessSeen {
  const { view, state, asked, filter, notChecked, about, roles, entitlements } = look
  const { facts, manifest } = view
  const everything = accessOf(state, facts)
  const seen = filtered(everything, filter)
  const named = withRoles(seen, roles, facts)
  const signingIn = seen.rows.filter(({ orphan, disabled }) => !orphan && !disabled)
  return {
    seen: about.tags
      ? {
          ...named,
          ...(seen.narrowed ? {} : { settings: seenSettings(state, everything.rows, facts) }),
          tags: seenTags(state, new Set(signingIn.map(({ user }) => user))),
        }
      : named,
    ...(about.applications ? { applications: applicationsFor(applicationAccessOf(state), filter.users) } : {}),
    ...(about.accounts && about.applications && about.tags ? { issuers: tokenIssuersOf(state) } : {}),
    ...(entitlements ? { entitlements: entitlementsFor(roleEntitlementsOf(entitlements, state, facts), filter) } : {}),
    notChecked: { ...notChecked, ...(entitlements ? unreadEntitlements(entitlements) : {}) },
    diagnostics: [
      ...unknownWords(asked, knownWords(state, everything, facts)),
      ...orphansUnread(state),
      ...clockNotes(facts.time, Object.keys(manifest.manifest.revoked ?? {}).length > 0),
    ],
  }
}

function unreadEntitlements({ unread }: Entitlements): Pick<NotChecked, 'entitlements'> {
  return { entitlements: unread === undefined ? 0 : { unread } }
}

// Rules that select accounts by unit or tag would cost calls whose answers nobody looks at here.
function nicknamesOnly(loaded: LoadedManifest): LoadedManifest {
  return { ...loaded, manifest: { ...loaded.manifest, assignments: [] } }
}

function names({ id, label, name }: Account): readonly string[] {
  return [id, label, name]
}

function among(words: readonly string[] = []): (word: string) => boolean {
  return (word) => words.includes(word)
}
