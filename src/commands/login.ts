import { behind, leftOver, optional } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, reachByName } from '../usage/groups.ts'
import { flag, hiddenFlag } from '../usage/option.ts'

/** `login`: a login where one is needed, then a command. */
export const login = command({
  name: 'login',
  summary: 'log in only when needed, then run a command as that profile',
  arguments: {
    name: optional(
      'profile',
      'default: AWS_PROFILE, else local.shell.aws_profile, else the only profile of the manifest',
    ),
    more: leftOver,
    command: behind('command'),
  },
  options: {
    ...{ ...common(['text', 'json']), ...reachByName },
    force: flag('--force', 'log in also when the cached login works'),
    useDeviceCode: flag('--use-device-code', 'with a code to type on another machine'),
    deviceCode: hiddenFlag('--device-code'),
    noBrowser: flag('--no-browser', 'print the address instead of opening a browser'),
    withoutCli: flag('--without-cli', 'sign in without the AWS CLI, as is done where none is installed'),
    useBrowser: flag('--use-browser', 'without the AWS CLI: a browser on this machine also in SSH, WSL and containers'),
  },
  async run(runtime, given, sources) {
    const { login } = await import('../login/run/login.ts')
    const name = given.name ?? given.profile
    const deviceCode = given.useDeviceCode || given.deviceCode
    return login(runtime, { ...given, ...commonOptions(given), deviceCode, ...(name ? { name } : {}) }, sources)
  },
})
