import { type Diagnostic, error, Refusal } from '../model/diagnostic.ts'
import type { Json } from '../model/json.ts'
import type { Contents } from './content-types.ts'
import { addContents } from './contents.ts'
import type { Choices } from './faults/choices.ts'
import { type Faults, faultsOf } from './faults/faults.ts'
import { callLog, faultEngine } from './faults/traffic.ts'
import { hex, type Random } from './ids.ts'
import { addMissing } from './presupposed.ts'
import { answer } from './route.ts'
import { addAccounts, plant, type Seed } from './seed.ts'
import { ServiceError } from './service-error.ts'
import { remembering } from './state/memory.ts'
import { ledger } from './state/state.ts'
import { openStore, type Store } from './state/store.ts'
import type { Surroundings } from './surroundings.ts'
import { addressOf, listen, type ResponseOrCut, shut } from './wire/http.ts'

/** How to start a sandbox. */
export interface SandboxOptions {
  /** File that holds the state; made from `seed` when it does not exist. It survives a kill at any moment. */
  readonly stateFile: string
  /** Port on 127.0.0.1; by default a free one. */
  readonly port?: number
  /** What a new state starts with. Accounts that an existing organization lacks are added to it. */
  readonly seed: Seed
  /** Users, groups, sets and assignments a new state starts with. */
  readonly contents?: Contents
  /** Users, groups and sets that others are supposed to have made: added at every start where they are missing. */
  readonly presupposed?: Contents
  /** A start URL that it stands in for, whatever the ids in it: that of the manifest it is a rehearsal of. */
  readonly portal?: string
  readonly now: () => Date
  readonly random: Random
  /** What goes wrong from the start; `/_sandbox/faults` changes it later. */
  readonly faults?: Faults
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`: the value of AWS_ENDPOINT_URL. */
  readonly url: string
  /** The Region it is at home in. */
  readonly region: string
  /** Stops listening, ends connections and compacts the state file; once is enough. */
  close(): Promise<void>
}

/**
 * Starts the embedded Identity Center: one port that serves sso-admin, identitystore, organizations,
 * STS, the login side (OIDC and access portal) with its pages, and the admin side under `/_sandbox/`.
 * @throws Refusal `sandbox-state` when the state file cannot be used, `sandbox-port` when the port cannot,
 *   `sandbox-faults` when the faults are misspelt, `sandbox-contents` when AWS would refuse the contents.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { seed, random } = options
  const now = (): number => options.now().getTime() / 1000
  const initial = () => {
    const empty = ledger({})
    plant(empty, seed, now(), random)
    if (options.contents) addContents(empty, options.contents, now(), random, engine.choices())
    return empty.toJson()
  }
  const engine = faultEngine(checkedFaults(options.faults), now)
  const file = refusing('sandbox-contents', () => openStore(options.stateFile, initial, hex(random, 8)))
  prepare(file, options, now(), engine.choices())
  const store = remembering(file, now, () => engine.faults.listLag ?? 0)
  const around: Surroundings = {
    store,
    now,
    random,
    traffic: { engine, log: callLog() },
    ...(options.portal === undefined ? {} : { portal: options.portal }),
  }
  const server = await listen(options.port ?? 0, async (request) =>
    dated(await answer(request, around), options.now()),
  ).catch((cause: Error) => {
    store.close()
    throw new Refusal(portTaken(options.port ?? 0, cause), { cause })
  })
  return {
    url: addressOf(server),
    region: file.run((state) => state.rows('home').get('home')?.region) ?? seed.region,
    close: async () => {
      if (!server.listening) return
      await shut(server)
      store.close()
    },
  }
}

// AWS says with each answer what time it is, and here that is the sandbox's own.
function dated(response: ResponseOrCut, now: Date): ResponseOrCut {
  return response === 'cut' ? response : { ...response, headers: { date: now.toUTCString(), ...response.headers } }
}

/** Adds what every start adds. A store that is not going to be used is left closed. */
function prepare(store: Store, { seed, presupposed, random }: SandboxOptions, now: number, choices: Choices): void {
  try {
    store.run((state) => {
      addAccounts(state, seed, now, random)
      if (presupposed) refusing('sandbox-contents', () => addMissing(state, presupposed, now, random, choices))
    })
  } catch (cause) {
    store.close()
    throw cause
  }
}

function portTaken(port: number, cause: Error): Diagnostic {
  return error('sandbox-port', `the sandbox cannot listen on port ${port} of 127.0.0.1: ${cause.message}`, {
    hint: 'choose another port, or leave it out to use a free one',
  })
}

/** Faults come from JSON that a person wrote, whatever the type says. */
function checkedFaults(faults: Faults = {}): Faults {
  return refusing('sandbox-faults', () => faultsOf(faults as Json))
}

/** Turns an error of the API into one for the person who started the sandbox. */
function refusing<T>(code: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof ServiceError)) throw cause
    const message = `the sandbox cannot start with this state: ${cause.message.replace(/\.$/, '')}`
    throw new Refusal(error(code, message, { hint: 'src/sandbox/README.md lists what AWS accepts and rejects' }), {
      cause,
    })
  }
}
