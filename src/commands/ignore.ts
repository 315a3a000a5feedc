import { someAddresses } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { commonOptions } from '../usage/groups.ts'
import { keeping } from '../usage/keeping.ts'

/** `ignore`: a live thing is left alone. */
export const ignore = command({
  name: 'ignore',
  summary: 'answer drift by leaving a live object alone from now on',
  arguments: { addresses: someAddresses('as a plan shows them', 'at least one') },
  options: keeping,
  async run(runtime, given, sources) {
    const { ignore } = await import('../adopt/run/ignore.ts')
    return ignore(runtime, { ...given, ...commonOptions(given) }, sources)
  },
})
