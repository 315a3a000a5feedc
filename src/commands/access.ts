import { accessFormats } from '../report/access/formats.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, depth, reach } from '../usage/groups.ts'
import { repeatable } from '../usage/option.ts'

/** `access`: who can do what where. */
export const access = command({
  name: 'access',
  summary: 'show who can do what where, direct and through groups',
  options: {
    ...{ ...common(accessFormats), ...reach, ...depth },
    user: repeatable('--user <user>', 'only this user'),
    account: repeatable('--account <account>', 'only this account, by id, nickname or name'),
    permissionSet: repeatable('--permission-set <permission-set>', 'only this permission set'),
  },
  async run(runtime, given, sources) {
    const { access } = await import('../reconcile/access.ts')
    const { user: users, account: accounts, permissionSet: sets } = given
    const filter = { ...(users ? { users } : {}), ...(accounts ? { accounts } : {}), ...(sets ? { sets } : {}) }
    return access(runtime, { ...commonOptions(given), filter }, sources)
  },
})
