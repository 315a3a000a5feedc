import { Argument, InvalidArgumentError, Option, Command as Parser } from 'commander'
import { version } from '../session/version.ts'
import { shown } from '../text/shown.ts'
import type { ArgumentDeclaration } from '../usage/argument.ts'
import type { Command, CommandLine } from '../usage/command.ts'
import type { OptionDeclaration, Written } from '../usage/option.ts'

/** Where a program writes, and what it does with a command line. */
interface ProgramUse {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly act: (command: Command, line: CommandLine) => Promise<void>
}

/** The parser of the whole command line, made from the table of commands. `argv` is what it will parse. */
export function program(commands: readonly Command[], argv: readonly string[], { out, err, act }: ProgramUse): Parser {
  const root = new Parser('sso-reconcile')
    .description('Manage AWS IAM Identity Center and your AWS CLI profiles from one file, sso.yaml.')
    .version(version)
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err, outputError: (text, write) => write(misuseText(text)) })
    // In 60 columns half a line is left for a description, which is enough to break it there. What a command takes, its own help says.
    .configureHelp({ minWidthToWrap: 20, subcommandTerm: (command) => command.name() })
    .showSuggestionAfterError()
    .showHelpAfterError('Run sso-reconcile --help for usage.')
    .addHelpText(
      'after',
      '\nStart with: sso-reconcile init\nTry it without an AWS account: sso-reconcile plan --sandbox',
    )
  for (const command of asked(commands, argv)) add(root, command, argv, act)
  return root
}

// Behind the name of one command nothing depends on the others, and to declare them all takes as long as to read a manifest.
function asked(commands: readonly Command[], [word]: readonly string[]): readonly Command[] {
  const one = commands.find(({ name }) => name === word)
  return one ? [one] : commands
}

// What was typed stands in the message; a suggestion at its end is the parser's, on a line of its own.
function misuseText(message: string): string {
  const [, found = '', suggestion = ''] = /^(.*?)(\n\(Did you mean [^\n]*\?\))?\n?$/s.exec(message) ?? []
  return `${shown(found)}${suggestion}\n`
}

function add(root: Parser, command: Command, argv: readonly string[], act: ProgramUse['act']): void {
  const parser = root
    .command(command.name)
    .description(command.summary)
    .showHelpAfterError(`Run sso-reconcile ${command.name} --help for usage.`)
  const args = Object.values(command.arguments)
  for (const one of args.filter(({ takes }) => takes === 'one')) parser.addArgument(argumentOf(one))
  parser.allowExcessArguments(args.some(({ takes }) => takes === 'left over'))
  const takesBehind = args.some(({ takes }) => takes === 'behind')
  if (takesBehind)
    parser.usage(['[options]', ...args.map(({ usage }) => usage).filter((usage) => usage !== '')].join(' '))
  const options = Object.entries(command.options).map(([key, one]) => [key, optionOf(one)] as const)
  for (const [, option] of options) parser.addOption(option)
  if (command.notes !== undefined) parser.addHelpText('after', `\n${command.notes}`)
  parser.action(() => act(command, lineOf(parser, new Map(options), takesBehind ? argv : [])))
}

function argumentOf({ usage, description, choices, fallback }: ArgumentDeclaration): Argument {
  const argument = new Argument(usage, description)
  if (choices) argument.choices(choices)
  return fallback === undefined ? argument : argument.default(fallback)
}

function optionOf({ flags, description, choices, hidden, ...how }: OptionDeclaration): Option {
  const { repeatable, fallback, environment, trouble, once } = how
  const option = new Option(flags, description).hideHelp(hidden ?? false)
  if (choices) option.choices(choices)
  if (fallback) option.default(fallback.value, fallback.told)
  if (environment !== undefined) option.env(environment)
  if (repeatable) option.argParser((one: string, all: readonly string[] = []) => [...all, one])
  if (once !== undefined) option.argParser((text: string, before?: string) => onlyOne(text, before, once))
  return trouble ? option.argParser((text: string) => checked(text, trouble)) : option
}

function checked(text: string, trouble: (text: string) => string | undefined): string {
  const why = trouble(text)
  if (why === undefined) return text
  throw new InvalidArgumentError(why)
}

function onlyOne(text: string, before: string | undefined, advice: string): string {
  if (before === undefined) return text
  throw new InvalidArgumentError(`It was given already, as '${before}'; ${advice}.`)
}

// What stands for nothing is the business of the declarations: here counts only what was written.
function lineOf(parser: Parser, options: ReadonlyMap<string, Option>, argv: readonly string[]): CommandLine {
  const written = [...options].flatMap(([key, option]): [string, Written][] => {
    const name = option.attributeName()
    const source = parser.getOptionValueSource(name)
    if (source === undefined || source === 'default') return []
    return [[key, option.required ? parser.getOptionValue(name) : true]]
  })
  const at = argv.indexOf('--')
  // The parser gives all words in one list, and only the `--` of the command line parts them: for commands that take what is behind it.
  const behind = at < 0 ? [] : argv.slice(at + 1)
  const own = parser.args.slice(0, parser.args.length - behind.length)
  return { options: new Map(written), words: { own, behind } }
}
