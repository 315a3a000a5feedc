import { accessFormats } from '../report/access/formats.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, depth, reach } from '../usage/groups.ts'
import { flag, once, repeatable, text } from '../usage/option.ts'

const notes = `
When piped, each line is one grant, tab-separated: user,
account id, account, permission set, session duration, direct
or group NAME, and remarks such as administrator:
  sso-reconcile access | grep taro

Who may delete a bucket, and through which policy:
  sso-reconcile access --can s3:DeleteBucket
Answers are yes, under conditions, unknown and denied; when
piped they follow direct or group NAME, then the policies.
Only policies of permission sets are looked at.

The ARN of the role of each permission set, of the account
that asks; a pattern for ArnLike elsewhere. When piped, it is
the last column:
  sso-reconcile access --arns
`

/** `access`: who can do what where. */
export const access = command({
  name: 'access',
  summary: 'show who can do what in which account, directly or through groups',
  options: {
    ...{ ...common(accessFormats, 'text, or tsv when piped'), ...reach, ...depth },
    user: repeatable('--user <user>', 'only this user'),
    account: repeatable('--account <account>', 'only this account, by id, nickname or name'),
    permissionSet: repeatable('--permission-set <permission-set>', 'only this permission set'),
    applications: flag('--applications', 'who may open which application, and nothing of accounts'),
    can: once(
      text('--can <action>', 'only who may use this action, as s3:DeleteBucket or s3:Get*, and through what'),
      'ask about one action at a time, or about several with a wildcard such as s3:Get*',
    ),
    resource: once(
      text('--resource <arn>', 'with --can: on this resource'),
      'ask about one resource at a time, or about several with a wildcard such as arn:aws:s3:::my-*',
    ),
    arns: flag('--arns', 'with the ARN of the IAM role behind each permission set'),
  },
  notes,
  async run(runtime, given, sources, surroundings) {
    const { user: users, account: accounts, permissionSet: sets, can, resource, applications, arns } = given
    const filter = { ...(users ? { users } : {}), ...(accounts ? { accounts } : {}), ...(sets ? { sets } : {}) }
    const options = commonOptions(given)
    // Whoever asks for the text gets it in a pipe too.
    const isProgram = runtime.terminal.piped && options.format === 'text' && !surroundings.given.has('format')
    const told = { ...options, ...(isProgram ? { format: 'tsv' as const } : {}), filter, arns }
    if (can === undefined && resource === undefined) {
      const reports = await import('../reconcile/access.ts')
      return applications ? reports.applications(runtime, told, sources) : reports.access(runtime, told, sources)
    }
    const { whoCan } = await import('../reconcile/can.ts')
    return whoCan(
      runtime,
      told,
      { applications, ...(can === undefined ? {} : { can }), ...(resource === undefined ? {} : { resource }) },
      sources,
    )
  },
})
