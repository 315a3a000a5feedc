import type { CommandEntry, CommandTable, OptionEntry, Value } from './table.ts'

/** A completion script for zsh; it can be sourced, or put as `_sso-reconcile` into a folder of $fpath. Pure. */
export function zshScript({ name, commands }: CommandTable): string {
  const body = `_${name.replaceAll('-', '_')}`
  const rows = commands.map((command) => `        ${quoted(`${command.name}:${command.description}`)}`)
  return `#compdef ${name}
# Completion of ${name} for zsh: put these lines into ~/.zshrc
#   autoload -Uz compinit && compinit
#   source <(${name} completion zsh)
# Asks ${name} itself, which reads the manifest and what comes with it. What it says is text: zsh quotes it when it gets onto the line.
${body}_manifest() {
  local file= i
  local -a found option
  for ((i = 1; i < CURRENT; i++)); do
    case $words[i] in
      (--) break ;;
      (-f|--file) (( i + 1 < CURRENT )) && file=$words[i+1] ;;
      (--file=*) file=\${words[i]#*=} ;;
    esac
  done
  file=\${(Q)file}
  case $file in ('') ;; ('~/'*) option=(--file=$HOME/\${file#??}) ;; (*) option=(--file=$file) ;; esac
  found=(\${(f)"$(command ${name} completion zsh --values $@[-1] $option 2>/dev/null)"})
  compadd "$@[1,-2]" -a found
}
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
${commands.map((command) => commandCase(command, body)).join('\n')}
      esac
      ;;
  esac
}
if [ "$funcstack[1]" = ${quoted(`_${name}`)} ]; then ${body} "$@"; else compdef ${body} ${name}; fi
`
}

function commandCase({ name, options, argument }: CommandEntry, body: string): string {
  const specs = [
    ...options.map((option) => optionSpec(option, body)),
    ...(argument ? [quoted(`1:argument:${action(argument, 'argument', body)}`)] : []),
  ]
  return `        ${name})\n          _arguments ${specs.join(' \\\n            ')}\n          ;;`
}

function optionSpec({ short, long, description, repeatable, value }: OptionEntry, body: string): string {
  const text = `[${description.replace(/[[\]\\]/g, '\\$&')}]`
  const told = value ? `${text}:${long.slice(2)}:${action(value, long.slice(2), body)}` : text
  // With the sign a value may stand behind it, or be the next word.
  const name = value ? `${long}=` : long
  if (repeatable) return quoted(`*${name}${told}`)
  return short ? `${quoted(`(${short} ${long})`)}{${short},${name}}${quoted(told)}` : quoted(`${name}${told}`)
}

function action(value: Value, tag: string, body: string): string {
  if (value.type === 'words') return `(${value.words.join(' ')})`
  if (value.type === 'list') return `{_values -s , ${tag} ${value.words.join(' ')}}`
  if (value.type === 'asked') return `${body}_manifest ${value.what}`
  if (value.type === 'any') return ' '
  return value.type === 'folder' ? '_files -/' : '_files'
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
