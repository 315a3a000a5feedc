import type { Center } from './center.ts'
import { perSecond } from './plans.ts'
import { binary } from './program.ts'
import { region } from './worlds.ts'

/** Commands that look at an organization. */
const commands = {
  plan: ['plan', '--check'],
  'plan --thorough': ['plan', '--check', '--thorough'],
  'plan --target user/user1': ['plan', '--check', '--target', 'user/user1'],
  'plan --target permission-set/Set7': ['plan', '--check', '--target', 'permission-set/Set7'],
  init: ['init', '--dry-run', '--region', region, '-f', 'new.yaml'],
  access: ['access', '--format', 'json'],
} as const

/** What a look at an organization takes. */
export interface Look {
  readonly command: string
  readonly calls: number
  /** Seconds that as many calls take at AWS's limit. */
  readonly limit: number
  /** Seconds where every answer comes at once. */
  readonly seconds: number
  readonly cpu: number
  readonly megabytes: number
}

/** Looks at an organization with every command. */
export async function measureLooks(center: Center): Promise<readonly Look[]> {
  await center.faults({})
  const looks: Look[] = []
  for (const [command, words] of Object.entries(commands)) {
    const { calls, seconds, cpu, megabytes } = await center.run([binary, ...words])
    looks.push({ command, calls, limit: calls / perSecond, seconds, cpu, megabytes })
  }
  return looks
}
