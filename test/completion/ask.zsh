# Completes command lines in a zsh of its own, as the Tab key would, and prints what was offered for each, with a line <end> after it.
#   zsh -f ask.zsh SCRIPT LINE...
zmodload zsh/zpty
script=$1; shift
answers=$(mktemp)
zpty inner zsh -f -i
zpty -w inner "PS1= PS2=; autoload -Uz compinit && compinit -u -D; source ${(q)script}"
zpty -w inner "compadd() {
  local -a asked hits
  [[ \${@[(I)-O|-A|-D]} -gt 0 ]] && { builtin compadd \"\$@\"; return }
  builtin compadd -O hits \"\$@\"
  local prefix=; local i=\${@[(I)-p]}; (( i > 0 )) && prefix=\$@[i+1]
  for hit in \$hits; do print -r -- \"\$IPREFIX\$prefix\$hit\"; done >> ${(q)answers}
  builtin compadd \"\$@\"
}"
zpty -w inner "offer() { _main_complete; compstate[insert]=; compstate[list]=; print -r -- '<end>' >> ${(q)answers} }; zle -C offer complete-word offer; bindkey '^X^O' offer; bindkey '^U' kill-whole-line"
for line in "$@"; do
  : > $answers
  zpty -w -n inner $'\x15'$line$'\x18\x0f'
  for turn in {1..250}; do
    grep -q '^<end>' $answers && break
    zpty -r -t inner output 2>/dev/null
    sleep 0.02
  done
  grep -v '^<end>' $answers | sort -u
  print '<end>'
done
rm -f $answers
zpty -d inner
