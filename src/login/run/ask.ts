import { explain } from '../../doctor/newcomer-errors.ts'
import { type AwsCli, awsCliVersion, type Ending, type NotStarted, runAwsCli } from '../../local/identity/aws-cli.ts'
import { placeHere } from '../../local/identity/place.ts'
import { type Diagnostic, error, Refusal } from '../../model/diagnostic.ts'
import { isPipeline } from '../../session/pipeline.ts'
import { loginWords, opensBrowser, unfit } from '../aws-words.ts'
import { flowFor } from '../flow.ts'
import type { SsoProfile } from '../sso-profile.ts'
import { around } from './around.ts'
import type { LoginContext } from './context.ts'
import { ownLogin } from './own-login.ts'

/** Variables that name another address than AWS's own for a login. */
const addresses = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_SSO_OIDC', 'AWS_ENDPOINT_URL_SSO']

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
  const endpoint = route.sandbox !== undefined || addresses.some((variable) => runtime.env[variable])
  const trouble = cli && unfit(cli, { ...session, endpoint })
  if (cli && !trouble) return throughCli(context, name, profile, cli)
  if (isUnattended(context)) throw new Refusal(nobodyThere(name, trouble?.why))
  say(`${name}: signing in without the AWS CLI${trouble ? `: ${trouble.why}` : ' (--without-cli)'}`)
  const { startUrl = '', region = '' } = session
  await ownLogin(context, name, { ...session, startUrl, region })
  return { code: 0, by: 'the sign-in' }
}

// A pipeline would wait for somebody until its time is over; who asks for a way to sign in by name means to be there.
function isUnattended({ options, runtime }: LoginContext): boolean {
  const { deviceCode, useBrowser, noBrowser } = options
  return isPipeline(runtime.env) && !runtime.terminal.interactive && !(deviceCode || useBrowser || noBrowser)
}

function nobodyThere(name: string, why: string | undefined): Diagnostic {
  const cli = why === undefined ? '' : `, and ${why}`
  return error('login-unattended', `${name}: signing in needs a person, but CI is set${cli}`, {
    hint: 'in a pipeline, assume a role through OIDC or use another source of credentials instead of an IAM Identity Center profile; if you are watching the log, add --use-device-code',
  })
}

async function throughCli(context: LoginContext, name: string, profile: SsoProfile, cli: AwsCli): Promise<Asked> {
  const { options, runtime, say } = context
  say(
    `${name}: logging in with the AWS CLI; the page that opens asks to allow botocore-client-…, which is the AWS CLI on this machine`,
  )
  const words = loginWords(profile.name, profile.session, cli, options)
  const { because } = flowFor(
    { ...options, useBrowser: false },
    profile.session,
    await placeHere(runtime.env),
    runtime.env,
  )
  if (because && opensBrowser(cli))
    say(`${name}: ${because}; if the sign-in page does not return here, press Ctrl-C and add --use-device-code`)
  const ended = await runAwsCli(words, around(context, profile.alone ? undefined : profile.name), runtime.passOn)
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
