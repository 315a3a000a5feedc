import { command } from '../usage/command.ts'
import { common, commonOptions, reach } from '../usage/groups.ts'

/** `validate`: the manifest, without a connection. */
export const validate = command({
  name: 'validate',
  summary: 'check the manifest offline',
  options: { ...common(['text', 'json']), ...reach },
  async run(runtime, given, sources) {
    const { validate } = await import('../reconcile/validate.ts')
    return validate(runtime, commonOptions(given), sources)
  },
})
