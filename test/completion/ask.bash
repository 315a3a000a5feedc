# Completes a command line as bash would, and prints what is offered.
#   bash --norc ask.bash SCRIPT WORD...
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_sso_reconcile
printf '%s\n' "${COMPREPLY[@]}"
