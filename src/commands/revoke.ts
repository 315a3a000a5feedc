import { mandatory } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, guards, reach } from '../usage/groups.ts'
import { flag } from '../usage/option.ts'

/** `revoke`: the end of a user's access, or its return. */
export const revoke = command({
  name: 'revoke',
  summary: "end a user's access now, and show what stays valid until when",
  arguments: { user: mandatory('user', 'user name as in the manifest') },
  options: {
    ...{ ...common(['text', 'json']), ...reach },
    sessions: flag('--sessions', 'keep the grants; end only sessions issued before now'),
    undo: flag('--undo', 'restore the access'),
    yes: flag('-y, --yes', 'skip the confirmation'),
    allowLockout: guards.allowLockout,
  },
  streams: true,
  async run(runtime, given, sources) {
    const { revoke } = await import('../revoke/run/revoke.ts')
    return revoke(runtime, { ...given, ...commonOptions(given) }, sources)
  },
})
