import { someAddresses } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, depth, reach, selection } from '../usage/groups.ts'
import { flag } from '../usage/option.ts'

/** `ignore`: a live thing is left alone. */
export const ignore = command({
  name: 'ignore',
  summary: 'answer drift by leaving a live object alone from now on',
  arguments: { addresses: someAddresses('as a plan shows them', 'at least one') },
  options: {
    ...{ ...common(['text', 'json']), ...reach },
    only: selection.only,
    ...depth,
    dryRun: flag('--dry-run', 'show the change of the file without writing it'),
  },
  async run(runtime, given, sources) {
    const { ignore } = await import('../adopt/run/ignore.ts')
    return ignore(runtime, { ...given, ...commonOptions(given) }, sources)
  },
})
