import type { CommandEntry, CommandTable, OptionEntry, Value } from './table.ts'

/** A completion script for fish. Pure. */
export function fishScript({ name, commands }: CommandTable): string {
  const list = `__${name.replaceAll('-', '_')}_list`
  return `# Completion of ${name} for fish: save it where fish looks for it
#   ${name} completion fish > ~/.config/fish/completions/${name}.fish
function ${list}
    set -l begun (commandline -ct | string replace -r '^--[a-z-]+=' '' | string replace -r '[^,]*$' '')
    printf '%s\\n' "$begun"$argv
end
complete -c ${name} -f
complete -c ${name} -n __fish_use_subcommand -s h -l help -d 'show this help'
complete -c ${name} -n __fish_use_subcommand -l version -d 'show the version'
${commands.map((command) => line(name, '__fish_use_subcommand', `-a ${command.name} -d ${quoted(command.description)}`)).join('\n')}
${commands.flatMap((command) => commandLines(name, command, list)).join('\n')}
`
}

function commandLines(program: string, { name, options, argument }: CommandEntry, list: string): string[] {
  const when = `__fish_seen_subcommand_from ${name}`
  return [
    ...options.map((option) => line(program, when, optionWords(option, list))),
    ...(argument && argument.type !== 'any' ? [line(program, when, argumentWords(argument, list))] : []),
  ]
}

function optionWords({ short, long, description, value }: OptionEntry, list: string): string {
  const names = [...(short ? [`-s ${short.slice(1)}`] : []), `-l ${long.slice(2)}`]
  return [...names, ...(value ? [valueWords(value, list)] : []), `-d ${quoted(description)}`].join(' ')
}

function valueWords(value: Value, list: string): string {
  if (value.type === 'file') return '-r -F'
  if (value.type === 'folder') return "-x -a '(__fish_complete_directories)'"
  return value.type === 'any' ? '-x' : `-x -a ${words(value.type, value.words, list)}`
}

function argumentWords(value: Value, list: string): string {
  if (value.type === 'file' || value.type === 'any') return '-F'
  return value.type === 'folder' ? "-a '(__fish_complete_directories)'" : `-a ${words(value.type, value.words, list)}`
}

function words(type: 'words' | 'list', all: readonly string[], list: string): string {
  return quoted(type === 'list' ? `(${list} ${all.join(' ')})` : all.join(' '))
}

function line(program: string, when: string, rest: string): string {
  return `complete -c ${program} -n ${quoted(when)} ${rest}`
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
