import { readRoleSession, type TokenRead } from '../local/token-cache.ts'
import { chooseProfile } from '../login/choose.ts'
import type { SsoProfile } from '../login/sso-profile.ts'
import { loginJson, loginText } from '../report/login.ts'
import type { CommonOptions, Shell } from './context.ts'
import { type Desk, deskOf, logIn, profileAt, runAs } from './login-steps.ts'
import { readManifest } from './manifest.ts'
import { suggesting, withinReach } from './reach.ts'
import { version } from './version.ts'

/** Options of `login`. */
export interface LoginOptions extends CommonOptions {
  readonly name?: string
  /** What to run once logged in, with its arguments. */
  readonly command: readonly string[]
  readonly force: boolean
  readonly deviceCode: boolean
  readonly noBrowser: boolean
}

/** Logs in when it has to, then runs a command as that profile and ends as it ends. Never asks anything itself. */
export async function login(shell: Shell, options: LoginOptions, sources: Map<string, string>): Promise<number> {
  const read = async () => (await readManifest(shell, options.file, sources)).manifest
  // Only a sandbox that does not exist yet has to know what to begin with.
  const seed = options.sandbox === undefined ? undefined : (await read()).manifest
  return withinReach(shell, options, seed, async (reach) => {
    const desk = deskOf(shell, options, reach)
    const { AWS_PROFILE } = reach.env
    const name = await chooseProfile({
      ...(options.name ? { named: options.name } : {}),
      ...(AWS_PROFILE ? { fromEnvironment: AWS_PROFILE } : {}),
      manifest: read,
    })
    const profile = await profileAt(desk, name)
    const ended = await logIn(desk, name, profile)
    if (ended.code !== 0) return ended.code
    if (options.command.length > 0) return runAs(desk, name, options.command)
    await show(desk, name, profile, ended.token)
    return 0
  }).catch((thrown: unknown) => {
    throw suggesting(thrown, options)
  })
}

async function show(
  { shell, options, home }: Desk,
  name: string,
  profile: SsoProfile,
  token: TokenRead,
): Promise<void> {
  const roleEnds = await readRoleSession(home, { ...profile, ...profile.session })
  const state = { name, profile, token, now: shell.clock.now(), ...(roleEnds ? { roleEnds } : {}) }
  if (options.format === 'json') shell.out(`${JSON.stringify(loginJson(state, version), null, 2)}\n`)
  else if (!options.quiet) shell.out(loginText(state))
}
