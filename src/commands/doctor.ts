import { command } from '../usage/command.ts'
import { common, commonOptions, reach } from '../usage/groups.ts'
import { flag, list, text } from '../usage/option.ts'

/** `doctor`: what is missing or wrong. */
export const doctor = command({
  name: 'doctor',
  summary: 'look for what is missing or wrong, each with its fix',
  options: {
    ...{ ...common(['text', 'json']), ...reach },
    only: list('--only <kinds>', 'look at this machine (local) or at AWS (cloud) only'),
    scan: flag('--scan', 'look for Identity Center in every region that is enabled by default'),
    explain: text('--explain <message>', 'say what an error message means and what to do next'),
  },
  async run(runtime, given, sources) {
    const { doctor } = await import('../doctor/run/doctor.ts')
    return doctor(runtime, { ...given, ...commonOptions(given) }, sources)
  },
})
