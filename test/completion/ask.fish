# Completes command lines as fish would, and prints what is offered for each, with a line <end> after it.
#   fish --no-config ask.fish SCRIPT LINE...
source $argv[1]
for line in $argv[2..]
    complete -C $line
    echo '<end>'
end
