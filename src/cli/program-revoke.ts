import type { Command } from 'commander'
import type { Wiring } from './program-reports.ts'

interface RevokeFlags {
  sessions?: boolean
  undo?: boolean
  yes?: boolean
  allowLockout?: boolean
}

/** Adds `revoke`. */
export function revokeCommand<F>(root: Command, { runtime, sources, end, common, reach, options }: Wiring<F>): void {
  reach(common(root.command('revoke').description("end a user's access now, and say what stays valid until when")))
    .argument('<user>', 'user name as in the manifest')
    .option('--sessions', 'keep the grants and end only what was issued before now')
    .option('--undo', 'give the access back')
    .option('-y, --yes', 'do not ask')
    .option('--allow-lockout', 'allow taking away the last administrator or your own access')
    .action(async (user: string, flags: F & RevokeFlags) => {
      const { revoke } = await import('../commands/revoke.ts')
      const { sessions, undo, yes, allowLockout } = flags
      const more = { user, sessions: Boolean(sessions), undo: Boolean(undo), yes: Boolean(yes) }
      end(await revoke(runtime, { ...options(flags), ...more, ...(allowLockout ? { allowLockout } : {}) }, sources))
    })
}
