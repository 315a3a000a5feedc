import { backoff, type Clock } from '../model/clock.ts'
import { error, Refusal, refusedWith } from '../model/diagnostic.ts'
import { turnstile } from '../model/turnstile.ts'
import { accountTurns } from './account-turns.ts'
import type { Transport } from './connect.ts'
import type { Finding, Look, Progress, RequestFamily, Writer } from './port.ts'
import { fresh } from './reader.ts'
import { following } from './requests/requests.ts'
import { timeLimit } from './requests/trace.ts'

/** Times a conflict that nothing explains is waited out: about a minute in all. */
const patience = 16

/** How long lists may lag behind what was made, in milliseconds. Nothing says how long they do; reports speak of some seconds. */
const listLag = 20_000

/** Times something that may be sent twice is sent again when the SDK has given up. */
const mostResent = 2

/** Requests of a family that AWS lets run at a time, where that is fewer than are ever started together (UG/limits). */
const atOnce: Partial<Record<RequestFamily, number>> = { provisioning: 3 }

/** A writer over a connection. Asynchronous requests of one writer are followed together. */
export function writer(transport: Transport, clock: Clock, instanceArn: string, interrupted: AbortSignal): Writer {
  const reader = fresh(transport)
  const requests = following(reader, clock, instanceArn)
  const inAccount = accountTurns()
  const turns = new Map(Object.entries(atOnce).map(([family, limit]) => [family, turnstile(limit)]))
  return {
    ...reader,
    send: (operation, input, look) => sendPatiently(() => transport(operation, input), clock, look),
    settle: (change, holds) => settle(change, holds, clock),
    follow(family, account, start, over = () => undefined) {
      const whole = () => inAccount(account, () => requests.run(family, start, over))
      return requests.wants(family, () => turns.get(family)?.(whole) ?? whole())
    },
    until: (what, look) => until(what, look, { clock, interrupted }),
  }
}

// "A previous write did not have time to propagate" and "is in use" share one error name, and the SDK retries neither. Only a look
// at what is there tells them apart. A value that is taken stays taken.
async function sendPatiently<T>(send: () => Promise<T>, clock: Clock, look: Look<T> | undefined): Promise<T> {
  const since = clock.now().getTime()
  let resent = 0
  for (let attempt = 0; ; attempt++) {
    try {
      return await send()
    } catch (thrown) {
      const doubt = doubtOf(thrown)
      if (!doubt || (doubt === 'lost' && !look)) throw thrown
      const isDue = doubt !== 'conflict' || attempt === 0 || attempt >= patience
      const found = isDue && look ? await finding(look, thrown, doubt, clock) : undefined
      if (typeof found === 'object' && 'done' in found) return found.done
      if (typeof found === 'object') throw inTheWay(found, thrown)
      const late = clock.now().getTime() - since > timeLimit
      if (doubt === 'taken' || late || (attempt >= patience && found !== 'changing')) throw thrown
      if (doubt === 'lost' && (found !== 'changing' || ++resent > mostResent)) throw thrown
      await clock.sleep(backoff(attempt, clock))
    }
  }
}

async function settle(change: () => Promise<unknown>, holds: () => Promise<boolean>, clock: Clock) {
  try {
    await change()
    return 'answered'
  } catch (thrown) {
    if (doubtOf(thrown) !== 'lost') throw thrown
    const look = async () => ((await holds()) ? { done: true } : undefined)
    if (!(await finding(look, thrown, 'lost', clock))) throw thrown
    return 'looked up'
  }
}

type Doubt = 'taken' | 'conflict' | 'lost'

/** Refusals after which nobody knows whether a change was made: no answer at all, or one that is about an attempt after it. */
const unanswered = ['aws-unreachable', 'aws-error', 'aws-throttled', 'aws-quota']

/** What a refusal leaves open; undefined when it leaves nothing open. */
function doubtOf(thrown: unknown): Doubt | undefined {
  if (refusedWith(thrown, 'aws-taken')) return 'taken'
  if (refusedWith(thrown, 'aws-conflict')) return 'conflict'
  return unanswered.some((code) => refusedWith(thrown, code)) ? 'lost' : undefined
}

// The SDK sends again what got no answer, and says how often it did.
function mayBeOurs(thrown: unknown, doubt: Doubt): boolean {
  const { $metadata } = ((thrown as Refusal).cause ?? {}) as { $metadata?: { attempts?: number } }
  return doubt === 'lost' || ($metadata?.attempts ?? 1) > 1
}

// Lists may not show yet what was made a moment ago.
async function finding<T>(look: Look<T>, thrown: unknown, doubt: Doubt, clock: Clock): Promise<Finding<T>> {
  const since = clock.now().getTime()
  try {
    for (let attempt = 0; ; attempt++) {
      const found = await look(mayBeOurs(thrown, doubt))
      const isLate = clock.now().getTime() - since > listLag
      if (found !== undefined || doubt === 'conflict' || isLate) return found
      await clock.sleep(backoff(attempt, clock))
    }
  } catch (cause) {
    // Where AWS cannot be reached, that is what there is to say.
    throw doubt === 'lost' ? thrown : cause
  }
}

function inTheWay({ final, hint }: { readonly final: string; readonly hint?: string }, cause: unknown): Refusal {
  const [code = 'aws-conflict'] = ['aws-taken', 'aws-conflict'].filter((one) => refusedWith(cause, one))
  return new Refusal(error(code, final, { hint: hint ?? 'run plan again to see the current state' }), { cause })
}

/** How long something that goes on by itself is waited for, in milliseconds. Nothing says how long AWS takes; it depends on the data. */
const longest = 30 * 60_000

interface Waiting {
  readonly clock: Clock
  /** Whoever ends the run need not wait for what goes on without it. */
  readonly interrupted: AbortSignal
}

async function until(
  what: string,
  look: (mayLag: boolean) => Promise<Progress>,
  { clock, interrupted }: Waiting,
): Promise<void> {
  const since = clock.now().getTime()
  for (let attempt = 0; ; attempt++) {
    const waited = clock.now().getTime() - since
    const found = await look(waited < listLag)
    if (found === 'done') return
    if (found) throw ended(`${what} failed: ${found.failed}`, found.hint ?? 'run plan again to see the current state')
    if (interrupted.aborted) throw ended(`${what} is still in progress`, goesOn)
    if (waited > longest) throw ended(`${what} is still in progress after ${longest / 60_000} minutes`, goesOn)
    await clock.sleep(backoff(attempt, clock), interrupted)
  }
}

const goesOn = 'AWS goes on by itself: run this again later, which waits for the rest'

function ended(message: string, hint: string): Refusal {
  return new Refusal(error('aws-request-failed', message, { hint }))
}
