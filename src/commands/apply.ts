import { optional } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, guards, patience, reach, selection } from '../usage/groups.ts'
import { flag, hiddenFlag, parsed } from '../usage/option.ts'

const digits = 'Expected 16 to 64 hexadecimal digits, as in the last line of a plan.'

/** `apply`: plans, asks, changes and looks again. */
export const apply = command({
  name: 'apply',
  summary: 'plan, ask, apply and verify the result',
  arguments: { saved: optional('plan.json', 'a plan saved with "plan --out"; refused if anything has changed since') },
  options: {
    ...{ ...common(['text', 'json', 'markdown']), ...reach, ...selection, ...patience, ...guards },
    yes: flag('-y, --yes', 'skip the confirmation'),
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
