import { explain } from '../../doctor/newcomer-errors.ts'
import { type AwsCli, awsCliVersion, type Ending, type NotStarted, runAwsCli } from '../../local/identity/aws-cli.ts'
import { type Diagnostic, error, Refusal } from '../../model/diagnostic.ts'
import { loginWords, unfit } from '../aws-words.ts'
import type { SsoProfile } from '../sso-profile.ts'
import { around } from './around.ts'
import type { LoginContext } from './context.ts'
import { ownLogin } from './own-login.ts'

/** Who logged in, and how that ended. */
export interface Asked {
  readonly code: number
  readonly by: string
}

/** Asks a person to sign in: through the AWS CLI where one is fit for it, else without it. Throws a Refusal when it does not come about. */
export async function askForLogin(context: LoginContext, name: string, profile: SsoProfile): Promise<Asked> {
  const { options, runtime, route, say } = context
  const { session } = profile
  const cli = options.withoutCli ? undefined : await awsCliVersion(runtime.env)
  const endpoint = Boolean(route.sandbox ?? runtime.env.AWS_ENDPOINT_URL)
  const trouble = cli && unfit(cli, { ...session, endpoint })
  if (cli && !trouble) return throughCli(context, name, profile, cli)
  say(`${name}: signing in without the AWS CLI${trouble ? `: ${trouble.why}` : ' (--without-cli)'}`)
  const { startUrl = '', region = '' } = session
  await ownLogin(context, name, { ...session, startUrl, region })
  return { code: 0, by: 'the sign-in' }
}

async function throughCli(context: LoginContext, name: string, profile: SsoProfile, cli: AwsCli): Promise<Asked> {
  const { options, runtime, say } = context
  say(
    `${name}: logging in with the AWS CLI; the page that opens asks to allow botocore-client-…, which is the AWS CLI on this machine`,
  )
  const words = loginWords(profile.name, profile.session, cli, options)
  const ended = await runAwsCli(words, around(context, profile.name), runtime.err)
  if ('stderr' in ended && (ended.code === 0 || ended.interrupted)) return { code: ended.code, by: 'the AWS CLI' }
  throw new Refusal(failed(words, ended))
}

function failed(words: readonly string[], ended: Ending | NotStarted): Diagnostic {
  const known = 'stderr' in ended ? explain(ended.stderr) : undefined
  const usual =
    'the message of the AWS CLI above says why; to sign in without it add --without-cli; sso-reconcile doctor looks for the usual causes'
  return error(
    `login-${known?.code ?? 'failed'}`,
    `aws ${words.join(' ')} failed${known ? `: ${known.meaning}` : ` (${ended.code})`}`,
    { hint: known?.next ?? usual },
  )
}
