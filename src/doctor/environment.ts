import { headerWithoutWord, nearProfile } from '../login/near-profile.ts'
import { quoted } from '../text/quote.ts'
import type { Evidence, LocalEvidence } from './evidence.ts'
import { type Check, type Finding, type Fix, ok, problem, warn } from './finding.ts'
import { writing } from './words.ts'

/** AWS_PROFILE names a profile that exists, and everybody reads the same one. */
export const environment: Check = {
  name: 'environment',
  title: 'Shell',
  examine(evidence) {
    const { local, manifest, rehearsed } = evidence
    // A sandbox has a home of its own, of which no shell knows: what is set in this one is not looked at.
    if (!local || rehearsed) return []
    const { profile, defaultProfile } = local.env
    const desired = manifest?.manifest.local?.shell?.aws_profile
    return [
      ...noFile(local),
      ...names(local, evidence),
      ...conflict(profile, defaultProfile),
      ...unset(profile ?? defaultProfile, desired),
    ]
  },
}

/** An empty variable is none for the SDKs; the AWS CLI and boto3 read no file at all. */
function noFile({ env, config }: LocalEvidence): readonly Finding[] {
  if (!env.emptyConfigFile) return []
  return [
    problem(
      'config-file-empty',
      `AWS_CONFIG_FILE is set but empty: the AWS CLI and boto3 then read no config file and find no profile of ${config.path}`,
      { text: 'unset it in this shell', commands: ['unset AWS_CONFIG_FILE'] },
    ),
  ]
}

function names(local: LocalEvidence, evidence: Evidence): readonly Finding[] {
  const { profile, defaultProfile } = local.env
  const name = profile ?? defaultProfile
  if (!name) return []
  const variable = profile ? 'AWS_PROFILE' : 'AWS_DEFAULT_PROFILE'
  const known = profileNames(local)
  if (known.includes(name)) return [ok('profile-known', `${variable} is ${name}`)]
  const bare = headerWithoutWord(local.config.document, name)
  if (bare)
    return [
      problem(
        'profile-without-word',
        `${variable} is ${name}, and ${bare.file}:${bare.line} says [${name}], which AWS tools do not read as a profile`,
        `write [profile ${name}] on that line`,
      ),
    ]
  return [
    problem('profile-unknown', `${variable} is ${name}, but there is no such profile`, missing(name, known, evidence)),
  ]
}

function missing(name: string, known: readonly string[], evidence: Evidence): Fix {
  const isDesired = name in (evidence.manifest?.manifest.local?.profiles ?? {})
  const near = isDesired ? undefined : nearProfile(name, known)
  if (near) return { text: `if you mean ${near}`, commands: [`export AWS_PROFILE=${quoted(near)}`] }
  if (evidence.manifest && !isDesired)
    return {
      text: 'declare it under local.profiles and apply, or, for this shell only, run',
      commands: [`unset ${evidence.local?.env.profile ? 'AWS_PROFILE' : 'AWS_DEFAULT_PROFILE'}`],
    }
  return { text: 'write the profile, or unset the variable', commands: [writing(evidence)] }
}

function profileNames({ config, credentials }: LocalEvidence): readonly string[] {
  const own = config.document?.sections.filter(({ kind }) => kind === 'profile').map(({ name }) => name) ?? []
  return [...own, ...(credentials.document?.sections.map(({ header }) => header) ?? [])]
}

function conflict(profile: string | undefined, other: string | undefined): readonly Finding[] {
  if (!profile || !other || profile === other) return []
  return [
    warn(
      'profile-conflict',
      `AWS_DEFAULT_PROFILE is ${other} and AWS_PROFILE is ${profile}: the AWS CLI uses the first, the SDK for JavaScript the second`,
      { text: 'keep AWS_PROFILE only', commands: ['unset AWS_DEFAULT_PROFILE'] },
    ),
  ]
}

function unset(name: string | undefined, desired: string | undefined): readonly Finding[] {
  if (name || !desired) return []
  return [
    warn('profile-unset', `AWS_PROFILE is not set in this shell; the manifest sets it to ${desired}`, {
      text: 'run "sso-reconcile apply" and open a new shell, or, for this shell only, run',
      commands: [`export AWS_PROFILE=${quoted(desired)}`],
    }),
  ]
}
