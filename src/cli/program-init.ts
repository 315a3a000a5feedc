import type { Command } from 'commander'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Wiring } from './program-reports.ts'

interface InitFlags {
  readonly region?: string
  readonly scan?: boolean
  readonly instance?: string
  readonly force?: boolean
  readonly dryRun?: boolean
  readonly only?: string
}

/** Adds `init`. */
export function initCommand<F>(root: Command, { runtime, sources, end, common, reach, options }: Wiring<F>): void {
  const command = root.command('init').description('write sso.yaml from what there is, or complete an existing one')
  reach(common(command))
    .option('--region <region>', 'home region of Identity Center')
    .option('--scan', 'look for Identity Center in all default regions')
    .option('--instance <id>', 'instance of Identity Center, when several are visible')
    .option('--only <part>', 'local: only this machine, without credentials')
    .option('--force', 'replace an existing file, which is kept beside it')
    .option('--dry-run', 'print the file and write nothing')
    .action(async ({ only, ...flags }: F & InitFlags) => {
      if (only !== undefined && only !== 'local')
        throw new Refusal(error('usage', `--only: init knows local only, not ${only}`, { hint: 'write --only local' }))
      const { init } = await import('../commands/init.ts')
      const { region, instance } = flags
      const own = {
        ...(region ? { region } : {}),
        ...(instance ? { instance } : {}),
        scan: Boolean(flags.scan),
        force: Boolean(flags.force),
        dryRun: Boolean(flags.dryRun),
        onlyLocal: only === 'local',
      }
      end(await init(runtime, { ...options(flags as F), ...own }, sources))
    })
}
