import { mandatory } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { choice, flag } from '../usage/option.ts'

/** `show`: a saved plan once more. */
export const show = command({
  name: 'show',
  summary: 'show a plan saved with "plan --out"; reads nothing else',
  arguments: { saved: mandatory('plan.json', 'the saved plan') },
  options: {
    format: choice('--format <format>', 'output format', ['text', 'json', 'markdown', 'html']),
    json: flag('--json', 'short for --format json'),
    noColor: flag('--no-color', 'no colours'),
    quiet: flag('--quiet', 'print only results and errors'),
    verbose: flag('--verbose', 'list everything, including what is left alone'),
  },
  async run(runtime, given) {
    const { showSaved } = await import('../reconcile/show.ts')
    return showSaved(runtime, { ...given, format: given.json ? 'json' : given.format })
  },
})
