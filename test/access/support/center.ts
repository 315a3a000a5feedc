import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import type { CallRecord } from '../../../src/sandbox/faults/traffic.ts'
import type { SeedAccount } from '../../../src/sandbox/seed.ts'
import { startSandbox } from '../../../src/sandbox/server.ts'
import { newDesk, newFolder } from '../../scenarios/e2e/support/desk.ts'
import { atEnd } from '../../support/at-end.ts'

/** Rows of an exported state, by table and key. */
export type Tables = Record<string, Record<string, Record<string, unknown>>>

/** What an Identity Center of these tests starts with; the first account is the management account. */
interface Start {
  readonly accounts: readonly [SeedAccount, ...SeedAccount[]]
  readonly contents: Contents
  /** Lines of the manifest beside version and Region. */
  readonly manifest?: string
}

/** An Identity Center that ends with the test file, and a desk at it. */
export async function accessCenter({ accounts, contents, manifest = '' }: Start) {
  const region = 'ap-northeast-1'
  const sandbox = await startSandbox({
    stateFile: join(newFolder(), 'state.json'),
    seed: { region, managementAccount: accounts[0].id, accounts },
    contents,
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
  })
  atEnd(() => sandbox.close())
  const admin = async (method: string, page: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${sandbox.url}/_sandbox/${page}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${page}: ${await answer.text()}`)
    return answer.json()
  }
  const tables = async () => ((await admin('GET', 'state')) as { tables: Tables }).tables
  return {
    admin,
    tables,
    desk: newDesk(sandbox.url, `version: 1\nidentity_center: { region: ${region} }\n${manifest}`),
    async change(how: (tables: Tables) => void): Promise<void> {
      const state = (await admin('GET', 'state')) as { tables: Tables }
      how(state.tables)
      await admin('PUT', 'state', state)
    },
    /** The names of the operations that were sent since the last `forget`. */
    calls: async () => ((await admin('GET', 'calls')) as { calls: CallRecord[] }).calls.map((one) => one.operation),
    forget: () => admin('DELETE', 'calls'),
  }
}

/** Takes a user away as the service does: the assignments stay. Gives the user's id. */
export async function forgetUser({ change }: Awaited<ReturnType<typeof accessCenter>>, name: string): Promise<string> {
  let gone = ''
  await change(({ users = {} }) => {
    gone = Object.entries(users).find(([, user]) => user.UserName === name)?.[0] ?? ''
    delete users[gone]
  })
  return gone
}
