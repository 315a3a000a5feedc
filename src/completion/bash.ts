import type { CommandEntry, CommandTable, OptionEntry, Value } from './table.ts'

/** A completion script for bash, from 3.2 (macOS) on, without the bash-completion package. Pure. */
export function bashScript({ name, commands }: CommandTable): string {
  const body = name.replaceAll('-', '_')
  const names = commands.map((command) => command.name)
  return `# Completion of ${name} for bash: put this line into ~/.bashrc
#   source <(${name} completion bash)
_${body}_words() { COMPREPLY=($(compgen -W "$1" -- "$cur")); }
_${body}_list() {
  COMPREPLY=($(compgen -P "\${cur%"\${cur##*,}"}" -W "$1" -- "\${cur##*,}"))
  compopt -o nospace 2>/dev/null
}
_${body}_paths() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen "$1" -- "$cur"))
  compopt -o filenames 2>/dev/null
}
_${body}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' word
  # bash takes --option=value apart at the sign.
  if [ "$cur" = '=' ]; then cur=''; elif [ "$prev" = '=' ]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) ;; *) command=$word; break ;; esac
  done
  COMPREPLY=()
  case "$command $prev" in
${commands.flatMap((command) => valueCases(command, body)).join('\n')}
  esac
  case "$command" in
    '') _${body}_words '${[...names, '--help', '--version'].join(' ')}' ;;
${commands.map((command) => wordCase(command, body)).join('\n')}
  esac
}
complete -F _${body} ${name}
`
}

function valueCases({ name, options }: CommandEntry, body: string): string[] {
  return options.flatMap((option) =>
    option.value ? [`    ${patterns(name, option)}) ${action(option.value, body)}; return ;;`] : [],
  )
}

function patterns(command: string, { short, long }: OptionEntry): string {
  return [short, long].flatMap((flag) => (flag ? [`'${command} ${flag}'`] : [])).join('|')
}

function wordCase({ name, options, argument }: CommandEntry, body: string): string {
  const flags = `_${body}_words '${options.map((option) => option.long).join(' ')}'`
  if (!argument || argument.type === 'any') return `    ${name}) ${flags} ;;`
  return `    ${name}) if [[ $cur == -* ]]; then ${flags}; else ${action(argument, body)}; fi ;;`
}

function action(value: Value, body: string): string {
  if (value.type === 'words') return `_${body}_words '${value.words.join(' ')}'`
  if (value.type === 'list') return `_${body}_list '${value.words.join(' ')}'`
  if (value.type === 'any') return ':'
  return `_${body}_paths ${value.type === 'folder' ? '-d' : '-f'}`
}
