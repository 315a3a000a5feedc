import type { CommandEntry, CommandTable, OptionEntry, Value } from './table.ts'

/** A completion script for fish. Pure. */
export function fishScript({ name, commands }: CommandTable): string {
  const body = `__${name.replaceAll('-', '_')}`
  return `# Completion of ${name} for fish: save it where fish looks for it
#   ${name} completion fish > ~/.config/fish/completions/${name}.fish
function ${body}_list
    set -l begun (commandline -ct | string replace -r '^--[a-z-]+=' '' | string replace -r '[^,]*$' '')
    printf '%s\\n' "$begun"$argv
end
# Asks ${name} itself, which reads the manifest and what comes with it. What it says is text: fish quotes it when it gets onto the line.
function ${body}_manifest
    set -l words (commandline -opc)
    contains -- -- $words; and return
    command -q ${name}; or return
    set -l file
    while set -q words[2]
        switch $words[1]
            case -f --file
                set file --file=$words[2]
        end
        set -e words[1]
    end
    for word in (commandline -opc)
        string match -q -- '--file=*' $word; and set file $word
    end
    if string match -q -- '--file=~/*' "$file"
        set file --file=$HOME/(string sub -s 10 -- $file)
    end
    # A name that begins with ~ would become somebody's home folder: fish does not quote that sign.
    command ${name} completion fish --values $argv[1] $file 2>/dev/null | string match -rv '^~'
end
complete -c ${name} -f
complete -c ${name} -n __fish_use_subcommand -s h -l help -d 'show this help'
complete -c ${name} -n __fish_use_subcommand -l version -d 'show the version'
${commands.map((command) => line(name, '__fish_use_subcommand', `-a ${command.name} -d ${quoted(command.description)}`)).join('\n')}
${commands.flatMap((command) => commandLines(name, command, body)).join('\n')}
`
}

function commandLines(program: string, { name, options, argument }: CommandEntry, body: string): string[] {
  const when = `__fish_seen_subcommand_from ${name}`
  return [
    ...options.map((option) => line(program, when, optionWords(option, body))),
    ...(argument && argument.type !== 'any' ? [line(program, when, argumentWords(argument, body))] : []),
  ]
}

function optionWords({ short, long, description, value }: OptionEntry, body: string): string {
  const names = [...(short ? [`-s ${short.slice(1)}`] : []), `-l ${long.slice(2)}`]
  return [...names, ...(value ? [valueWords(value, body)] : []), `-d ${quoted(description)}`].join(' ')
}

function valueWords(value: Value, body: string): string {
  if (value.type === 'file') return '-r -F'
  return value.type === 'any' ? '-x' : `-x ${offered(value, body)}`
}

function argumentWords(value: Value, body: string): string {
  return value.type === 'file' || value.type === 'any' ? '-F' : offered(value, body)
}

function offered(value: Exclude<Value, { type: 'file' | 'any' }>, body: string): string {
  if (value.type === 'folder') return "-a '(__fish_complete_directories)'"
  if (value.type === 'asked') return `-a ${quoted(`(${body}_manifest ${value.what})`)}`
  const all = value.words.join(' ')
  return `-a ${quoted(value.type === 'list' ? `(${body}_list ${all})` : all)}`
}

function line(program: string, when: string, rest: string): string {
  return `complete -c ${program} -n ${quoted(when)} ${rest}`
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
