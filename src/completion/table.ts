import { cloudKinds, localKinds } from '../kinds/index.ts'
import type { Command } from '../usage/command.ts'
import type { OptionDeclaration } from '../usage/option.ts'
import { askedWords } from './values.ts'

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

/** What a value may be: one of some words, several of them between commas, something that the program knows or reads in the manifest, a file, a folder, or anything. */
export type Value =
  | { readonly type: 'words'; readonly words: readonly string[] }
  | { readonly type: 'list'; readonly words: readonly string[] }
  | { readonly type: 'asked'; readonly what: string }
  | { readonly type: 'file' }
  | { readonly type: 'folder' }
  | { readonly type: 'any' }

/** Reads the table of commands, so that what can be completed is what can be typed. Hidden options stay hidden. */
export function tableOf(name: string, commands: readonly Command[]): CommandTable {
  return { name, commands: commands.map(entryOf) }
}

function entryOf({ name, summary, options, arguments: args }: Command): CommandEntry {
  const [argument] = Object.values(args)
  const help: OptionEntry = { short: '-h', long: '--help', description: 'show this help', repeatable: false }
  const shown = Object.values(options).filter(({ hidden }) => !hidden)
  return {
    ...{ name, description: summary },
    options: [...shown.map(optionOf), help],
    ...(argument ? { argument: valueFor(argument.usage, argument.choices) } : {}),
  }
}

function optionOf({ flags, description, repeatable = false, choices }: OptionDeclaration): OptionEntry {
  const [, short, long = '', placeholder] = /^(?:(-\w), )?(--[\w-]+)(?: (.+))?$/.exec(flags) ?? []
  return {
    ...(short ? { short } : {}),
    ...{ long, description, repeatable },
    ...(placeholder ? { value: valueFor(placeholder, choices) } : {}),
  }
}

// The placeholder in the help text says what a value is: <path>, <folder>, <kinds>, <address>, or a kind as in <user>.
function valueFor(shown: string, choices: readonly string[] | undefined): Value {
  const placeholder = shown.slice(1, -1).replace(/\.{3}$/, '')
  if (choices) return { type: 'words', words: choices }
  if (placeholder === 'kinds') return { type: 'list', words: kindWords() }
  if (askedWords.has(placeholder)) return { type: 'asked', what: placeholder }
  if (placeholder === 'folder') return { type: 'folder' }
  return { type: /^(path|file|.+\.json)$/.test(placeholder) ? 'file' : 'any' }
}

function kindWords(): string[] {
  return [...cloudKinds, ...localKinds].map((kind): string => kind.name).concat('cloud', 'local')
}
