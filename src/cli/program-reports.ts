import { Argument, type Command } from 'commander'
import { type AccessFormat, accessFormats } from '../report/access/formats.ts'
import type { CommonOptions, Runtime } from '../session/runtime.ts'

/** How commands that only print are put on the command line: the option groups they share, and where they end. */
export interface Wiring<F> {
  readonly runtime: Runtime
  readonly sources: Map<string, string>
  end(code: number): void
  /** Adds `--file`, `--format` and the like. */
  common(command: Command, formats?: readonly string[]): Command
  /** Adds what says which AWS to talk to. */
  reach(command: Command): Command
  options(flags: F): CommonOptions
}

/** Adds the commands that print something and change nothing. */
export function reports<F>(root: Command, wiring: Wiring<F>): void {
  access(root, wiring)
  iamPolicy(root, wiring)
  printed(root, wiring)
}

type AccessFlags = { readonly user?: string[]; readonly account?: string[]; readonly permissionSet?: string[] }

function access<F>(root: Command, { runtime, sources, end, common, reach, options }: Wiring<F>): void {
  const command = root.command('access').description('show who can do what where, direct and through groups')
  reach(common(command, accessFormats))
    .option('--user <name>', 'only this user; repeatable', repeated)
    .option('--account <account>', 'only this account, by id, nickname or name; repeatable', repeated)
    .option('--permission-set <name>', 'only this permission set; repeatable', repeated)
    .action(async (flags: F & AccessFlags) => {
      const { access } = await import('../commands/access.ts')
      const { user, account, permissionSet } = flags
      const filter = {
        ...(user ? { users: user } : {}),
        ...(account ? { accounts: account } : {}),
        ...(permissionSet ? { sets: permissionSet } : {}),
      }
      const given = options(flags) as Omit<CommonOptions, 'format'> & { readonly format: AccessFormat }
      end(await access(runtime, { ...given, filter }, sources))
    })
}

function iamPolicy<F>(root: Command, { runtime, sources, end, common, reach, options }: Wiring<F>): void {
  reach(common(root.command('iam-policy').description('print the least-privilege IAM policy that this manifest needs')))
    .option('--read-only', 'only what plan and the reports need')
    .option('--kms-key <arn>', 'the KMS key that encrypts Identity Center, or none (default: looked up)')
    .action(async (flags: F & { readonly readOnly?: boolean; readonly kmsKey?: string }) => {
      const { iamPolicy } = await import('../commands/iam-policy.ts')
      const { readOnly, kmsKey } = flags
      const more = { readOnly: Boolean(readOnly), ...(kmsKey === undefined ? {} : { kmsKey }) }
      end(await iamPolicy(runtime, { ...options(flags), ...more }, sources))
    })
}

function printed<F>(root: Command, { runtime, end }: Wiring<F>): void {
  root
    .command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'the shell it is for').choices(['bash', 'zsh', 'fish']))
    .action(async (name: string) => {
      const { completion } = await import('../commands/completion.ts')
      end(completion(runtime, name, root))
    })
  root
    .command('schema')
    .description('print the JSON Schema of the manifest or of a plan')
    .addArgument(new Argument('[name]', 'which one').choices(['manifest', 'plan']).default('manifest'))
    .action(async (name: string) => {
      const { schema } = await import('../commands/schema.ts')
      end(schema(runtime, name))
    })
}

function repeated(one: string, all: readonly string[] = []): readonly string[] {
  return [...all, one]
}
