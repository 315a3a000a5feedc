import type { CommonOptions } from '../session/runtime.ts'
import { defaultSandboxFolder } from '../session/sandbox-folder.ts'
import type { Values } from './command.ts'
import { choice, flag, hidden, list, name, parsed, repeatable, text, textOr } from './option.ts'

/** Options of every command that works on a manifest, with the forms its result can have; the first is the usual one, `told` in other words. */
export function common<const F extends string>(formats: readonly [F, ...F[]], told?: string) {
  return {
    file: textOr('-f, --file <path>', 'the manifest file', { fallback: 'sso.yaml', environment: 'SSO_RECONCILE_FILE' }),
    env: repeatable('--env <name>', 'let the manifest use this environment variable, besides SSO_*'),
    allowUnknown: flag('--allow-unknown', 'accept names in policies that look misspelled (AWS may be newer)'),
    format: choice('--format <format>', 'output format', formats, told),
    json: flag('--json', 'short for --format json'),
    noColor: flag('--no-color', 'no colours'),
    quiet: flag('--quiet', 'print only results and errors'),
    verbose: flag('--verbose', 'list everything, including what is left alone, and say how AWS is read'),
  }
}

/** What says which AWS to talk to. */
export const reach = {
  profile: name('--profile <profile>', 'use the credentials of this AWS profile'),
  sandboxed: flag('--sandbox', 'use the embedded Identity Center instead of AWS, with a private home folder'),
  sandboxDir: text('--sandbox-dir <folder>', `where the sandbox keeps its state (default: ${defaultSandboxFolder})`),
}

/** The same for a command whose argument names the profile: the option is taken too, and help tells of one way only. */
export const reachByName = { ...reach, profile: hidden(reach.profile) }

/** What says how much is looked at. */
export const depth = {
  thorough: flag('--thorough', 'also look for orphaned assignments (their user or group was deleted)'),
}

/** What says which part of the manifest a plan is about. */
export const selection = {
  only: list('--only <kinds>', 'change only these kinds (comma-separated), or cloud or local'),
  target: repeatable('--target <address>', 'change only this address and what it needs'),
  due: flag('--due', 'change only what the time decides: grants that end or begin, revocations that are over'),
  ...depth,
}

/** What says whether a person's clicks in the console are waited for. */
export const patience = {
  noWait: flag('--no-wait', 'do not wait for Identity Center to be enabled in the console'),
}

/** What allows that which is refused unless it is asked for. */
export const guards = {
  maxDeletes: parsed('--max-deletes <n>', 'allow this many deletes', count, 'Expected a whole number.'),
  allowLockout: flag('--allow-lockout', 'allow removing the last administrator or your own access'),
  allowPrograms: flag('--allow-programs', 'allow profile settings that run programs or send requests elsewhere'),
}

type Given = Values<ReturnType<typeof common<string>>> & Values<typeof reach> & Partial<Values<typeof selection>>

/** The options of those groups as commands take them; a command without a selection has none. */
export function commonOptions<G extends Given>(
  given: G,
): Omit<CommonOptions, 'format'> & { readonly format: G['format'] | 'json' } {
  const { file, env, allowUnknown, quiet, verbose, profile, only, target, due, thorough = false } = given
  return {
    ...{ file, quiet, verbose, thorough },
    format: given.json ? 'json' : given.format,
    ...variablesOf(env),
    ...(allowUnknown ? { allowUnknown } : {}),
    ...(target ? { target: [...new Set(target)] } : {}),
    ...(only ? { only } : {}),
    ...(due ? { due } : {}),
    ...(profile ? { profile } : {}),
    ...sandboxOptions(given),
  }
}

/** The variables that `--env` names, one or several a time. */
export function variablesOf(env: readonly string[] | undefined): Pick<CommonOptions, 'variables'> {
  return env ? { variables: [...new Set(env.flatMap((names) => names.split(',')))] } : {}
}

function sandboxOptions({ sandboxed, sandboxDir }: Given): Pick<CommonOptions, 'sandbox' | 'sandboxWords'> {
  if (sandboxDir !== undefined) return { sandbox: sandboxDir, sandboxWords: ['--sandbox', '--sandbox-dir', sandboxDir] }
  return sandboxed ? { sandbox: defaultSandboxFolder, sandboxWords: ['--sandbox'] } : {}
}

function count(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined
}
