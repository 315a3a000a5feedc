import { type Tool, tools } from '../../local/identity/identity.ts'
import { whoOn } from '../../local/identity/who.ts'
import { does, identityWords, toolWords } from '../../local/identity/words.ts'
import { address } from '../../model/address.ts'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import type { Notes, NotesContext } from '../notes.ts'
import { conflictingProfiles } from './conflicting.ts'
import { sourceProblems } from './sources.ts'

/** What of this machine would win over the desired profiles, or keeps others from working. */
export const notes: Notes = (context) => {
  const config = context.file('aws-config')
  if (!config) return []
  return [
    ...noFile(context, config.path),
    ...environment(context),
    ...conflictingProfiles(context.desired, context.live, config.path),
    ...sourceProblems(context),
  ]
}

/** An empty variable is none for the SDKs, and for us; the AWS CLI and boto3 read no file at all. */
function noFile({ env, desired }: NotesContext, path: string): readonly Diagnostic[] {
  if (env.AWS_CONFIG_FILE !== '' || desired.profile.size === 0) return []
  return [
    warning(
      'config-file-empty',
      `AWS_CONFIG_FILE is set to an empty value in the environment: the AWS CLI and boto3 then read no config file and see no profile of ${path}`,
      { hint: 'remove it from the environment: unset AWS_CONFIG_FILE' },
    ),
  ]
}

/** Variables that win over the profile which new shells are to use, in the environment of this very run. */
function environment({ manifest, desired, env, file, beside: [credentials] }: NotesContext): readonly Diagnostic[] {
  const exported = manifest.manifest.local?.shell?.aws_profile
  const name = exported ?? (desired.profile.has(address('profile', 'default')) ? 'default' : undefined)
  const config = file('aws-config')
  if (name === undefined || !config || !credentials) return []
  const who = whoOn({ config, credentials })
  const own = exported === undefined ? {} : { AWS_PROFILE: exported }
  const as = (without: readonly string[]) => {
    const rest = Object.fromEntries(Object.entries(env).filter(([one]) => !without.includes(one)))
    return (tool: Tool) => identityWords(who(tool, { env: { ...rest, ...own } }))
  }
  return variables.flatMap((group): readonly Diagnostic[] => {
    const [here, alone] = [as([]), as(group)]
    const winning = tools.filter((tool) => here(tool) !== alone(tool))
    return winning.length === 0 ? [] : [shadowed(group, winning, exported)]
  })
}

/** Variables that say together who one is. */
const variables = [
  ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'],
  ['AWS_DEFAULT_PROFILE'],
] as const

function shadowed(
  [first, ...rest]: readonly string[],
  winning: readonly Tool[],
  exported: string | undefined,
): Diagnostic {
  const relied = exported === undefined ? 'profile default' : `AWS_PROFILE=${exported}`
  const uses = does(winning, 'use')
  return warning(
    'keys-shadow-environment',
    `${first} is set in the environment; without --profile ${toolWords(winning)} ${uses} it instead of ${relied}`,
    { hint: `remove it from the environment once the login works: unset ${[first, ...rest].join(' ')}` },
  )
}
