import type { Argument, Command, Option } from 'commander'
import { cloudKinds, localKinds } from '../kinds/index.ts'

/** The command line as data, for scripts that complete it. */
export interface CommandTable {
  readonly name: string
  readonly commands: readonly CommandEntry[]
}

export interface CommandEntry {
  readonly name: string
  readonly description: string
  readonly options: readonly OptionEntry[]
  /** What the first argument may be; absent where there is none, or nothing is known about it. */
  readonly argument?: Value
}

export interface OptionEntry {
  /** `-f` */
  readonly short?: string
  /** `--file` */
  readonly long: string
  readonly description: string
  /** May be given several times. */
  readonly repeatable: boolean
  /** Absent for a flag. */
  readonly value?: Value
}

/** What a value may be: one of some words, several of them between commas, a file, a folder, or anything. */
export type Value =
  | { readonly type: 'words'; readonly words: readonly string[] }
  | { readonly type: 'list'; readonly words: readonly string[] }
  | { readonly type: 'file' }
  | { readonly type: 'folder' }
  | { readonly type: 'any' }

/** Reads commander's own table, so that what can be completed is what can be typed. Hidden options stay hidden. */
export function tableOf(root: Command): CommandTable {
  return { name: root.name(), commands: root.commands.map(entryOf) }
}

function entryOf(command: Command): CommandEntry {
  const [argument] = command.registeredArguments
  const help: OptionEntry = { short: '-h', long: '--help', description: 'show this help', repeatable: false }
  const shown = command.options.filter((option) => !option.hidden && option.long)
  return {
    name: command.name(),
    description: command.description(),
    options: [...shown.map(optionOf), help],
    ...(argument ? { argument: argumentValue(argument) } : {}),
  }
}

function optionOf(option: Option): OptionEntry {
  const { short, long, description } = option
  const takes = option.required || option.optional
  return {
    ...(short ? { short } : {}),
    long: long ?? '',
    description,
    repeatable: description.includes('repeatable'),
    ...(takes ? { value: valueFor(/[<[]([^>\]]+)[>\]]/.exec(option.flags)?.[1] ?? '', option.argChoices) } : {}),
  }
}

function argumentValue(argument: Argument): Value {
  return valueFor(argument.name(), argument.argChoices)
}

// The placeholder in the help text says what a value is: <path>, <folder>, <kinds>.
function valueFor(placeholder: string, choices: readonly string[] | undefined): Value {
  if (choices) return { type: 'words', words: choices }
  if (placeholder === 'kinds') return { type: 'list', words: kindWords() }
  if (placeholder === 'folder') return { type: 'folder' }
  return { type: /^(path|file|.+\.json)$/.test(placeholder) ? 'file' : 'any' }
}

function kindWords(): string[] {
  return [...cloudKinds, ...localKinds].map((kind): string => kind.name).concat('cloud', 'local')
}
