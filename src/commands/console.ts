import { optional } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, reachByName } from '../usage/groups.ts'
import { flag, name } from '../usage/option.ts'

/** `console`: the link to the console as a profile. */
export const consoleCommand = command({
  name: 'console',
  summary: 'print the link to the AWS console as a profile; no connection is opened',
  arguments: {
    name: optional(
      'profile',
      'default: AWS_PROFILE, else local.shell.aws_profile, else the only profile of the manifest',
    ),
  },
  options: {
    ...{ ...common(['text', 'json']), ...reachByName },
    open: flag('--open', 'open it in a browser too'),
    destination: name('--destination <url>', 'page of the console that it leads to'),
  },
  async run(runtime, given, sources) {
    const { consoleLink } = await import('../console/run/console.ts')
    const profile = given.name ?? given.profile
    return consoleLink(runtime, { ...given, ...commonOptions(given), ...(profile ? { name: profile } : {}) }, sources)
  },
})
