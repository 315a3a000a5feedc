import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** The machine that a run was measured on. */
export function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    gigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    // Over one minute; more than cores means that something else is at work.
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  }
}

/** The same in one line. */
export function machineWords({ cpu, cores, gigabytes, system, node, load }: ReturnType<typeof machine>): string {
  return `${cpu}, ${cores} cores, ${gigabytes} GB, ${system}, Node.js ${node}, load ${load} at the start`
}
