import { accessFormats } from '../report/access/formats.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, depth, reach } from '../usage/groups.ts'
import { repeatable } from '../usage/option.ts'

const notes = `
When piped, each line is one grant, tab-separated: user,
account id, account, permission set, session duration, direct
or group NAME, and remarks such as administrator:
  sso-reconcile access | grep taro
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
  },
  notes,
  async run(runtime, given, sources, surroundings) {
    const { access } = await import('../reconcile/access.ts')
    const { user: users, account: accounts, permissionSet: sets } = given
    const filter = { ...(users ? { users } : {}), ...(accounts ? { accounts } : {}), ...(sets ? { sets } : {}) }
    const options = commonOptions(given)
    // Whoever asks for the text gets it in a pipe too.
    const isProgram = runtime.terminal.piped && options.format === 'text' && !surroundings.given.has('format')
    return access(runtime, { ...options, ...(isProgram ? { format: 'tsv' as const } : {}), filter }, sources)
  },
})
