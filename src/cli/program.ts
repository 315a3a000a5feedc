import { Command, InvalidArgumentError, Option } from 'commander'
import { error, Refusal } from '../model/diagnostic.ts'
import type { CommonOptions, Runtime } from '../session/runtime.ts'
import { defaultSandboxFolder, selectedKinds } from '../session/session.ts'
import { version } from '../session/version.ts'
import { health } from './program-health.ts'
import { initCommand } from './program-init.ts'
import { reports } from './program-reports.ts'
import { revokeCommand } from './program-revoke.ts'
import { sandboxCommand } from './program-sandbox.ts'

const planFormats = ['text', 'json', 'markdown']

interface Flags {
  file: string
  only?: string[]
  format: CommonOptions['format']
  json?: boolean
  quiet?: boolean
  verbose?: boolean
  thorough?: boolean
  target?: string[]
  out?: string
  profile?: string
  sandbox?: boolean
  sandboxDir?: string
  check?: boolean
  detailedExitcode?: boolean
  yes?: boolean
  autoApprove?: boolean
  expect?: string
  wait?: boolean
  maxDeletes?: number
  allowLockout?: boolean
}

/** The command line. Each command is loaded when it runs, so that help never loads AWS. */
export function program(runtime: Runtime, sources: Map<string, string>, end: (code: number) => void): Command {
  const root = new Command('sso-reconcile')
    .description('Reconciles AWS IAM Identity Center and ~/.aws/config with one file, sso.yaml.')
    .version(version)
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .configureOutput({ writeOut: runtime.out, writeErr: runtime.err })
    .showSuggestionAfterError()
    .showHelpAfterError('Add --help to see what there is.')
    .addHelpText('after', '\nTry it without an AWS account: sso-reconcile plan --sandbox')

  initCommand(root, { runtime, sources, end, common, reach, options })
  reach(common(root.command('validate').description('check the manifest offline'))).action(async (flags: Flags) => {
    const { validate } = await import('../commands/validate.ts')
    end(await validate(runtime, options(flags), sources))
  })

  guards(selection(common(root.command('plan').description('show what would change; writes nothing'), planFormats)))
    .option('--check', 'exit 2 when something would change')
    .option('-o, --out <file>', 'save the plan for "apply <file>"')
    .addOption(new Option('--detailed-exitcode').hideHelp())
    .action(async (flags: Flags) => {
      const { plan } = await import('../commands/plan.ts')
      end(
        await plan(
          runtime,
          {
            ...options(flags),
            ...allowances(flags),
            check: Boolean(flags.check || flags.detailedExitcode),
            ...(flags.out === undefined ? {} : { out: flags.out }),
          },
          sources,
        ),
      )
    })

  guards(
    selection(common(root.command('apply').description('plan, ask, change, and prove that it is done'), planFormats)),
  )
    .argument('[plan.json]', 'a plan saved by "plan --out"; refused when it is no longer the same')
    .option('-y, --yes', 'do not ask')
    .addOption(new Option('--auto-approve').hideHelp())
    .option('--expect <digest>', 'apply only this reviewed plan (16 or more digits of its digest)', digest)
    .action(async (saved: string | undefined, given: Flags, command: Command) => {
      const { apply } = await import('../commands/apply.ts')
      const flags = saved === undefined ? given : await asSaved(saved, given, command)
      const approval = {
        yes: Boolean(flags.yes || flags.autoApprove),
        ...(flags.expect ? { expect: flags.expect } : {}),
        noWait: flags.wait === false,
      }
      end(await apply(runtime, { ...options(flags), ...allowances(flags), ...approval }, sources))
    })

  const wiring = { runtime, sources, end, common, reach, options }
  reports(root, wiring)
  health(root, wiring)
  revokeCommand(root, wiring)
  sandboxCommand(root, wiring)
  return root
}

/** The flags a saved plan stands for; naming others beside it would mean another plan. */
async function asSaved(path: string, flags: Flags, command: Command): Promise<Flags> {
  const { readSavedPlan } = await import('../reconcile/saved-plan.ts')
  const { file, digest: expect, only, target } = await readSavedPlan(path)
  if (flags.expect !== undefined && !expect.startsWith(flags.expect))
    throw new Refusal(
      error('usage', `--expect ${flags.expect} is not the plan in ${path}`, {
        hint: 'leave --expect out: the file names its own digest',
      }),
    )
  const own = command.getOptionValueSource('file') === 'default' ? { file } : {}
  return { ...flags, ...own, expect, ...(only ? { only: [...only] } : {}), ...(target ? { target: [...target] } : {}) }
}

function common(command: Command, formats: readonly string[] = ['text', 'json']): Command {
  return command
    .addOption(new Option('-f, --file <path>', 'the manifest').default('sso.yaml').env('SSO_RECONCILE_FILE'))
    .addOption(new Option('--format <format>', 'form of the result').choices(formats).default('text'))
    .option('--json', 'short for --format json')
    .option('--no-color', 'no colours')
    .option('--quiet', 'results and errors only')
    .option('--verbose', 'list everything, also what is left alone')
}

function selection(command: Command): Command {
  return reach(command)
    .option('--only <kinds>', 'change only these kinds, separated by commas; also cloud and local', (text: string) =>
      text.split(','),
    )
    .option(
      '--target <address>',
      'change only this address and what it needs; repeatable',
      (one: string, all: string[] = []) => [...all, one],
    )
    .option('--thorough', 'also look for assignments whose user or group is gone')
}

function reach(command: Command): Command {
  return command
    .option('--profile <name>', 'AWS profile whose credentials are used')
    .option('--sandbox', 'use the embedded Identity Center instead of AWS, and a private home')
    .option('--sandbox-dir <folder>', `where the sandbox keeps its state (default: ${defaultSandboxFolder})`)
}

function guards(command: Command): Command {
  return command
    .option('--no-wait', 'do not wait for Identity Center to be enabled in the console')
    .option('--max-deletes <n>', 'allow this many deletes', count)
    .option('--allow-lockout', 'allow taking away the last administrator or your own access')
}

function options(flags: Flags): CommonOptions {
  const sandboxed = flags.sandbox || flags.sandboxDir !== undefined
  return {
    file: flags.file,
    format: flags.json ? 'json' : flags.format,
    quiet: Boolean(flags.quiet),
    verbose: Boolean(flags.verbose),
    thorough: Boolean(flags.thorough),
    ...(flags.target ? { target: [...new Set(flags.target)] } : {}),
    ...(flags.only ? { only: selectedKinds(flags.only), onlyWords: flags.only } : {}),
    ...(flags.profile ? { profile: flags.profile } : {}),
    ...(sandboxed ? { sandbox: flags.sandboxDir ?? defaultSandboxFolder, sandboxWords: sandboxWords(flags) } : {}),
  }
}

function sandboxWords({ sandboxDir }: Flags): string[] {
  return sandboxDir === undefined ? ['--sandbox'] : ['--sandbox', '--sandbox-dir', sandboxDir]
}

function allowances({ maxDeletes, allowLockout }: Flags) {
  return { ...(maxDeletes === undefined ? {} : { maxDeletes }), ...(allowLockout ? { allowLockout } : {}) }
}

function digest(text: string): string {
  if (/^[0-9a-f]{16,64}$/.test(text)) return text
  throw new InvalidArgumentError('Expected 16 to 64 hexadecimal digits, as the last line of a plan shows them.')
}

function count(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Expected a whole number.')
}
