import { mandatory } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, guards, reach } from '../usage/groups.ts'
import { flag } from '../usage/option.ts'

/** `revoke`: the end of a user's access, or its return. */
export const revoke = command({
  name: 'revoke',
  summary: "end a user's access now, and say what stays valid until when",
  arguments: { user: mandatory('user', 'user name as in the manifest') },
  options: {
    ...{ ...common(['text', 'json']), ...reach },
    sessions: flag('--sessions', 'keep the grants and end only what was issued before now'),
    undo: flag('--undo', 'give the access back'),
    yes: flag('-y, --yes', 'do not ask'),
    allowLockout: guards.allowLockout,
  },
  streams: true,
  async run(runtime, given, sources) {
    const { revoke } = await import('../revoke/run/revoke.ts')
    return revoke(runtime, { ...given, ...commonOptions(given) }, sources)
  },
})
