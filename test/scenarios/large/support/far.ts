import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Faults } from '../../../../src/sandbox/faults/faults.ts'
import { startSandbox } from '../../../../src/sandbox/server.ts'
import { startRelay } from '../../e2e/support/relay.ts'
import { type Organization, type OrganizationSize, organizationOf } from './organization.ts'

/** Milliseconds before each answer: at least and at most. */
export type Latency = readonly [number, number]

/** Calls since the last `forget`. */
export interface Traffic {
  readonly calls: number
  readonly counts: Readonly<Record<string, number>>
  /** Most requests that were under way at a time. */
  readonly most: number
}

/** A large organization, as far away as its answers are late. */
export interface Far {
  readonly organization: Organization
  readonly url: string
  traffic(): Traffic
  forget(): void
  /** Calls that the service refused because there were too many, of all that reached it since the last `faults`. */
  throttled(): Promise<{ readonly calls: number; readonly refused: number }>
  /** What goes wrong from now on. */
  faults(faults: Faults): Promise<void>
  close(): Promise<void>
}

const management = '111122223333'
const region = 'eu-west-1'

/** Fills an embedded Identity Center in a folder, and puts a relay in front of it that answers late. */
export async function startFar(folder: string, size: OrganizationSize, latency: Latency): Promise<Far> {
  const organization = organizationOf(size, management, region)
  const { accounts, contents } = organization
  const sandbox = await startSandbox({
    stateFile: join(folder, 'state.json'),
    seed: { region, managementAccount: management, accounts },
    contents,
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
  })
  const relay = await startRelay(sandbox.url)
  let open = 0
  let most = 0
  const late = lateness(latency)
  relay.pass = async (_call, forward) => {
    open += 1
    most = Math.max(most, open)
    await wait(late())
    return forward().finally(() => {
      open -= 1
    })
  }
  const asked = async (method: string, page: string, body?: Faults): Promise<unknown> => {
    const answer = await fetch(`${sandbox.url}/_sandbox/${page}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return answer.json()
  }
  return {
    organization,
    url: relay.url,
    traffic: () => ({ calls: relay.calls.length, counts: tally(relay.calls), most }),
    forget: () => {
      relay.forget()
      most = 0
    },
    throttled: async () => {
      const { calls } = (await asked('GET', 'calls')) as { calls: readonly { readonly error?: string }[] }
      const refused = calls.filter(({ error = '' }) => /Throttling|TooManyRequests/.test(error))
      return { calls: calls.length, refused: refused.length }
    },
    faults: async (faults) => {
      await asked('PUT', 'faults', faults)
      await asked('DELETE', 'calls')
    },
    close: async () => {
      await relay.close()
      await sandbox.close()
    },
  }
}

/** Milliseconds from a range, the same in each run. */
function lateness([least, most]: Latency): () => number {
  let seed = 1
  return () => {
    seed = (seed * 48_271) % 2_147_483_647
    return least + (seed % (most - least + 1))
  }
}

function tally(calls: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const call of calls) counts[call] = (counts[call] ?? 0) + 1
  return counts
}
