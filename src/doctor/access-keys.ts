import type { ConfigSection } from '../local/aws-config/document.ts'
import { isIamKey, isTemporaryKey } from '../local/identity/access-key.ts'
import { awsFlag, trailing } from '../text/quote.ts'
import type { Evidence, LocalEvidence } from './evidence.ts'
import { type Check, type Finding, type Fix, ok, problem, warn } from './finding.ts'
import { usualProfile } from './words.ts'

/** Long-lived keys left on this machine, which shadow the login and can be stolen. Keys are found by name; values are never looked at. */
export const accessKeys: Check = {
  name: 'access-keys',
  title: 'Access keys',
  examine(evidence) {
    const { local } = evidence
    if (!local) return []
    const unreadable = local.credentials.refused.map(({ message, hint = 'correct that line' }) =>
      problem('credentials-unreadable', message, hint),
    )
    const found = [...inEnvironment(evidence, local), ...holders(local).map((one) => inFile(one, evidence))]
    if (unreadable.length + found.length > 0) return [...unreadable, ...found]
    return [ok('keys-none', 'no access keys in the environment or in the files of the AWS CLI')]
  },
}

/** A section that holds keys. */
interface Holder {
  readonly name: string
  readonly path: string
  readonly temporary: boolean
  /** True for keys of another service, such as a store that speaks S3 or a stand-in for AWS. */
  readonly foreign: boolean
  /** True when a profile of the same name signs in through Identity Center. */
  readonly shadows: boolean
}

function holders({ config, credentials, logins }: LocalEvidence): readonly Holder[] {
  const sso = logins.flatMap(({ profiles }) => profiles)
  const holding = (one: ConfigSection) => idOf(one) !== ''
  const rows = [
    ...(credentials.document?.sections ?? []).map((one) => ({ one, name: one.header, path: credentials.path })),
    ...(config.document?.sections ?? [])
      .filter(({ kind }) => kind === 'profile')
      .map((one) => ({ one, name: one.name, path: config.path })),
  ]
  return rows
    .filter(({ one }) => holding(one))
    .map(({ one, name, path }) => ({
      name,
      path,
      temporary: one.options.has('aws_session_token') || isTemporaryKey(idOf(one)),
      foreign: one.options.has('endpoint_url') || !isIamKey(idOf(one)),
      shadows: sso.includes(name),
    }))
}

/** Only the shape of a key's id is looked at. */
function idOf({ options }: ConfigSection): string {
  return options.get('aws_access_key_id')?.value ?? ''
}

function inFile(holder: Holder, evidence: Evidence): Finding {
  const { name, path, temporary, foreign, shadows } = holder
  if (foreign) return ofAnother(holder)
  const what = `${temporary ? 'temporary' : 'long-lived'} keys for profile ${name} in ${path}`
  const section = `the keys of [${name}] in ${path}`
  const fix = temporary
    ? { text: `delete ${section}` }
    : retirement(`"$(aws configure get aws_access_key_id${trailing(awsFlag('--profile', name))})"`, section, evidence)
  if (shadows)
    return problem(
      'keys-shadow',
      `${what}, and the same profile signs in through Identity Center: the AWS CLI then uses the login, but the SDK for JavaScript uses the keys`,
      fix,
    )
  const whose = name === 'default' ? '; every tool that runs without a profile uses them' : ''
  return warn('keys-left', `${what}${whose}`, fix)
}

/** What is no key of AWS is nobody's to deactivate, and can win over a login all the same. */
function ofAnother({ name, path, shadows }: Holder): Finding {
  const what = `the keys for profile ${name} in ${path} are not IAM keys`
  if (!shadows) return ok('keys-elsewhere', `${what}; they are left alone`)
  return problem(
    'keys-shadow',
    `${what}, and the same profile signs in through Identity Center: the AWS CLI then uses the login, but the SDK for JavaScript uses the keys`,
    `give one of the two another name: the keys of [${name}] in ${path}, or the profile`,
  )
}

function inEnvironment(evidence: Evidence, { env }: LocalEvidence): readonly Finding[] {
  if (!env.keys) return []
  const wins = env.profile
    ? `AWS_PROFILE is set too: the AWS CLI uses the keys unless --profile is given, the SDK for JavaScript uses the profile ${env.profile}`
    : 'the AWS CLI uses them instead of any profile unless --profile is given, and so do the SDKs'
  const unset = 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN'
  const fix =
    env.temporary || env.foreign
      ? { text: 'to use the login instead, unset them in this shell', commands: [unset] }
      : retirement(
          '"$AWS_ACCESS_KEY_ID"',
          'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY where your shell sets them',
          evidence,
        )
  return [
    warn(
      'keys-in-environment',
      `${env.foreign ? 'keys that are not IAM keys' : 'access keys'} are in the environment (AWS_ACCESS_KEY_ID); ${wins}`,
      fix,
    ),
  ]
}

/** Two steps: deactivate, which can be undone, and after a week in which nobody missed the key, delete. */
function retirement(key: string, place: string, evidence: Evidence): Fix {
  const profile = usualProfile(evidence) ?? evidence.local?.logins.flatMap(({ profiles }) => profiles)[0]
  // A key that still is the only way in must stay.
  const works = (evidence.local?.proofs ?? []).some(({ proof }) => proof.result === 'proven')
  if (!profile || !works)
    return { text: `once "sso-reconcile login" works, deactivate the key, and delete it after a week without use` }
  const which = `--access-key-id ${key}${trailing(awsFlag('--profile', profile))}`
  return {
    text: `the first command shows whose key it is (USER) and when it was last used; deactivate it now with the second (--status Active undoes that); after a week without use delete it with the third, then delete ${place}`,
    commands: [
      `aws iam get-access-key-last-used ${which}`,
      `aws iam update-access-key --status Inactive --user-name USER ${which}`,
      `aws iam delete-access-key --user-name USER ${which}`,
    ],
  }
}
