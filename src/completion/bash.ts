import type { CommandEntry, CommandTable, OptionEntry, Value } from './table.ts'

/**
 * A completion script for bash, from 3.2 (macOS) on, without the bash-completion package. It takes the line apart itself, since bash parts
 * words at `:`, `=` and `@` too, and never hands a name to `compgen -W` or `eval`, which would run what stands in it. Pure.
 */
export function bashScript({ name, commands }: CommandTable): string {
  const body = name.replaceAll('-', '_')
  const names = commands.map((command) => command.name)
  return `# Completion of ${name} for bash: put this line into ~/.bashrc
#   eval "$(${name} completion bash)"
${helpers(name, `_${body}`)}
_${body}() {
  local words cur head kept open i prev command='' file='' after='' IFS=$' \\t\\n'
  COMPREPLY=()
  _${body}_parts
  for ((i = 1; i < \${#words[@]} - 1; i++)); do
    case \${words[i]} in
      --) after=1; break ;;
      -f | --file) file=\${words[i+1]} ;;
      --file=*) file=\${words[i]#*=} ;;
      -*) ;;
      *) if [ -z "$command" ]; then command=\${words[i]}; fi ;;
    esac
  done
  if [ -n "$after" ]; then _${body}_paths -f; return; fi
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

/** What the script is made of besides the table: how it reads the line, and how it answers. */
function helpers(name: string, body: string): string {
  return `# Splits what is before the cursor. words: without their quotes; prev and cur: the last two; head: what is before the value
# in --option=value; kept: how much of the last word bash leaves as it is; open: the quote that is open.
${body}_parts() {
  local line=\${COMP_LINE:0:COMP_POINT} word='' begun='' sign i
  words=() kept=0 open='' head=''
  for ((i = 0; i < \${#line}; i++)); do
    sign=\${line:i:1}
    case $open$sign in
      "''" | '""') open=''; kept=\${#word} ;;
      "'"?) word+=$sign ;;
      '"\\' | '\\') i=$((i + 1)); word+=\${line:i:1} begun=1 ;;
      '"'?) word+=$sign ;;
      "'" | '"') open=$sign begun=1 kept=\${#word} ;;
      ' ' | $'\\t') if [ -n "$begun" ]; then words+=("$word"); fi; word='' begun='' kept=0 ;;
      ';' | '|' | '&' | '(' | ')') words=() word='' begun='' kept=0 ;;
      *)
        word+=$sign begun=1
        case $COMP_WORDBREAKS in *"$sign"*) kept=\${#word} ;; *) continue ;; esac
        # What readline calls special prefixes parts words too, but belongs to the word that it begins.
        case $sign in '@' | '$') kept=$((kept - 1)) ;; esac ;;
    esac
  done
  words+=("$word")
  while [[ \${#words[@]} -gt 2 && \${words[0]} == *=* ]]; do words=("\${words[@]:1}"); done
  cur=$word prev=''
  if [ \${#words[@]} -gt 1 ]; then prev=\${words[\${#words[@]}-2]}; fi
  case $cur in --*=*) head=\${cur%%=*}= prev=\${cur%%=*} cur=\${cur#*=} ;; esac
}
# Offers the lines of its input that go on from what was typed, in the quoting that is open. A line is text and nothing else: it is
# compared as it is, and what bash would act on is quoted.
${body}_offer() {
  local value
  while IFS= read -r value; do
    [[ $value == "$cur"* ]] || continue
    value=$head$value
    value=\${value:kept}
    case $open in
      "'") case $value in *"'"*) continue ;; esac ;;
      '"') case $value in *['"$\`\\!']*) continue ;; esac ;;
      *)
        if [ -n "$value" ]; then printf -v value %q "$value"; fi
        # Between words of a list a comma needs no quote, since braces have one.
        value=\${value//\\\\,/,}
        ;;
    esac
    COMPREPLY+=("$value")
  done
}
${body}_words() { ${body}_offer < <(printf '%s\\n' $1); }
${body}_list() {
  local word begun=\${cur%"\${cur##*,}"}
  ${body}_offer < <(for word in $1; do printf '%s\\n' "$begun$word"; done)
  compopt -o nospace 2>/dev/null
}
${body}_paths() {
  local IFS=$'\\n' begun=$head$cur
  COMPREPLY=($(compgen "$1" -- "$cur"))
  begun=\${begun:0:kept}
  COMPREPLY=("\${COMPREPLY[@]#"\${begun#"$head"}"}")
  compopt -o filenames 2>/dev/null
}
# Asks ${name} itself, which reads the manifest and what comes with it.
${body}_manifest() {
  case $file in '~/'*) file=$HOME/\${file#??} ;; esac
  ${body}_offer < <(command ${name} completion bash --values "$1" \${file:+--file="$file"} 2>/dev/null)
}`
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
  if (value.type === 'asked') return `_${body}_manifest ${value.what}`
  if (value.type === 'any') return ':'
  return `_${body}_paths ${value.type === 'folder' ? '-d' : '-f'}`
}
