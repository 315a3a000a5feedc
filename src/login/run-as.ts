import { devNull } from 'node:os'
import type { Environment } from '../local/aws-config/paths.ts'
import { type Identity, signsIn, type Tool, tools } from '../local/identity/identity.ts'
import type { SettingsFile, Sources } from '../local/identity/settings.ts'
import { whoOn } from '../local/identity/who.ts'
import { decidedAt, identityWords, takenWords } from '../local/identity/words.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import { environmentFor, type PrivateHome } from './child-environment.ts'

/** What a command runs with, and what was left out for it; or why it would run as somebody else. */
export type Child = { readonly env: Environment; readonly left: readonly string[] } | { readonly refusal: Diagnostic }

/**
 * The environment in which every AWS tool is the profile and nobody else. What would win over it is left out: variables, and the credentials file
 * where a section of the same name stands there. Refused where `~/.aws/config` itself says two things at once. Pure.
 */
export function childAs(name: string, files: Sources, env: Environment, sandbox?: PrivateHome): Child {
  const { left, env: kept } = environmentFor(name, env, sandbox)
  const own = { left, env: { ...kept, ...placesIn(kept, files) } }
  const who = whoOn(files)
  if (isOne((tool) => who(tool, { env: own.env }))) return own
  const bare = { ...own.env, AWS_SHARED_CREDENTIALS_FILE: devNull }
  const alone = whoOn({ ...files, credentials: nothing })
  if (isOne((tool) => alone(tool, { env: bare })))
    return { env: bare, left: [...own.left, `${files.credentials.path} (it has a section [${name}])`] }
  return { refusal: stranger(name, (tool) => who(tool, { env: own.env, profile: name })) }
}

/** What is read in place of a credentials file that is left out. */
const nothing: SettingsFile = { path: devNull }

/** The files by their whole paths where variables name them: not every tool takes `~` and `$NAME` for what the AWS CLI does. */
function placesIn(env: Environment, { config, credentials }: Sources): Environment {
  return {
    ...(env.AWS_CONFIG_FILE ? { AWS_CONFIG_FILE: config.path } : {}),
    ...(env.AWS_SHARED_CREDENTIALS_FILE ? { AWS_SHARED_CREDENTIALS_FILE: credentials.path } : {}),
  }
}

/** Why a profile of `~/.aws/config` is not one that signs in through Identity Center, whatever keys of that it has; undefined where it is. */
export function strangerIn(name: string, files: Sources): Diagnostic | undefined {
  const who = whoOn({ ...files, credentials: nothing })
  const alone = (tool: Tool) => who(tool, { profile: name })
  return signsIn(alone('aws-cli')) ? undefined : stranger(name, alone)
}

/** Who a program of a family of tools is, as it would be run. */
type As = (tool: Tool) => Identity

/** True where all tools are the same one, and it signs in through Identity Center. */
function isOne(as: As): boolean {
  const [cli, sdk] = [as('aws-cli'), as('js-sdk')]
  if (!signsIn(cli)) return false
  // A program on the SDK has to ask for the code itself.
  if (cli.provider === 'assume-role' && cli.mfa) return true
  return identityWords(cli) === identityWords(sdk)
}

/** Code of what is said of a profile that some tool takes for somebody else. */
export const somebodyElse = 'profile-somebody-else'

function stranger(name: string, as: As): Diagnostic {
  // Where all sign in, they do so as different ones, and the SDK is the one that does not follow the section.
  const tool = tools.find((one) => !signsIn(as(one))) ?? 'js-sdk'
  const is = as(tool)
  const place = decidedAt(is)
  const rest = {
    hint: 'remove that line from the file; sso-reconcile apply does this for profiles in the manifest',
    ...(place ? { at: place } : {}),
  }
  const taken = takenWords(`profile ${name}`, is, [tool])
  if (is.provider === 'nobody') return error('profile-broken', taken, rest)
  return error(somebodyElse, `${taken}, not for a login through Identity Center`, rest)
}
