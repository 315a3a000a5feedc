import { devNull } from 'node:os'
import type { Environment } from '../local/aws-config/paths.ts'
import { type Identity, tools } from '../local/identity/identity.ts'
import type { Sources } from '../local/identity/settings.ts'
import { type Who, whoOn } from '../local/identity/who.ts'
import { decidedAt, identityWords, takenWords } from '../local/identity/words.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import { environmentFor, type PrivateHome } from './child-environment.ts'

/** The two files that say who a profile is. */
export type ProfileFiles = Pick<Sources, 'config' | 'credentials'>

/** What a command runs with, and what was left out for it; or why it would run as somebody else. */
export type Child = { readonly env: Environment; readonly left: readonly string[] } | { readonly refusal: Diagnostic }

/**
 * The environment in which every AWS tool is the profile and nobody else. What would win over it is left out: variables, and the credentials file
 * where a section of the same name stands there. Refused where `~/.aws/config` itself says two things at once. Pure.
 */
export function childAs(name: string, files: ProfileFiles, env: Environment, sandbox?: PrivateHome): Child {
  const { left, env: kept } = environmentFor(name, env, sandbox)
  const own = { left, env: { ...kept, ...placesIn(kept, files) } }
  const as = whoOn({ ...files, env: own.env })
  if (isOne(as)) return own
  const bare = { ...own.env, AWS_SHARED_CREDENTIALS_FILE: devNull }
  const without = { ...files, credentials: { file: devNull, text: undefined } }
  if (isOne(whoOn({ ...without, env: bare })))
    return { env: bare, left: [...own.left, `${files.credentials.file} (it has a section [${name}])`] }
  return { refusal: stranger(name, as) }
}

/** The files by their whole paths where variables name them: not every tool takes `~` and `$NAME` for what the AWS CLI does. */
function placesIn(env: Environment, { config, credentials }: ProfileFiles): Environment {
  return {
    ...(env.AWS_CONFIG_FILE ? { AWS_CONFIG_FILE: config.file } : {}),
    ...(env.AWS_SHARED_CREDENTIALS_FILE ? { AWS_SHARED_CREDENTIALS_FILE: credentials.file } : {}),
  }
}

/** Why a profile of `~/.aws/config` is not one that signs in through Identity Center, whatever keys of that it has; undefined where it is. */
export function strangerIn(name: string, files: ProfileFiles): Diagnostic | undefined {
  const without = { ...files, credentials: { file: devNull, text: undefined } }
  const alone = whoOn({ ...without, env: {} })
  return isSignIn(alone('aws-cli', { profile: name })) ? undefined : stranger(name, alone)
}

/** True where all tools are the same one, and it signs in through Identity Center. */
function isOne(as: Who): boolean {
  const [cli, sdk] = [as('aws-cli'), as('js-sdk')]
  if (!isSignIn(cli)) return false
  // A program on the SDK has to ask for the code itself.
  if (cli.provider === 'assume-role' && cli.mfa) return true
  return identityWords(cli) === identityWords(sdk)
}

function isSignIn(identity: Identity): boolean {
  if (identity.provider === 'assume-role') return isSignIn(identity.source)
  return identity.provider === 'sso'
}

/** Code of what is said of a profile that some tool takes for somebody else. */
export const somebodyElse = 'profile-somebody-else'

function stranger(name: string, as: Who): Diagnostic {
  const seen = tools.map((tool) => ({ tool, is: as(tool, { profile: name }) }))
  const { tool, is } = seen.find((one) => !isSignIn(one.is)) ?? {
    tool: 'js-sdk' as const,
    is: as('js-sdk', { profile: name }),
  }
  const place = decidedAt(is)
  const rest = {
    hint: 'take the line that makes it so out of the file; sso-reconcile apply does that for a profile of the manifest',
    ...(place ? { at: place } : {}),
  }
  const taken = takenWords(`profile ${name}`, is, [tool])
  if (is.provider === 'nobody') return error('profile-broken', taken, rest)
  return error(somebodyElse, `${taken}, not for a login through Identity Center`, rest)
}
