import { optional } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, guards, patience, reach, selection } from '../usage/groups.ts'
import { flag, hiddenFlag, parsed } from '../usage/option.ts'

const digits = 'Expected 16 to 64 hexadecimal digits, as the last line of a plan shows them.'

/** `apply`: plans, asks, changes and looks again. */
export const apply = command({
  name: 'apply',
  summary: 'plan, ask, change, and prove that it is done',
  arguments: { saved: optional('plan.json', 'a plan saved by "plan --out"; refused when it is no longer the same') },
  options: {
    ...{ ...common(['text', 'json', 'markdown']), ...reach, ...selection, ...patience, ...guards },
    yes: flag('-y, --yes', 'do not ask'),
    autoApprove: hiddenFlag('--auto-approve'),
    expect: parsed(
      '--expect <digest>',
      'apply only this reviewed plan (16 or more digits of its digest)',
      (text) => (/^[0-9a-f]{16,64}$/.test(text) ? text : undefined),
      digits,
    ),
  },
  streams: true,
  async run(runtime, given, sources, surroundings) {
    const [{ apply }, { asSaved }] = await Promise.all([
      import('../reconcile/apply.ts'),
      import('../reconcile/saved-plan.ts'),
    ])
    const options = { ...given, ...commonOptions(given), yes: given.yes || given.autoApprove }
    const isNamed = surroundings.given.has('file')
    const { saved } = given
    const whole = saved === undefined ? options : await runtime.busy(() => asSaved(saved, options, isNamed))
    return apply(runtime, whole, sources)
  },
})
