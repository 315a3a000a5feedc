import { oneOf } from '../usage/argument.ts'
import { command } from '../usage/command.ts'

/** `completion`: the whole command line, for a shell. */
export const completion = command({
  name: 'completion',
  summary: 'print the completion script of a shell',
  arguments: { shell: oneOf('shell', 'the shell it is for', ['bash', 'zsh', 'fish']) },
  options: {},
  async run(runtime, { shell }, _sources, { commands }) {
    const { completionScript } = await import('../completion/script.ts')
    runtime.out(completionScript(shell, commands))
    return 0
  },
})
