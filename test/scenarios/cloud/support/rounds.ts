import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Transport } from '../../../../src/aws/connect.ts'
import type { Route } from '../../../../src/aws/route.ts'
import { thisMachine } from '../../../../src/local/files/disk.ts'
import { diff } from '../../../../src/plan/diff.ts'
import { observe } from '../../../../src/reconcile/observe.ts'
import type { CommonOptions, Runtime } from '../../../../src/session/runtime.ts'
import { inSession } from '../../../../src/session/session.ts'
import { newFolder } from '../../e2e/support/desk.ts'
import { manifestText, type Sections } from './office.ts'

/** Where a look in rounds is sent; nowhere while there is none. */
export const access: { sandbox: Route['sandbox'] } = { sandbox: undefined }

interface Held {
  readonly name: string
  send(): Promise<unknown>
  answer(outcome: PromiseSettledResult<unknown>): void
}

const held: Held[] = []

/** A transport that holds every call back until a round is let through. */
export function inRounds(transport: Transport): Transport {
  return ((name: never, input: never) =>
    new Promise<unknown>((resolve, reject) => {
      held.push({
        name,
        send: () => transport(name, input),
        answer: (outcome) => (outcome.status === 'fulfilled' ? resolve(outcome.value) : reject(outcome.reason)),
      })
    })) as Transport
}

/**
 * A look at a cloud, in rounds: when nothing new is asked any more, everything that has been asked is answered at once. The number
 * of rounds is the length of the longest chain of calls of which each needs the answer to the one before, whatever the clock says.
 */
export async function lookInRounds(url: string, sections: Sections) {
  access.sandbox = { url, accessKeyId: 'a', secretAccessKey: 'b' }
  const file = join(newFolder(), 'sso.yaml')
  writeFileSync(file, manifestText(sections))
  const looking = inSession(shell(), { ...options, file }, new Map(), (session) => observe(session))
  const ended = looking.then(
    () => true,
    () => true,
  )
  const rounds: string[][] = []
  while (!(await Promise.race([ended, quiet()]))) {
    const round = held.splice(0)
    if (round.length === 0) continue
    rounds.push(round.map(({ name }) => name))
    const outcomes = await Promise.allSettled(round.map((call) => call.send()))
    for (const [index, call] of round.entries()) call.answer(outcomes[index] ?? { status: 'rejected', reason: 'lost' })
  }
  access.sandbox = undefined
  return { rounds, operations: diff((await looking).input).operations.length }
}

/** Resolves, to false, when many turns of the event loop have brought no further call. */
async function quiet(): Promise<false> {
  for (let turns = 0, count = held.length; turns < 100; turns += 1) {
    await new Promise((resolve) => setImmediate(resolve))
    if (held.length !== count) turns = 0
    count = held.length
  }
  return false
}

const options: CommonOptions = { file: '', format: 'text', quiet: false, verbose: false, thorough: false }

function shell(): Runtime {
  return {
    env: {},
    home: newFolder(),
    clock: {
      now: () => new Date(),
      // Nobody has to wait here: whatever does goes on with the next answer.
      sleep: () => new Promise(() => undefined),
      every: () => () => undefined,
      random: () => 0.5,
    },
    machine: thisMachine(process),
    out: () => undefined,
    err: () => undefined,
    passOn: () => undefined,
    random: (bytes) => new Uint8Array(bytes),
    terminal: {
      interactive: false,
      piped: true,
      width: { out: 100, err: 100 },
      color: { out: false, err: false },
      statusLine: async () => undefined,
      ask: async () => undefined,
      choose: async () => [],
    },
    interrupted: new AbortController().signal,
    delivered: async () => true,
    unhurried: (task) => task(),
    busy: async (task) => task(),
    busyAtOnce: (task) => task(),
    attended: (_onSignal, task) => task(),
  }
}
