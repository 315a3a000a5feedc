# Completes command lines as bash would, and prints what is offered for each, with a line <end> after it.
#   bash --norc ask.bash SCRIPT LINE...
source "$1"
shift
for line in "$@"; do
  read -ra COMP_WORDS <<< "$line"
  [[ $line == *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  COMPREPLY=()
  _sso_reconcile
  printf '%s\n' "${COMPREPLY[@]}" '<end>'
done
