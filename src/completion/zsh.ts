import type { CommandEntry, CommandTable, OptionEntry, Value } from './table.ts'

/** A completion script for zsh; it can be sourced, or put as `_sso-reconcile` into a folder of $fpath. Pure. */
export function zshScript({ name, commands }: CommandTable): string {
  const body = `_${name.replaceAll('-', '_')}`
  const rows = commands.map((command) => `        ${quoted(`${command.name}:${command.description}`)}`)
  return `#compdef ${name}
# Completion of ${name} for zsh: put these lines into ~/.zshrc
#   autoload -Uz compinit && compinit
#   source <(${name} completion zsh)
${body}() {
  local curcontext="$curcontext" state
  local -a line commands
  _arguments -C ${quoted('(- *)')}{-h,--help}${quoted('[show this help]')} ${quoted('(- *)--version[show the version]')} '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      commands=(
${rows.join('\n')}
      )
      _describe command commands
      ;;
    argument)
      case $line[1] in
${commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}
if [ "$funcstack[1]" = ${quoted(`_${name}`)} ]; then ${body} "$@"; else compdef ${body} ${name}; fi
`
}

function commandCase({ name, options, argument }: CommandEntry): string {
  const specs = [
    ...options.map(optionSpec),
    ...(argument ? [quoted(`1:argument:${action(argument, 'argument')}`)] : []),
  ]
  return `        ${name})\n          _arguments ${specs.join(' \\\n            ')}\n          ;;`
}

function optionSpec({ short, long, description, repeatable, value }: OptionEntry): string {
  const text = `[${description.replace(/[[\]\\]/g, '\\$&')}]`
  const told = value ? `${text}:${long.slice(2)}:${action(value, long.slice(2))}` : text
  if (repeatable) return quoted(`*${long}${told}`)
  return short ? `${quoted(`(${short} ${long})`)}{${short},${long}}${quoted(told)}` : quoted(`${long}${told}`)
}

function action(value: Value, tag: string): string {
  if (value.type === 'words') return `(${value.words.join(' ')})`
  if (value.type === 'list') return `{_values -s , ${tag} ${value.words.join(' ')}}`
  if (value.type === 'any') return ' '
  return value.type === 'folder' ? '_files -/' : '_files'
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
