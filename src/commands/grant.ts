import { momentOf, secondsOf } from '../grant/times.ts'
import { mandatory } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, guards, reach } from '../usage/groups.ts'
import { flag, parsed } from '../usage/option.ts'

const moment = 'Expected a day, as 2026-12-31, or a time, as 2026-12-31T18:00:00+09:00.'

/** `grant`: access for some time, the twin of `revoke`. */
export const grant = command({
  name: 'grant',
  summary: 'give a user a permission set in an account for some time',
  arguments: {
    user: mandatory('user', 'user name as in the manifest'),
    set: mandatory('permission-set', 'permission set as in the manifest'),
    account: mandatory('account', 'nickname, management, or an id of 12 digits'),
  },
  options: {
    ...{ ...common(['text']), ...reach },
    lasts: parsed(
      '--for <duration>',
      'how long: 4h, 90m, 3d or 1d12h',
      secondsOf,
      'Expected a duration: 4h, 90m, 3d or 1d12h.',
    ),
    until: parsed('--until <time>', 'last day (UTC) or time of the grant, instead of --for', momentOf, moment),
    from: parsed('--from <time>', 'first day (UTC) or time of the grant; now where left out', momentOf, moment),
    yes: flag('-y, --yes', 'skip the confirmation'),
    allowLockout: guards.allowLockout,
  },
  streams: true,
  async run(runtime, given, sources) {
    const { grant } = await import('../grant/run/grant.ts')
    const { lasts, until, from, ...rest } = given
    const when = { ...(lasts ? { lasts } : {}), ...(until ? { until } : {}), ...(from ? { from } : {}) }
    return grant(runtime, { ...rest, ...when, ...commonOptions(given) }, sources)
  },
})
