import { explain } from '../../doctor/newcomer-errors.ts'
import { parseConfig } from '../../local/aws-config/document.ts'
import { awsConfigPath, credentialsPath } from '../../local/aws-config/paths.ts'
import { readTextFile } from '../../local/files/file.ts'
import { awsCliVersion, type Ending, type NotStarted, runAwsCli, runProgram } from '../../local/identity/aws-cli.ts'
import { readAccessToken, readToken, type TokenRead } from '../../local/identity/token-cache.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import type { Connection } from '../../session/connection.ts'
import type { Runtime } from '../../session/runtime.ts'
import { loginWords, unfit } from '../aws-words.ts'
import { environmentFor, type PrivateHome } from '../child-environment.ts'
import { isUsable, standing, whyLogIn } from '../need.ts'
import { childAs, type ProfileFiles, somebodyElse, strangerIn } from '../run-as.ts'
import { type SsoProfile, ssoProfile } from '../sso-profile.ts'
import type { LoginOptions } from './options.ts'

/** Where a login happens. */
export interface LoginContext extends Connection {
  readonly runtime: Runtime
  readonly options: LoginOptions
  say(text: string): void
}

/** The desk of a command. */
export function loginContext(runtime: Runtime, options: LoginOptions, reach: Connection): LoginContext {
  const say = (text: string) => {
    if (!options.quiet) runtime.err(`${text}\n`)
  }
  return { ...reach, runtime, options, say }
}

/** The profile as `~/.aws/config` has it. Throws a Refusal when it cannot log in, or is somebody else whatever it says of a login. */
export async function profileAt(context: LoginContext, name: string): Promise<SsoProfile> {
  const files = await profileFiles(context)
  const document = parseConfig(files.config.text ?? '', files.config.file)
  const isSso = document.index.get(`profile/${name}`)?.some(({ options }) => options.has('sso_account_id'))
  const stranger = isSso ? strangerIn(name, files) : undefined
  if (stranger?.code === somebodyElse) throw new Refusal(stranger)
  const found = ssoProfile(document, name)
  if ('refusal' in found) throw new Refusal(found.refusal)
  if (stranger) throw new Refusal(stranger)
  return found.profile
}

async function profileFiles({ env, home }: LoginContext): Promise<ProfileFiles> {
  const [config, credentials] = await Promise.all(
    [awsConfigPath, credentialsPath].map(async (pathOf) => {
      const file = pathOf(env, home)
      return { file, text: (await readTextFile(file)).text }
    }),
  )
  const none = { file: '', text: undefined }
  return { config: config ?? none, credentials: credentials ?? none }
}

/** Logs in unless the cached login works. Throws a Refusal when that is not possible. */
export async function logIn(
  context: LoginContext,
  name: string,
  profile: SsoProfile,
): Promise<{ readonly code: number; readonly token: TokenRead }> {
  const { runtime, options, home } = context
  const { session } = profile
  const found = await readToken(home, session.key)
  const { token, renewed } = options.force ? { token: found, renewed: false } : await refreshed(context, profile, found)
  const good = isUsable(token, runtime.clock.now()) && !options.force
  const refused = good && (await isRefused(context, profile, token))
  if (good && !refused) return { code: 0, token }
  const now = runtime.clock.now()
  context.say(`${name}: ${whyLogIn({ session, token, now, forced: options.force, renewed, refused })}`)
  const code = await askForLogin(context, name, profile)
  const after = await readToken(home, session.key)
  if (code === 0 && !isUsable(after, runtime.clock.now()))
    throw new Refusal(
      error('login-without-token', `the AWS CLI ended well, but left no usable login for ${session.key}`, {
        hint: 'check that sso_start_url and sso_region belong together: sso-reconcile doctor',
      }),
    )
  return { code, token: after }
}

// The SDK renews the cache of the person's own home only, so the sandbox has to do with a new login.
async function refreshed({ runtime, home, route, say }: LoginContext, { name, session }: SsoProfile, token: TokenRead) {
  if (standing(token, runtime.clock.now()) !== 'stale' || session.legacy || route.sandbox)
    return { token, renewed: false }
  const { renewToken } = await import('../../aws/renew.ts')
  await renewToken(name)
  const now = await readToken(home, session.key)
  if (standing(now, runtime.clock.now()) === 'good')
    say(`${name}: the access token (clock 2 of 3) ran out and was renewed without a browser`)
  return { token: now, renewed: true }
}

async function isRefused({ home, route }: LoginContext, { session }: SsoProfile, token: TokenRead): Promise<boolean> {
  const region = session.region ?? (typeof token === 'object' ? token.region : undefined)
  const accessToken = await readAccessToken(home, session.key)
  if (!accessToken || !region) return true
  const { takesToken } = await import('../../aws/portal.ts')
  const endpoint = route.sandbox ? { endpoint: route.sandbox.url } : {}
  return (await takesToken({ region, accessToken, ...endpoint })) === false
}

async function askForLogin(context: LoginContext, name: string, { name: own, session }: SsoProfile): Promise<number> {
  const { runtime, options, say } = context
  const cli = await awsCliVersion(runtime.env)
  const trouble = unfit(cli, session)
  if (trouble) throw new Refusal(trouble)
  say(
    `${name}: logging in with the AWS CLI; the page that opens asks to allow botocore-client-…, which is the AWS CLI on this machine`,
  )
  const words = loginWords(own, session, cli, options)
  const ended = await runAwsCli(words, around(context, own), runtime.err)
  if ('stderr' in ended && (ended.code === 0 || ended.interrupted)) return ended.code
  throw new Refusal(failed(words, ended))
}

function failed(words: readonly string[], ended: Ending | NotStarted) {
  const known = 'stderr' in ended ? explain(ended.stderr) : undefined
  return error(
    `login-${known?.code ?? 'failed'}`,
    `aws ${words.join(' ')} failed${known ? `: ${known.meaning}` : ` (${ended.code})`}`,
    {
      hint: known?.next ?? 'the message of the AWS CLI above says why; sso-reconcile doctor looks for the usual causes',
    },
  )
}

/** Runs a command as a profile and gives its exit code: 127 when there is no such program, 126 when it may not be run. */
export async function runAs(context: LoginContext, name: string, command: readonly string[]): Promise<number> {
  const surroundings = around(context, name)
  const child = childAs(name, await profileFiles(context), context.runtime.env, privateHome(context))
  if ('refusal' in child) throw new Refusal(child.refusal)
  const { env, left } = child
  if (left.length > 0) context.say(`left out for ${command[0]}, as they would win over the profile: ${left.join(', ')}`)
  const ended = await runProgram(command, { ...surroundings, env })
  if ('stderr' in ended) return ended.code
  const why = ended.code === 'ENOENT' ? 'there is no such program' : `the system says ${ended.code}`
  context.runtime.err(`error  cannot run ${command[0]}: ${why}\n`)
  return ended.code === 'ENOENT' ? 127 : 126
}

function around(context: LoginContext, profile: string) {
  const { runtime } = context
  const { interactive } = runtime.terminal
  const { env } = environmentFor(profile, runtime.env, privateHome(context))
  return { env, interactive, attended: runtime.attended }
}

function privateHome({ home, route }: LoginContext): PrivateHome | undefined {
  return route.sandbox ? { home, endpoint: route.sandbox.url } : undefined
}
