import { someAddresses } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, depth, reach, selection } from '../usage/groups.ts'
import { flag } from '../usage/option.ts'

/** `adopt`: the live value into the manifest. */
export const adopt = command({
  name: 'adopt',
  summary: 'answer drift by taking the live value into the manifest',
  arguments: { addresses: someAddresses('as a plan shows them; on a terminal they can be chosen') },
  options: {
    ...{ ...common(['text', 'json']), ...reach },
    only: selection.only,
    ...depth,
    dryRun: flag('--dry-run', 'show the change of the file without writing it'),
  },
  async run(runtime, given, sources) {
    const { adopt } = await import('../adopt/run/adopt.ts')
    return adopt(runtime, { ...given, ...commonOptions(given) }, sources)
  },
})
