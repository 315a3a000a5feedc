import { type Command, Option } from 'commander'
import { error, Refusal } from '../model/diagnostic.ts'
import { selectedKinds } from '../session/session.ts'
import type { Wiring } from './program-reports.ts'

/** Adds the commands for the first hour and for every morning after it. */
export function health<F>(root: Command, wiring: Wiring<F>): void {
  doctor(root, wiring)
  login(root, wiring)
}

function doctor<F>(root: Command, { runtime, sources, end, common, reach, options }: Wiring<F>): void {
  reach(common(root.command('doctor').description('look for what is missing or wrong, each with its fix')))
    .option('--only <kinds>', 'look at this machine (local) or at AWS (cloud) only', (text: string) => text.split(','))
    .option('--scan', 'look for Identity Center in every region that is enabled by default')
    .option('--explain <message>', 'say what an error message means and what to do next')
    .action(async (flags: F & { scan?: boolean; explain?: string; only?: string[] }) => {
      const { doctor } = await import('../commands/doctor.ts')
      const { scan, explain, only } = flags
      const more = { scan: Boolean(scan), ...(explain === undefined ? {} : { explain }) }
      end(
        await doctor(runtime, { ...options(flags), ...(only ? { only: selectedKinds(only) } : {}), ...more }, sources),
      )
    })
}

function login<F>(root: Command, { runtime, sources, end, common, reach, options }: Wiring<F>): void {
  reach(common(root.command('login').description('log in only when needed, then run a command as that profile')))
    .argument('[profile]', 'default: AWS_PROFILE, else local.shell.aws_profile, else the only profile of the manifest')
    .usage('[options] [profile] [-- command...]')
    .allowExcessArguments()
    .option('--force', 'log in also when the cached login works')
    .option('--use-device-code', 'with a code to type on another machine')
    .addOption(new Option('--device-code').hideHelp())
    .option('--no-browser', 'print the address instead of opening a browser')
    .action(async (_profile: string | undefined, flags: F & LoginFlags, self: Command) => {
      const { login } = await import('../commands/login.ts')
      const { name, command } = split(self.args, (root as Command & { readonly rawArgs: readonly string[] }).rawArgs)
      const named = name ?? flags.profile
      const wishes = {
        force: Boolean(flags.force),
        deviceCode: Boolean(flags.useDeviceCode || flags.deviceCode),
        noBrowser: flags.browser === false,
      }
      end(await login(runtime, { ...options(flags), ...wishes, ...(named ? { name: named } : {}), command }, sources))
    })
}

interface LoginFlags {
  readonly force?: boolean
  readonly useDeviceCode?: boolean
  readonly deviceCode?: boolean
  readonly browser?: boolean
  readonly profile?: string
}

/** Tells the profile from the command: the parser gives both in one list, and only the `--` of the command line parts them. */
function split(words: readonly string[], raw: readonly string[]): { name?: string; command: readonly string[] } {
  const at = raw.indexOf('--')
  const command = at < 0 ? [] : raw.slice(at + 1)
  const [name, ...more] = words.slice(0, words.length - command.length)
  if (more.length > 0)
    throw new Refusal(
      error('usage', `login takes one profile; ${more.join(' ')} is too much`, {
        hint: `to run a command once logged in, write -- before it: sso-reconcile login ${name} -- ${more.join(' ')}`,
      }),
    )
  return { ...(name === undefined ? {} : { name }), command }
}
