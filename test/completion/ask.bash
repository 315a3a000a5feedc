# Completes command lines as bash would, and prints what is offered for each, with a line <end> after it.
#   bash --norc ask.bash SCRIPT LINE...
source "$1"
shift
for COMP_LINE in "$@"; do
  COMP_POINT=${#COMP_LINE}
  COMPREPLY=()
  _sso_reconcile
  printf '%s\n' "${COMPREPLY[@]}" '<end>'
done
