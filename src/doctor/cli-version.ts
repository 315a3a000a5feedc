import { isVersion } from '../local/identity/aws-cli.ts'
import { type Check, type Finding, ok, problem, warn } from './finding.ts'

/** Where AWS CLI version 2 comes from. */
const installing = 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html'

/** What works without it. */
const without = 'sso-reconcile login signs in without it'

/** The AWS CLI is there and new enough for sso-sessions and for the login in the browser. */
export const cliVersion: Check = {
  name: 'aws-cli',
  title: 'AWS CLI',
  examine({ local, manifest }) {
    if (!local) return []
    // Where no profile is desired, as in a pipeline, nobody logs in.
    const trouble = manifest && !manifest.manifest.local ? warn : problem
    const { cli, logins } = local
    if (cli === 'missing')
      return [
        wish(
          'cli-missing',
          `the AWS CLI is not installed; ${without}, for all programs with an AWS SDK`,
          `to use "aws" here, install it: ${installing}`,
        ),
      ]
    if (!isVersion(cli))
      return [
        trouble('cli-broken', `the "aws" on PATH does not start: ${cli.words}`, {
          text: `repair it, or install version 2: ${installing}`,
          commands: ['command -v aws', 'aws --version'],
        }),
      ]
    const [major, minor] = cli
    const name = `AWS CLI ${cli.join('.')}`
    if (major < 2)
      return [
        wish(
          'cli-version-1',
          `${name} can use SSO profiles but has no "sso login"; ${without}`,
          `install version 2: ${installing}`,
        ),
      ]
    if (major > 2 || minor >= 22) return [ok('cli-version', name)]
    return [
      older(
        name,
        minor,
        logins.some(({ session }) => !session.legacy),
      ),
    ]
  },
}

function older(name: string, minor: number, sessions: boolean): Finding {
  if (minor < 9 && sessions)
    return problem(
      'cli-old',
      `${name} does not know [sso-session] sections (2.9 or newer does)`,
      `update it: ${installing}`,
    )
  return wish(
    'cli-old',
    `${name} logs in with a code to copy into the browser; 2.22 and newer open the browser and need no code (PKCE)`,
    `update it: ${installing}`,
  )
}

// A login does not wait for it.
function wish(code: string, message: string, fix: string): Finding {
  return { ...warn(code, message, fix), optional: true }
}
