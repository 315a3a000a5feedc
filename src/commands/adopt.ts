import { someAddresses } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { commonOptions } from '../usage/groups.ts'
import { keeping } from '../usage/keeping.ts'

/** `adopt`: the live value into the manifest. */
export const adopt = command({
  name: 'adopt',
  summary: 'answer drift by taking the live value into the manifest',
  arguments: { addresses: someAddresses('as a plan shows them; on a terminal they can be chosen') },
  options: keeping,
  async run(runtime, given, sources) {
    const { adopt } = await import('../adopt/run/adopt.ts')
    return adopt(runtime, { ...given, ...commonOptions(given) }, sources)
  },
})
