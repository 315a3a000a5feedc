import { command } from '../usage/command.ts'
import { common, commonOptions, depth, reach } from '../usage/groups.ts'
import { flag, name, repeatable, text } from '../usage/option.ts'

/** `init`: a manifest from what there is. */
export const init = command({
  name: 'init',
  summary: 'write sso.yaml from what exists, or complete an existing file',
  options: {
    ...{ ...common(['text', 'json']), ...reach, ...depth },
    region: name('--region <region>', 'home region of Identity Center'),
    scan: flag('--scan', 'look for Identity Center in all regions enabled by default'),
    instance: name('--instance <id>', 'Identity Center instance, if several are visible'),
    portal: text('--portal <url>', 'start from your own access portal; needs no administrator rights or credentials'),
    fromTerraform: repeatable(
      '--from-terraform <file>',
      'take over what Terraform manages: a file made by terraform show -json',
    ),
    part: text('--only <part>', 'local: only this machine, without credentials'),
    force: flag('--force', 'replace an existing file, keeping a backup beside it'),
    noInput: flag('--no-input', 'ask nothing; write a commented starter file instead'),
    dryRun: flag('--dry-run', 'print the file instead of writing it'),
  },
  async run(runtime, given, sources) {
    const { init } = await import('../init/run/init.ts')
    return init(runtime, { ...given, ...commonOptions(given) }, sources)
  },
})
