import { callJson, callQuery, type Surroundings, writerName } from './dispatch.ts'
import type { Random } from './ids.ts'
import { addAccounts, plant, type Seed } from './seed.ts'
import { ledger } from './state/state.ts'
import { openStore } from './state/store.ts'
import { header, json, type Request, type Response } from './wire/exchange.ts'
import { addressOf, listen, shut } from './wire/http.ts'

/** How to start a sandbox. */
export interface SandboxOptions {
  /** File that holds the state; made from `seed` when it does not exist. It survives a kill at any moment. */
  readonly stateFile: string
  /** Port on 127.0.0.1; by default a free one. */
  readonly port?: number
  /** What a new state starts with. Accounts that an existing organization lacks are added to it. */
  readonly seed: Seed
  readonly now: () => Date
  readonly random: Random
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`: the value of AWS_ENDPOINT_URL. */
  readonly url: string
  /** Stops listening, ends connections and compacts the state file. */
  close(): Promise<void>
}

/**
 * Starts the embedded Identity Center: one port that serves sso-admin, identitystore, organizations and STS.
 * @throws Refusal when the state file holds something else.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { seed, random } = options
  const now = (): number => options.now().getTime() / 1000
  const initial = () => {
    const empty = ledger({})
    plant(empty, seed, now(), random)
    return empty.toJson()
  }
  const store = openStore(options.stateFile, initial, writerName(random))
  store.run((state) => addAccounts(state, seed, now(), random))
  const around: Surroundings = {
    store,
    now,
    random,
    pace: () => ({ looks: 1, seconds: 2, lag: 0 }),
    doom: () => undefined,
  }
  const server = await listen(options.port ?? 0, async (request) => route(request, around))
  return {
    url: addressOf(server),
    close: async () => {
      await shut(server)
      store.close()
    },
  }
}

function route(request: Request, around: Surroundings): Response {
  if (header(request, 'x-amz-target') !== undefined) return callJson(request, around)
  if (/(^|&)Action=/.test(request.body)) return callQuery(request, around)
  return json(404, { message: `The sandbox has no page ${request.path}. This is a sandbox, not AWS.` })
}
