import type { ConfigDocument } from '../local/aws-config/document.ts'
import { type SsoProfile, ssoProfile, ssoProfileNames } from '../login/sso-profile.ts'
import { plainUrl } from '../model/portal.ts'
import { listed } from '../text/list.ts'
import type { Evidence } from './evidence.ts'
import { type Check, type Finding, type Fix, ok, problem, warn } from './finding.ts'
import { differences } from './profile-differences.ts'
import { writing } from './words.ts'

/** `~/.aws/config` can be read by the AWS CLI, holds what the manifest wants, and its profiles are whole. */
export const configFile: Check = {
  name: 'aws-config',
  title: 'AWS config',
  examine(evidence) {
    const { local, manifest } = evidence
    if (!local) return []
    const { path, document, refused } = local.config
    if (refused.length > 0)
      return refused.map(({ code, message, hint = 'correct that line', at }) =>
        problem(code, `${at ? `${at.file}:${at.line}: ` : ''}${message}`, hint),
      )
    const desired = Object.keys(manifest?.manifest.local?.profiles ?? {})
    if (!document)
      return desired.length === 0
        ? [ok('config-none', `${path} does not exist yet, and nothing needs it`)]
        : [
            warn(
              'config-missing',
              `${path} does not exist yet, and the manifest declares ${listed(desired, 5, 6)}`,
              written(evidence),
            ),
          ]
    const found = [
      ...missing(document, desired, evidence),
      ...differences(evidence, document),
      ...unsound(evidence, document),
    ]
    const names = ssoProfileNames(document)
    const good =
      names.length === 0
        ? 'no profile signs in through Identity Center'
        : `profiles that sign in through Identity Center: ${listed(names, 5, 6)}`
    return [ok('config-readable', `${path} is readable; ${good}`), ...found]
  },
}

function missing(document: ConfigDocument, desired: readonly string[], evidence: Evidence): readonly Finding[] {
  const absent = desired.filter((name) => !document.index.has(`profile/${name}`))
  return absent.length === 0
    ? []
    : [warn('profile-not-written', `not yet in ${document.file}: ${listed(absent, 5, 6)}`, written(evidence))]
}

function written(evidence: Evidence): Fix {
  return { text: 'write it', commands: [writing(evidence)] }
}

/** Sections the AWS CLI reads but cannot log in with, and such that are not what they seem. */
function unsound({ manifest }: Evidence, document: ConfigDocument): readonly Finding[] {
  const desired = manifest?.manifest.local?.profiles
  const found = ssoProfileNames(document).map((name) => [name, ssoProfile(document, name)] as const)
  const old = found.flatMap(([name, one]) => ('profile' in one && one.profile.session.legacy ? [name] : []))
  return [
    ...found.flatMap(([name]) => unsoundProfile(name, document, !desired || name in desired ? problem : warn)),
    ...(old.length === 0 ? [] : [legacy(old)]),
  ]
}

type Trouble = typeof problem

/** What keeps a profile from signing in, by its own section and that of its session. */
export function unsoundProfile(name: string, document: ConfigDocument, trouble: Trouble = problem): readonly Finding[] {
  const one = ssoProfile(document, name)
  if ('refusal' in one) return [trouble(one.refusal.code, one.refusal.message, one.refusal.hint ?? 'correct it')]
  return [...incomplete(one.profile, trouble), ...conflicting(one.profile, document, trouble)]
}

function incomplete({ name, account, role }: SsoProfile, trouble: Trouble): readonly Finding[] {
  const absent = [...(account ? [] : ['sso_account_id']), ...(role ? [] : ['sso_role_name'])]
  if (absent.length > 0)
    return [
      trouble('profile-incomplete', `profile ${name} has no ${absent.join(' and no ')}`, {
        text: 'declare it under local.profiles, then',
        commands: ['sso-reconcile apply --only local'],
      }),
    ]
  if (!role?.startsWith('AWSReservedSSO_')) return []
  return [
    trouble(
      'profile-role-name',
      `profile ${name} names the role ${role}`,
      `write the name of the permission set: sso_role_name = ${role.replace(/^AWSReservedSSO_|_[0-9a-f]{16}$/g, '')}`,
    ),
  ]
}

/** A start URL or region beside the session's: where they differ, the AWS CLI refuses the profile. */
function conflicting({ name, session }: SsoProfile, document: ConfigDocument, trouble: Trouble): readonly Finding[] {
  if (session.legacy) return []
  const options = document.index.get(`profile/${name}`)?.[0]?.options
  const pairs = [
    ['sso_start_url', session.startUrl],
    ['sso_region', session.region],
  ] as const
  return pairs.flatMap(([key, theirs]) => {
    const own = options?.get(key)?.value
    if (!own || !theirs || own === theirs) return []
    const same =
      key === 'sso_start_url' && plainUrl(own) === plainUrl(theirs) ? ' (the same portal, written differently)' : ''
    return [
      trouble(
        'profile-torn',
        `profile ${name} says ${key} ${own}, and its sso-session ${session.key} says ${theirs}${same}: the AWS CLI refuses that`,
        `remove ${key} from profile ${name}`,
      ),
    ]
  })
}

function legacy(names: readonly string[]): Finding {
  return warn(
    'profile-legacy',
    `without an sso-session: ${listed(names, 5, 6)}; such a login expires after 8 hours, cannot be renewed, and needs a code to copy`,
    {
      text: 'declare them under local.profiles with local.sso_session, then',
      commands: ['sso-reconcile apply --only local'],
    },
  )
}
