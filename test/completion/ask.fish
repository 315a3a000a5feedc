# Completes a command line as fish would, and prints what is offered.
#   fish --no-config ask.fish SCRIPT WORD...
source $argv[1]
complete -C (string join -- ' ' $argv[2..])
