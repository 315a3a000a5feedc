import { readRoleSession } from '../../local/identity/token-cache.ts'
import { effectInConfig } from '../../local/shell/private-config.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import { loginJson, loginText } from '../../report/login.ts'
import { clockNotes } from '../../session/clock.ts'
import { withConnection } from '../../session/connection.ts'
import { reportDiagnostics } from '../../session/diagnostics.ts'
import { suggesting } from '../../session/flags.ts'
import { loginCommands } from '../../session/login-commands.ts'
import { readManifest } from '../../session/manifest.ts'
import type { Runtime } from '../../session/runtime.ts'
import { version } from '../../session/version.ts'
import { jsonText } from '../../text/json.ts'
import { ofProfile, quoted, trailing } from '../../text/quote.ts'
import { chooseProfile } from '../choose.ts'
import type { SsoProfile } from '../sso-profile.ts'
import { runAs } from './around.ts'
import { type LoginContext, loginContext } from './context.ts'
import type { LoginOptions } from './options.ts'
import { profileAt } from './profile.ts'
import { type LoggedIn, logIn, unaskedNote } from './steps.ts'

/** Logs in when it has to, then runs a command as that profile and ends as it ends. Never asks anything itself. */
export async function login(runtime: Runtime, options: LoginOptions, sources: Map<string, string>): Promise<number> {
  mustBeOne(options)
  const read = async () => (await readManifest(runtime, options, sources)).manifest
  // Only a sandbox that does not exist yet has to know what to begin with.
  const seed = options.sandbox === undefined ? undefined : (await read()).manifest
  return withConnection(runtime, options, seed, async (reach) => {
    const context = loginContext(runtime, options, reach)
    if (options.sandbox !== undefined) await refuseEffects(reach.home)
    const { AWS_PROFILE } = reach.env
    const name = await chooseProfile({
      ...(options.name ? { named: options.name } : {}),
      ...(AWS_PROFILE ? { fromEnvironment: AWS_PROFILE } : {}),
      manifest: read,
      orSession: options.command.length === 0,
    })
    const profile = await profileAt(context, name)
    if (profile.alone && options.command.length > 0) throw new Refusal(nobody(name, options.command))
    const ended = await logIn(context, name, profile)
    if (ended.code !== 0) return ended.code
    reportDiagnostics(runtime, clockNotes(reach.route.clock.told(), false), sources)
    if (ended.unasked) reportDiagnostics(runtime, [unaskedNote(context, profile.session, ended.unasked)], sources)
    if (options.command.length > 0) return runAs(context, name, options.command)
    await show(context, name, profile, ended)
    if (ended.isNew && !profile.alone) context.say(`Next: ${loginCommands(name, options)[1]}`)
    return 0
  }).catch((thrown: unknown) => {
    throw suggesting(thrown, options)
  })
}

async function show(
  { runtime, options, home, route }: LoginContext,
  name: string,
  profile: SsoProfile,
  { token, unasked }: LoggedIn,
): Promise<void> {
  const roleEnds = await readRoleSession(home, { ...profile, ...profile.session })
  const checked = unasked === undefined
  const state = { name, profile, token, checked, now: route.clock.now(), ...(roleEnds ? { roleEnds } : {}) }
  if (options.format === 'json') runtime.out(`${jsonText(loginJson(state, version), 2)}\n`)
  else if (!options.quiet) runtime.out(loginText(state))
}

// The AWS CLI and the command that come next read these files.
async function refuseEffects(home: string): Promise<void> {
  const found = await effectInConfig(home)
  if (found === undefined) return
  throw new Refusal(
    error('sandbox-foreign', `the private home of the sandbox holds ${found}; nothing was started`, {
      hint: 'inspect and remove it, or name another folder with --sandbox-dir: a sandbox may come with a repository',
    }),
  )
}

function mustBeOne({ name, more, ...options }: LoginOptions): void {
  if (more.length === 0) return
  const refusal = new Refusal(
    error('usage', `login takes one profile; unexpected: ${more.join(' ')}`, {
      hint: `to run a command once logged in, write -- before it: sso-reconcile login ${ofProfile(name ?? 'PROFILE')} --${trailing(more)}`,
    }),
  )
  throw suggesting(refusal, options)
}

function nobody(name: string, command: readonly string[]) {
  return error('profile-not-named', `${name} is an sso-session, not a profile; ${command[0]} was not run`, {
    hint: `log in first: sso-reconcile login ${ofProfile(name)}; then name a profile: sso-reconcile login PROFILE -- ${quoted(command[0] ?? '')}`,
  })
}
