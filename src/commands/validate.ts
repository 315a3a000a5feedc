import { command } from '../usage/command.ts'
import { common, commonOptions, reach } from '../usage/groups.ts'
import { flag } from '../usage/option.ts'

/** `validate`: the manifest, without a connection unless `--online` asks for one. */
export const validate = command({
  name: 'validate',
  summary: 'check the manifest offline',
  options: {
    ...{ ...common(['text', 'json']), ...reach },
    online: flag('--online', 'also ask AWS: do managed policies exist, and what does Access Analyzer find'),
  },
  async run(runtime, given, sources) {
    const { validate } = await import('../reconcile/validate.ts')
    return validate(runtime, { ...commonOptions(given), online: given.online }, sources)
  },
})
