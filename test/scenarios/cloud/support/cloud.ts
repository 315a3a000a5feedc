import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Contents } from '../../../../src/sandbox/content-types.ts'
import type { Faults } from '../../../../src/sandbox/faults/faults.ts'
import type { CallRecord } from '../../../../src/sandbox/faults/traffic.ts'
import type { SeedAccount } from '../../../../src/sandbox/seed.ts'
import { startSandbox } from '../../../../src/sandbox/server.ts'
import type { TablesJson } from '../../../../src/sandbox/state/state.ts'
import { atEnd } from '../../../support/at-end.ts'
import { ourTime } from '../../../support/time.ts'
import type { Variables } from '../../e2e/support/binary.ts'
import { instanceId, management } from '../../e2e/support/center.ts'
import { newFolder } from '../../e2e/support/desk.ts'
import { portrait } from '../../e2e/support/portrait.ts'
import { type Relay, startRelay } from '../../e2e/support/relay.ts'

export { management }

/** Member accounts that every cloud of these tests has, besides the management account. */
export const members: readonly SeedAccount[] = [
  { id: '222233334444', name: 'Dev', ou: 'Workloads/Dev', tags: { env: 'dev' } },
  { id: '333344445555', name: 'Prod', ou: 'Workloads/Prod', tags: { env: 'prod' } },
  { id: '444455556666', name: 'Prod EU', ou: 'Workloads/Prod/EU', tags: { env: 'prod' } },
  { id: '555566667777', name: 'My Sandbox' },
]

/** An Identity Center of its own, with a relay in front where a test wants to step in between. */
export interface Cloud {
  /** Value of AWS_ENDPOINT_URL. */
  readonly url: string
  /** Calls since the last `forget`, in the order in which they were answered. */
  calls(): Promise<readonly CallRecord[]>
  forget(): Promise<void>
  faults(faults: Faults): Promise<void>
  add(contents: Contents): Promise<void>
  put(accounts: readonly SeedAccount[]): Promise<void>
  export(): Promise<TablesJson>
  restore(tables: TablesJson): Promise<void>
  /** What it holds, by names. */
  portrait(): Promise<object>
  /** Takes accounts out of the organization. */
  drop(ids: readonly string[]): Promise<void>
  /** Variables of a run with the role of Identity Center that a user gets in an account. */
  signedIn(user: string, permissionSet: string, account: string): Promise<Variables>
  /** Makes an account the delegated administrator; variables of a run from there. */
  delegate(account: string): Promise<Variables>
  /** A relay to this cloud, for tests that look into requests or hold them. */
  relay(): Promise<Relay>
}

/** What a cloud starts with. */
export interface CloudOptions {
  readonly contents?: Contents
  readonly accounts?: readonly SeedAccount[]
  readonly fresh?: boolean
  readonly faults?: Faults
  readonly now?: () => Date
}

const running: { close(): Promise<void> }[] = []

/** Ends every Identity Center that was started so far. Where many come one after the other, their connections would become too many. */
export async function endClouds(): Promise<void> {
  for (const one of running.splice(0).reverse()) await one.close()
}

/** Starts an Identity Center in this process; it ends with the test file at the latest. */
export async function newCloud(options: CloudOptions = {}): Promise<Cloud> {
  const { contents, accounts = members, fresh = false, faults = {}, now = ourTime.now } = options
  const home = { id: management, name: 'Home' }
  const sandbox = await startSandbox({
    stateFile: join(newFolder(), 'state.json'),
    seed: { region: 'us-east-1', instanceId, managementAccount: management, accounts: [home, ...accounts], fresh },
    ...(contents ? { contents } : {}),
    now,
    random: (bytes) => randomBytes(bytes),
    faults,
  })
  running.push(sandbox)
  atEnd(endClouds)
  const admin = async (method: string, page: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${sandbox.url}/_sandbox/${page}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${page}: ${await answer.text()}`)
    return answer.json()
  }
  const tables = async () => ((await admin('GET', 'state')) as { tables: TablesJson }).tables
  return {
    url: sandbox.url,
    calls: async () => ((await admin('GET', 'calls')) as { calls: CallRecord[] }).calls,
    forget: async () => void (await admin('DELETE', 'calls')),
    faults: async (wanted) => void (await admin('PUT', 'faults', wanted)),
    add: async (more) => void (await admin('POST', 'contents', more)),
    put: async (more) => void (await admin('POST', 'accounts', more)),
    export: tables,
    restore: async (held) => void (await admin('PUT', 'state', { format: 1, tables: held })),
    portrait: async () => portrait(await tables()),
    drop: async (ids) => void (await admin('DELETE', 'accounts', ids)),
    signedIn: async (user, permissionSet, account) => {
      const issued = (await admin('POST', 'credentials', { user, permissionSet, account })) as Readonly<
        Record<string, string>
      >
      return {
        AWS_ACCESS_KEY_ID: issued.accessKeyId,
        AWS_SECRET_ACCESS_KEY: issued.secretAccessKey,
        AWS_SESSION_TOKEN: issued.sessionToken,
      }
    },
    delegate: async (account) => {
      await admin('POST', 'delegate', { account })
      return { AWS_ACCESS_KEY_ID: `AKIA${account}TEST`, AWS_SESSION_TOKEN: undefined }
    },
    relay: async () => {
      const relay = await startRelay(sandbox.url)
      running.push(relay)
      return relay
    },
  }
}

/** Extends the instance of a cloud to a Region, as if that were long done, or with what AWS is still doing. */
export async function replicate(cloud: Cloud, region: string, status = 'ACTIVE'): Promise<void> {
  const tables = await cloud.export()
  const instances = Object.entries(tables.instances ?? {}).map(([arn, row]) => {
    const replicas = [...row.replicas, { region, added: row.created, status }]
    return [arn, { ...row, replicas }] as const
  })
  await cloud.restore({ ...tables, instances: Object.fromEntries(instances) })
}
