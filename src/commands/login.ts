import { behind, leftOver, optional } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, reachByName } from '../usage/groups.ts'
import { flag, hiddenFlag } from '../usage/option.ts'

/** `login`: a login where one is needed, then a command. */
export const login = command({
  name: 'login',
  summary: 'log in if needed, then run a command as that profile',
  arguments: {
    name: optional(
      'profile',
      'default: AWS_PROFILE, else local.shell.aws_profile, else the only profile in the manifest',
    ),
    more: leftOver,
    command: behind('command'),
  },
  options: {
    ...{ ...common(['text', 'json']), ...reachByName },
    force: flag('--force', 'log in even if the cached login is still valid'),
    useDeviceCode: flag('--use-device-code', 'log in with a code that you enter on any device'),
    deviceCode: hiddenFlag('--device-code'),
    noBrowser: flag('--no-browser', 'print the address instead of opening a browser'),
    withoutCli: flag('--without-cli', 'sign in without the AWS CLI (the default if none is installed)'),
    useBrowser: flag(
      '--use-browser',
      'without the AWS CLI: use a browser on this machine even in SSH, WSL and containers',
    ),
  },
  async run(runtime, given, sources) {
    const { login } = await import('../login/run/login.ts')
    const name = given.name ?? given.profile
    const deviceCode = given.useDeviceCode || given.deviceCode
    return login(runtime, { ...given, ...commonOptions(given), deviceCode, ...(name ? { name } : {}) }, sources)
  },
})
