import type { Environment } from '../local/aws-config/paths.ts'
import { label } from '../model/console.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { ServiceTrouble, TroubleCause } from '../model/sign-in.ts'
import type { SsoSession } from './sso-profile.ts'

interface Case {
  readonly session: SsoSession
  readonly env: Environment
  readonly trouble: ServiceTrouble
}

type Told = (about: Case) => readonly [message: string, hint: string]

const again = 'run this again'
const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']

/** What each cause means to a person who is logging in, and what to do next. */
const told: Readonly<Record<Exclude<TroubleCause, 'pending' | 'slow-down'>, Told>> = {
  network: ({ trouble, env, session }) => [
    `the sign-in service of ${session.region} does not respond: ${trouble.message}`,
    proxyVariables.some((name) => env[name])
      ? 'a proxy is set (HTTPS_PROXY), and this program connects directly; the AWS CLI uses the proxy: install version 2 and run this again, or run "aws sso login"'
      : `check the network, and sso_region (${session.region})${env.AWS_ENDPOINT_URL ? `, and AWS_ENDPOINT_URL (${env.AWS_ENDPOINT_URL})` : ''}; then ${again}`,
  ],
  certificate: ({ trouble, env }) => [
    `the certificate presented is not trusted here: ${trouble.message}`,
    /EXPIRED|NOT_YET_VALID/.test(trouble.code)
      ? `check the date and time of this machine; then ${again}`
      : `a proxy that inspects TLS presents its own; give this program its CA file: export NODE_EXTRA_CA_CERTS=${env.AWS_CA_BUNDLE ? '"$AWS_CA_BUNDLE"' : '/path/to/ca.pem'}${env.AWS_CA_BUNDLE ? '' : ' (and AWS_CA_BUNDLE for the AWS CLI)'}`,
  ],
  foreign: ({ trouble }) => [
    `something other than AWS answered: ${trouble.message}`,
    `a proxy or a network's sign-in page may be intercepting requests, or AWS_ENDPOINT_URL does not point to AWS; open any page in a browser, then ${again}`,
  ],
  denied: () => [
    'the request was denied on the sign-in page',
    `${again} and choose "Allow access" if you started this login`,
  ],
  expired: () => [
    'the sign-in page was not completed in time',
    `${again}; if the page showed an error, sso_start_url or sso_region may not belong to your Identity Center (--use-device-code says so at once), or AWS has forgotten the registration (--force makes a new one)`,
  ],
  client: ({ trouble }) => [
    `AWS does not accept the registration of this machine: ${trouble.message}`,
    'run this again with --force, which makes a new one',
  ],
  refused: ({ trouble, session }) => [
    `the login was refused: sso_start_url (${session.startUrl}) or sso_region (${session.region}) does not belong to your Identity Center (${trouble.message})`,
    `compare both with ${label('AWS access portal URL')} and the Region that the console shows under IAM Identity Center; or run sso-reconcile doctor --scan`,
  ],
  busy: ({ trouble }) => [
    `AWS could not answer: ${trouble.message}`,
    `wait a minute, then ${again}; health.aws.amazon.com says more`,
  ],
  unknown: ({ trouble }) => [`signing in failed: ${trouble.message}`, 'the system error above says why'],
}

/** Why a login without the AWS CLI failed, by its cause. Pure. */
export function loginTrouble(trouble: ServiceTrouble, session: SsoSession, env: Environment): Diagnostic {
  // Nobody ends a login because an answer is still to come.
  const reason = trouble.reason === 'pending' || trouble.reason === 'slow-down' ? 'expired' : trouble.reason
  const [message, hint] = told[reason]({ trouble, session, env })
  return error(`login-${reason}`, message, { hint })
}
