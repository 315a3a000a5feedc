import { join } from 'node:path'
import type { Route } from '../aws/connect.ts'
import type { Manifest } from '../manifest/types.ts'
import type { Seed } from '../sandbox/seed.ts'
import type { Shell } from './context.ts'

/** The embedded Identity Center as a command sees it. */
export interface RunningSandbox {
  readonly access: NonNullable<Route['sandbox']>
  readonly home: string
  close(): Promise<void>
}

/** Starts the embedded Identity Center in this process, with its state and a private home under a folder. */
export async function openSandbox(folder: string, manifest: Manifest, shell: Shell): Promise<RunningSandbox> {
  const { startSandbox } = await import('../sandbox/server.ts')
  const sandbox = await startSandbox({
    stateFile: join(folder, 'identity-center.json'),
    seed: seedOf(manifest),
    now: () => shell.clock.now(),
    random: shell.random,
  })
  return {
    access: { url: sandbox.url, accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' },
    home: join(folder, 'home'),
    close: () => sandbox.close(),
  }
}

/** An organization in which every account that a manifest names exists. */
export function seedOf({ accounts = {}, identity_center, assignments = [] }: Manifest): Seed {
  const management = accounts.management ?? '111122223333'
  const named = assignments
    .flatMap((rule) => rule.accounts)
    .flatMap((one) => (typeof one === 'string' && /^\d{12}$/.test(one) ? [one] : []))
  const byName = assignments
    .flatMap((rule) => rule.accounts)
    .flatMap((one) => (typeof one === 'object' && one.name ? [one.name] : []))
  const rows = [
    { id: management, name: 'Management' },
    ...Object.entries(accounts).map(([name, id]) => ({ id, name })),
    ...named.map((id) => ({ id, name: `Account ${id}` })),
    ...byName.map((name, index) => ({ id: String(900_000_000_001 + index), name })),
  ]
  const first = new Map(rows.reverse().map((row) => [row.id, row]))
  return {
    region: identity_center.region,
    ...(identity_center.instance ? { instanceId: identity_center.instance } : {}),
    managementAccount: management,
    accounts: [...first.values()],
  }
}
