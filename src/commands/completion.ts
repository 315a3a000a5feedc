import { oneOf } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common } from '../usage/groups.ts'
import { hidden, name } from '../usage/option.ts'

/** `completion`: the whole command line, for a shell, and what the scripts for that ask. */
export const completion = command({
  name: 'completion',
  summary: 'print a shell completion script',
  arguments: { shell: oneOf('shell', 'your shell', ['bash', 'zsh', 'fish']) },
  options: {
    values: hidden(name('--values <what>', 'print names or addresses from the manifest, one per line')),
    file: hidden(common(['text']).file),
  },
  notes: `Setup:
  bash: add this line to ~/.bashrc (macOS: ~/.bash_profile)
    eval "$(sso-reconcile completion bash)"
  zsh: add these lines to ~/.zshrc
    autoload -Uz compinit && compinit
    source <(sso-reconcile completion zsh)
  fish: run this once, and again after an update
    sso-reconcile completion fish > ~/.config/fish/completions/sso-reconcile.fish
Then open a new terminal. Profiles, users and addresses are
completed from sso.yaml (or -f FILE), actions from a list that
comes with this version; AWS is not asked.`,
  async run(runtime, { shell, values, file }, _sources, { commands }) {
    if (values !== undefined) {
      const { printValues } = await import('../completion/run/values.ts')
      return printValues(runtime, values, file)
    }
    const { completionScript } = await import('../completion/script.ts')
    runtime.out(completionScript(shell, commands))
    return 0
  },
})
