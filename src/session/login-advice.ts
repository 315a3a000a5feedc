import { type ConfigDocument, parseConfig } from '../local/aws-config/document.ts'
import { awsConfigPath, credentialsPath } from '../local/aws-config/paths.ts'
import { readTextFile } from '../local/files/file.ts'
import { readToken } from '../local/identity/token-cache.ts'
import { standing } from '../login/need.ts'
import { ssoProfile } from '../login/sso-profile.ts'
import { Refusal, refusedWith } from '../model/diagnostic.ts'
import { advisedProfile } from '../text/login-advice.ts'
import { ofProfile, quoted } from '../text/quote.ts'
import { placeFlags, reachFlags } from './flags.ts'
import type { Session } from './runtime.ts'

/**
 * What was thrown. Where no credentials were found the hint names the profile that was meant, else the manifest's own, if this machine has
 * it: to use the login there is, or to log in. Either way it ends with what was to be done: a plan, or the command that was run.
 */
export async function withLoginAdvice(thrown: unknown, session: Session): Promise<unknown> {
  if (!(thrown instanceof Refusal) || !refusedWith(thrown, 'aws-credentials')) return thrown
  if (session.options.sandbox !== undefined) return thrown
  const general = await adviceFor(session).catch(() => undefined)
  const told = thrown.diagnostics.map((one) => {
    const ended = one.hint === undefined ? undefined : advisedProfile(one.hint)
    if (ended !== undefined) return { ...one, hint: [`sso-reconcile login ${ended} --`, ...words(session)].join(' ') }
    const isGeneral = one.code === 'aws-credentials' && /no usable AWS credentials/.test(one.message)
    return isGeneral && general !== undefined ? { ...one, hint: general } : one
  })
  return new Refusal(told, { cause: thrown, ...(thrown.summary ? { summary: thrown.summary } : {}) })
}

async function adviceFor(session: Session): Promise<string | undefined> {
  const { manifest, options, home, env, runtime } = session
  const { shell, profiles = {} } = manifest.manifest.local ?? {}
  const inUse = options.profile ?? (env.AWS_PROFILE || undefined)
  const name = inUse ?? shell?.aws_profile ?? Object.keys(profiles)[0]
  if (name === undefined) return undefined
  const [config, credentials] = await Promise.all([
    document(awsConfigPath(env, home)),
    document(credentialsPath(env, home)),
  ])
  const found = config && ssoProfile(config, name)
  if (!found || !('profile' in found))
    return inUse === undefined || hasProfile(name, config, credentials) ? undefined : absent(session, name)
  const token = await readToken(home, found.profile.session.key)
  // A login that is in use and found wanting is none, whatever its cache says.
  const isGood = inUse === undefined && standing(token, runtime.clock.now()) === 'good'
  return isGood
    ? `use the login you have: ${[`AWS_PROFILE=${quoted(name)}`, ...words(session)].join(' ')}`
    : [`sso-reconcile login${placeFlags(options)} ${ofProfile(name)} --`, ...words(session)].join(' ')
}

async function document(path: string): Promise<ConfigDocument | undefined> {
  const { text } = await readTextFile(path)
  return text === undefined ? undefined : parseConfig(text, path)
}

function hasProfile(name: string, ...documents: readonly (ConfigDocument | undefined)[]): boolean {
  return documents.some((one) => one?.sections.some((section) => section.name === name))
}

function absent(session: Session, name: string): string {
  return session.options.profile === undefined
    ? `AWS_PROFILE names ${name}, and this machine has no such profile: unset AWS_PROFILE, then ${words(session).join(' ')}`
    : `this machine has no profile ${name}: name another one with --profile, or leave --profile out`
}

// Whatever was to be changed is looked at again first: with a plan of the same manifest.
function words({ runtime: { command = [] }, options }: Session): readonly string[] {
  return ['plan', 'apply'].includes(command[0] ?? 'plan')
    ? [`sso-reconcile plan${reachFlags(options)}`]
    : ['sso-reconcile', ...command.map(quoted)]
}
