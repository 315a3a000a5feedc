import { parseConfig } from '../local/aws-config/document.ts'
import { awsConfigPath } from '../local/aws-config/paths.ts'
import { readTextFile } from '../local/files/file.ts'
import { readToken } from '../local/identity/token-cache.ts'
import { standing } from '../login/need.ts'
import { ssoProfile } from '../login/sso-profile.ts'
import { Refusal, refusedWith } from '../model/diagnostic.ts'
import { loginAdvice } from '../text/login-advice.ts'
import { quoted } from '../text/quote.ts'
import type { Session } from './runtime.ts'

/**
 * What was thrown. Where no credentials were found the hint names the profile that was meant, else the manifest's own, if this machine has
 * it: to use the login there is, or to log in.
 */
export async function withLoginAdvice(thrown: unknown, session: Session): Promise<unknown> {
  if (!(thrown instanceof Refusal) || !refusedWith(thrown, 'aws-credentials')) return thrown
  if (session.options.sandbox !== undefined) return thrown
  const hint = await adviceFor(session).catch(() => undefined)
  if (hint === undefined) return thrown
  const told = thrown.diagnostics.map((one) =>
    one.code === 'aws-credentials' && /no usable AWS credentials/.test(one.message) ? { ...one, hint } : one,
  )
  return new Refusal(told, { cause: thrown, ...(thrown.summary ? { summary: thrown.summary } : {}) })
}

async function adviceFor({ manifest, options, home, env, runtime }: Session): Promise<string | undefined> {
  const { shell, profiles = {} } = manifest.manifest.local ?? {}
  const name = options.profile ?? (env.AWS_PROFILE || undefined) ?? shell?.aws_profile ?? Object.keys(profiles)[0]
  if (name === undefined) return undefined
  const path = awsConfigPath(env, home)
  const { text } = await readTextFile(path)
  const found = text === undefined ? undefined : ssoProfile(parseConfig(text, path), name)
  if (!found || !('profile' in found)) return undefined
  const token = await readToken(home, found.profile.session.key)
  const isGood = standing(token, runtime.clock.now()) === 'good'
  return isGood ? `use the login you have: AWS_PROFILE=${quoted(name)} sso-reconcile plan` : loginAdvice(name)
}
