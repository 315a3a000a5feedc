import { command } from '../usage/command.ts'
import { common, commonOptions, reach } from '../usage/groups.ts'
import { flag, list, text } from '../usage/option.ts'

/** `doctor`: what is missing or wrong. */
export const doctor = command({
  name: 'doctor',
  summary: 'find what is missing or wrong, with a fix for each',
  options: {
    ...{ ...common(['text', 'json']), ...reach },
    only: list('--only <kinds>', 'check only this machine (local) or only AWS (cloud)'),
    scan: flag('--scan', 'look for Identity Center in all regions enabled by default'),
    explain: text('--explain <message>', 'explain an error message and what to do next'),
  },
  async run(runtime, given, sources) {
    const { doctor } = await import('../doctor/run/doctor.ts')
    return doctor(runtime, { ...given, ...commonOptions(given) }, sources)
  },
})
