import { type Identity, type Nobody, type Tool, tools } from '../../local/identity/identity.ts'
import { type Who, whoOn } from '../../local/identity/who.ts'
import { decidedAt, does, identityWords, takenWords, toolWords } from '../../local/identity/words.ts'
import { type Address, nameOf } from '../../model/address.ts'
import { type Diagnostic, error, warning } from '../../model/diagnostic.ts'
import { grouped } from '../../model/grouped.ts'
import type { SectionSpec } from '../../model/specs.ts'
import { listed } from '../../text/list.ts'
import type { Proof } from '../notes.ts'
import { otherEndpoints } from './endpoints.ts'
import { sourceProblems } from './sources.ts'

/** A desired profile that is somebody else for some tools. */
interface Contradiction {
  readonly at: Address
  readonly spec: SectionSpec
  readonly tools: readonly Tool[]
  readonly is: Identity
}

/**
 * Whether each desired profile is who the manifest says, for every tool, in the files as they will be. The keys written are no proof: other lines of the
 * section, and the section of the same name in the credentials file, decide as well.
 */
export const proof: Proof = (context) => {
  const {
    desired,
    file,
    beside: [credentials],
    isSettled,
    manifest,
  } = context
  const config = file('aws-config')
  // A profile without a source is nobody, which is told with its source.
  const sourceless = new Set(sourceProblems(context).flatMap(({ unmet }) => unmet ?? []))
  const settled = [...desired.profile].filter(([at]) => isSettled(at) && !sourceless.has(at))
  const [first] = settled
  if (!config || !credentials || !first) return []
  if (credentials.refused) return [unread(credentials.path, first[0])]
  const sources = { config, credentials }
  const who = whoOn(sources)
  const found = settled.flatMap(([at, { spec }]) => contradictions(at, spec, who))
  return [...byCause(found).map((group) => told(group, manifest.file)), ...otherEndpoints(settled, sources)]
}

function contradictions(at: Address, spec: SectionSpec, who: Who): readonly Contradiction[] {
  const wrong = tools.flatMap((tool) => {
    const is = who(tool, { profile: nameOf(at) })
    return agrees(is, spec, tool) ? [] : [{ at, spec, tools: [tool], is }]
  })
  const [cli, sdk] = wrong
  return cli && sdk && cause(cli.is) === cause(sdk.is) ? [{ ...cli, tools }] : wrong
}

/** True where an identity is what the manifest asks for. */
function agrees(is: Identity, { role_arn, source_profile, mfa_serial, ...spec }: SectionSpec, tool: Tool): boolean {
  if (role_arn) {
    // Nothing is wrong with a profile that asks for a code, which this SDK leaves to the program.
    if (mfa_serial && tool === 'js-sdk') return true
    return is.provider === 'assume-role' && is.roleArn === role_arn && is.sourceProfile === source_profile
  }
  return (
    is.provider === 'sso' &&
    is.account === spec.sso_account_id &&
    is.role === spec.sso_role_name &&
    (!spec.sso_session || is.session === spec.sso_session)
  )
}

function cause(is: Identity): string {
  const at = decidedAt(is)
  return `${identityWords(is)} ${at?.file}:${at?.line}`
}

/** What has one cause is said once. */
function byCause(found: readonly Contradiction[]): readonly (readonly Contradiction[])[] {
  return [...grouped(found.map((one) => [`${one.tools.join()} ${cause(one.is)}`, one])).values()]
}

function told(group: readonly Contradiction[], manifest: string): Diagnostic {
  const [{ at: address, spec, tools: which, is }] = group as readonly [Contradiction]
  const names = group.map((one) => nameOf(one.at))
  const what = `profile${names.length > 1 ? 's' : ''} ${listed(names, 5)}`
  const meant = group.length > 1 ? `what ${manifest} says` : meantBy(spec)
  const message = messageOf(is, which, { what, many: names.length > 1, meant })
  const isOtherSource = is.provider === 'assume-role' && is.roleArn === spec.role_arn
  const place = isOtherSource ? is.sourceAt : decidedAt(is)
  const { code, hint, isFatal } = verdict(is, which)
  return (isFatal ? error : warning)(code, message, { hint, unmet: address, ...(place ? { at: place } : {}) })
}

function messageOf(
  is: Identity,
  which: readonly Tool[],
  { what, many, meant }: { readonly what: string; readonly many: boolean; readonly meant: string },
): string {
  if (is.provider === 'keys' && is.at)
    return `${what} ${many ? 'have' : 'has'} access keys here, which ${toolWords(which)} ${does(which, 'use')} instead of the login`
  const taken = takenWords(what, is, which)
  return is.provider === 'nobody' ? taken : `${taken}, not to ${meant}`
}

function meantBy({ role_arn, source_profile, sso_role_name, sso_account_id }: SectionSpec): string {
  return role_arn ? `the role ${role_arn} through profile ${source_profile}` : `${sso_role_name} in ${sso_account_id}`
}

interface Verdict {
  readonly code: string
  readonly hint: string
  readonly isFatal: boolean
}

/** Access keys may be all a person has until the login works, and a file nobody can read shows nobody else; any other stranger stops the plan. */
function verdict(is: Identity, which: readonly Tool[]): Verdict {
  const isCli = which.includes('aws-cli')
  if (is.provider === 'keys' && !isCli)
    return {
      code: 'keys-shadow-profile',
      hint: 'once the login works, deactivate and delete the keys in IAM, then delete these lines',
      isFatal: false,
    }
  if (is.provider === 'nobody')
    return {
      code: 'profile-broken',
      hint: brokenHint(is, isCli),
      isFatal: isCli && is.because !== 'unreadable',
    }
  return {
    code: 'profile-somebody-else',
    hint: 'remove the line that causes this from the file, or the profile from the manifest; --only cloud skips this machine',
    isFatal: true,
  }
}

function brokenHint({ because }: Nobody, isCli: boolean): string {
  if (because === 'unreadable')
    return 'correct that line; until then the AWS CLI stops with "Unable to parse config file"'
  // What the AWS CLI can read must not be taken out.
  if (because === 'login' && !isCli)
    return 'this SDK reads [profile NAME] and [sso-session NAME] with one space, and keys in lower case before =; write them so'
  return 'remove that line from the file; every AWS tool reads [profile NAME] and lines key = value'
}

function unread(path: string, unmet: Address): Diagnostic {
  return warning(
    'profile-unproven',
    `${path} could not be read, so it is unknown whether keys or a role there override the profiles`,
    { hint: 'make the file readable, then run plan again', unmet },
  )
}
