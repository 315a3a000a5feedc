import { quoted } from '../text/quote.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, guards, reach, selection } from '../usage/groups.ts'
import { flag, hiddenFlag, repeatable, text } from '../usage/option.ts'

/** `plan`: what would change. */
export const plan = command({
  name: 'plan',
  summary: 'show what would change, without changing anything',
  options: {
    ...{ ...common(['text', 'json', 'markdown', 'html']), ...reach, ...selection, ...guards },
    denyNew: repeatable('--deny-new <action>', 'refuse a plan that gives anybody this action, e.g. "iam:*"'),
    check: flag('--check', 'exit with 2 if anything would change'),
    out: { ...text('-o, --out <file>', 'save the plan, as JSON, for "apply <file>"'), trouble: pageTrouble },
    noWait: hiddenFlag('--no-wait'),
    detailedExitcode: hiddenFlag('--detailed-exitcode'),
  },
  async run(runtime, given, sources) {
    const { plan } = await import('../reconcile/plan.ts')
    const check = given.check || given.detailedExitcode
    return plan(runtime, { ...given, ...commonOptions(given), check }, sources)
  },
})

/** What is saved is no page, whatever `--format` says, and nobody could read it as one. */
function pageTrouble(file: string): string | undefined {
  const [, ending = ''] = /\.(html?|md|markdown)$/i.exec(file) ?? []
  if (ending === '') return undefined
  const format = /^h/i.test(ending) ? 'html' : 'markdown'
  return `It saves the plan as JSON, for apply. For a page, write the output to a file: --format ${format} > ${quoted(file)}`
}
