import { explain } from '../doctor/newcomer-errors.ts'
import { awsCliVersion, type Ending, type NotStarted, runAwsCli, runProgram } from '../local/aws-cli.ts'
import { parseConfig } from '../local/document.ts'
import { readTextFile } from '../local/file.ts'
import { awsConfigPath } from '../local/paths.ts'
import { readAccessToken, readToken, type TokenRead } from '../local/token-cache.ts'
import { loginWords, unfit } from '../login/aws-words.ts'
import { environmentFor } from '../login/child-environment.ts'
import { isUsable, standing, whyLogIn } from '../login/need.ts'
import { type SsoProfile, ssoProfile } from '../login/sso-profile.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Shell } from './context.ts'
import type { LoginOptions } from './login.ts'
import type { Reach } from './reach.ts'

/** Where a login happens. */
export interface Desk extends Reach {
  readonly shell: Shell
  readonly options: LoginOptions
  say(text: string): void
}

/** The desk of a command. */
export function deskOf(shell: Shell, options: LoginOptions, reach: Reach): Desk {
  const say = (text: string) => {
    if (!options.quiet) shell.err(`${text}\n`)
  }
  return { ...reach, shell, options, say }
}

/** The profile as `~/.aws/config` has it. Throws a Refusal when it cannot log in. */
export async function profileAt({ env, home }: Desk, name: string): Promise<SsoProfile> {
  const path = awsConfigPath(env, home)
  const { text = '' } = await readTextFile(path)
  const found = ssoProfile(parseConfig(text, path), name)
  if ('refusal' in found) throw new Refusal(found.refusal)
  return found.profile
}

/** Logs in unless the cached login works. Throws a Refusal when that is not possible. */
export async function logIn(
  desk: Desk,
  name: string,
  profile: SsoProfile,
): Promise<{ readonly code: number; readonly token: TokenRead }> {
  const { shell, options, home } = desk
  const { session } = profile
  const found = await readToken(home, session.key)
  const { token, renewed } = options.force ? { token: found, renewed: false } : await refreshed(desk, profile, found)
  const good = isUsable(token, shell.clock.now()) && !options.force
  const refused = good && (await isRefused(desk, profile, token))
  if (good && !refused) return { code: 0, token }
  const now = shell.clock.now()
  desk.say(`${name}: ${whyLogIn({ session, token, now, forced: options.force, renewed, refused })}`)
  const code = await askForLogin(desk, name, profile)
  const after = await readToken(home, session.key)
  if (code === 0 && !isUsable(after, shell.clock.now()))
    throw new Refusal(
      error('login-without-token', `the AWS CLI ended well, but left no usable login for ${session.key}`, {
        hint: 'check that sso_start_url and sso_region belong together: sso-reconcile doctor',
      }),
    )
  return { code, token: after }
}

// The SDK renews the cache of the person's own home only, so the sandbox has to do with a new login.
async function refreshed({ shell, home, route, say }: Desk, { name, session }: SsoProfile, token: TokenRead) {
  if (standing(token, shell.clock.now()) !== 'stale' || session.legacy || route.sandbox)
    return { token, renewed: false }
  const { renewToken } = await import('../aws/renew.ts')
  await renewToken(name)
  const now = await readToken(home, session.key)
  if (standing(now, shell.clock.now()) === 'good')
    say(`${name}: the access token (clock 2 of 3) ran out and was renewed without a browser`)
  return { token: now, renewed: true }
}

async function isRefused({ home, route }: Desk, { session }: SsoProfile, token: TokenRead): Promise<boolean> {
  const region = session.region ?? (typeof token === 'object' ? token.region : undefined)
  const accessToken = await readAccessToken(home, session.key)
  if (!accessToken || !region) return true
  const { takesToken } = await import('../aws/portal.ts')
  const endpoint = route.sandbox ? { endpoint: route.sandbox.url } : {}
  return (await takesToken({ region, accessToken, ...endpoint })) === false
}

async function askForLogin(desk: Desk, name: string, { name: own, session }: SsoProfile): Promise<number> {
  const { shell, options, say } = desk
  const cli = await awsCliVersion(shell.env)
  const trouble = unfit(cli, session)
  if (trouble) throw new Refusal(trouble)
  say(
    `${name}: logging in with the AWS CLI; the page that opens asks to allow botocore-client-…, which is the AWS CLI on this machine`,
  )
  const words = loginWords(own, session, cli, options)
  const ended = await runAwsCli(words, around(desk, own), shell.err)
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
export async function runAs(desk: Desk, name: string, command: readonly string[]): Promise<number> {
  const { left } = environmentFor(name, desk.shell.env)
  if (left.length > 0) desk.say(`left out for ${command[0]}, as they would win over the profile: ${left.join(', ')}`)
  const ended = await runProgram(command, around(desk, name))
  if ('stderr' in ended) return ended.code
  const why = ended.code === 'ENOENT' ? 'there is no such program' : `the system says ${ended.code}`
  desk.shell.err(`error  cannot run ${command[0]}: ${why}\n`)
  return ended.code === 'ENOENT' ? 127 : 126
}

function around({ shell, home, route }: Desk, profile: string) {
  const sandbox = route.sandbox ? { home, endpoint: route.sandbox.url } : undefined
  const { interactive } = shell.terminal
  return { env: environmentFor(profile, shell.env, sandbox).env, interactive, attended: shell.attended }
}
