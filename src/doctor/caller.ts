import { advisedProfile, loginAdvice } from '../text/login-advice.ts'
import { quoted } from '../text/quote.ts'
import type { Evidence } from './evidence.ts'
import { type Check, type Fix, ok, problem, warn } from './finding.ts'
import { usualProfile } from './words.ts'

/** Credentials are found, not expired and known to AWS, and whose they are. */
export const caller: Check = {
  name: 'credentials',
  title: 'Credentials',
  examine(evidence) {
    if (!evidence.cloud) return []
    const { caller } = evidence.cloud
    if ('refusal' in caller) {
      const { code, message, hint } = caller.refusal
      if (hint !== undefined && advisedProfile(hint) !== undefined)
        return [problem(code, message, { text: 'log in', commands: [hint] })]
      const fix = code === 'aws-credentials' ? waysIn(evidence) : (hint ?? 'run this again')
      return [problem(code, message, fix)]
    }
    const { account, arn } = caller.value
    const found = ok('caller-known', `${arn} (account ${account})`)
    if (!arn.endsWith(':root')) return [found]
    return [
      found,
      warn('caller-root', 'these are credentials of the root user, which can do everything and cannot be restricted', {
        text: 'use them for the first apply only, then log in as yourself',
        commands: ['sso-reconcile login'],
      }),
    ]
  },
}

/** The shortest way to credentials from here: a login that exists, else `aws login`, which needs no access key. */
function waysIn(evidence: Evidence): Fix {
  const { local } = evidence
  const ready = local?.logins.find(
    ({ token }) => typeof token === 'object' && token.expiresAt && token.expiresAt > evidence.now,
  )
  const profile = ready?.profiles[0]
  if (profile)
    return { text: 'use the login you have', commands: [`AWS_PROFILE=${quoted(profile)} sso-reconcile doctor`] }
  const usual = usualProfile(evidence)
  if (usual && local?.logins.some(({ profiles }) => profiles.includes(usual)))
    return { text: 'log in', commands: [loginAdvice(usual, ['doctor'])] }
  return {
    text: 'sign in with your console user; this creates no access key (AWS CLI 2.32 or newer)',
    commands: ['aws login --profile bootstrap', 'AWS_PROFILE=bootstrap sso-reconcile doctor'],
  }
}
