import { command } from '../usage/command.ts'
import { common, commonOptions, depth, reach } from '../usage/groups.ts'
import { flag, name, text } from '../usage/option.ts'

/** `init`: a manifest from what there is. */
export const init = command({
  name: 'init',
  summary: 'write sso.yaml from what there is, or complete an existing one',
  options: {
    ...{ ...common(['text', 'json']), ...reach, ...depth },
    region: name('--region <region>', 'home region of Identity Center'),
    scan: flag('--scan', 'look for Identity Center in all default regions'),
    instance: name('--instance <id>', 'instance of Identity Center, when several are visible'),
    portal: text('--portal <url>', 'start from your own access portal: no administrator rights, no credentials'),
    part: text('--only <part>', 'local: only this machine, without credentials'),
    force: flag('--force', 'replace an existing file, which is kept beside it'),
    noInput: flag('--no-input', 'ask nothing on a terminal: write a commented starter instead'),
    dryRun: flag('--dry-run', 'print the file and write nothing'),
  },
  async run(runtime, given, sources) {
    const { init } = await import('../init/run/init.ts')
    return init(runtime, { ...given, ...commonOptions(given) }, sources)
  },
})
