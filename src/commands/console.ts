import { optional } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, reachByName } from '../usage/groups.ts'
import { flag, name } from '../usage/option.ts'

/** `console`: the link to the console as a profile. */
export const consoleCommand = command({
  name: 'console',
  summary: 'print a link to the AWS console as a profile; works offline',
  arguments: {
    name: optional(
      'profile',
      'default: AWS_PROFILE, else local.shell.aws_profile, else the only profile in the manifest',
    ),
  },
  options: {
    ...{ ...common(['text', 'json']), ...reachByName },
    open: flag('--open', 'also open it in a browser'),
    destination: name('--destination <url>', 'console page to link to'),
  },
  async run(runtime, given, sources) {
    const { consoleLink } = await import('../console/run/console.ts')
    const profile = given.name ?? given.profile
    return consoleLink(runtime, { ...given, ...commonOptions(given), ...(profile ? { name: profile } : {}) }, sources)
  },
})
