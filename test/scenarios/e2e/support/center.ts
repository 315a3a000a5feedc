import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Faults } from '../../../../src/sandbox/faults/faults.ts'
import { startSandbox } from '../../../../src/sandbox/server.ts'
import type { TablesJson } from '../../../../src/sandbox/state/state.ts'
import { newFolder } from './desk.ts'
import { type Relay, startRelay } from './relay.ts'

/** Ids that are known beforehand. */
export const instanceId = 'ssoins-0123456789abcdef'
export const management = '111122223333'

/** An Identity Center of its own behind a relay. */
export interface Center {
  readonly relay: Relay
  /** Everything the server holds. */
  export(): Promise<TablesJson>
  /** Puts everything back as it was at an export. */
  restore(tables: TablesJson): Promise<void>
  faults(faults: Faults): Promise<void>
  close(): Promise<void>
}

/** Starts the embedded Identity Center with an organization of one account, and a relay in front of it. */
export async function startCenter(faults: Faults = { seconds: 0.2 }): Promise<Center> {
  const sandbox = await startSandbox({
    stateFile: join(newFolder(), 'state.json'),
    seed: {
      region: 'ap-northeast-1',
      instanceId,
      managementAccount: management,
      accounts: [{ id: management, name: 'Home' }],
    },
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
    faults,
  })
  const relay = await startRelay(sandbox.url)
  const admin = async (method: string, page: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${sandbox.url}/_sandbox/${page}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${page}: ${await answer.text()}`)
    return answer.json()
  }
  return {
    relay,
    export: async () => ((await admin('GET', 'state')) as { tables: TablesJson }).tables,
    restore: async (tables) => void (await admin('PUT', 'state', { format: 1, tables })),
    faults: async (wanted) => void (await admin('PUT', 'faults', wanted)),
    close: async () => {
      await relay.close()
      await sandbox.close()
    },
  }
}
