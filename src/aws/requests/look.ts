import { error, Refusal, sentence } from '../../model/diagnostic.ts'
import type { Request, RequestFamily } from '../port.ts'
import type { Family } from './families.ts'
import type { Timed } from './rhythm.ts'

/** A request that is followed. */
export interface Followed extends Timed {
  readonly id: string
  /** A list has shown it as running: from then on its absence from lists means that it has ended. */
  listed: boolean
}

/** How a request ended: well, with AWS's reason, or with why that is not known. */
export type End = 'succeeded' | { readonly thrown: unknown }

/** What a look at requests tells; those that are in no part of it are running, or too young to be told about. */
export interface Seen<R extends Followed> {
  readonly ends: ReadonlyMap<R, End>
  /** Those that have ended, of which is not known how. */
  readonly over: readonly R[]
  /** Ids of all that a list has shown as running, of requests too whose answers are still under way. Absent where none was asked. */
  readonly shown?: ReadonlySet<string | undefined>
  /** A request was asked about by itself although a list showed it as running: true where it had ended. Absent where none was. */
  readonly wronglyShown?: boolean
}

/** Looks at which lists of what is running are checked by asking about a request by itself. */
const checked = [6, 12, 24, 48, 96]

/** Asks about requests one by one. */
export async function lookAtEach<R extends Followed>(
  family: RequestFamily,
  status: Family,
  requests: readonly R[],
  at: number,
): Promise<ReadonlyMap<R, End>> {
  const ends = new Map<R, End>()
  const ask = async (one: R) => {
    try {
      const answer = await status.describe(one.id)
      if (answer?.Status === 'IN_PROGRESS') sawRunning(one, at)
      else ends.set(one, endOf(family, answer))
    } catch (thrown) {
      ends.set(one, { thrown: notKnown(family, thrown) })
    }
  }
  await Promise.all(requests.map(ask))
  return ends
}

/**
 * Asks about many with one list of what is running. Lists may lag behind a new request, so what none has ever shown is asked about by
 * itself once it is `old` enough: absence alone is no end. Where one is shown as running unusually long, it is asked about by itself too.
 */
export async function lookAtAll<R extends Followed>(
  family: RequestFamily,
  status: Family,
  requests: readonly R[],
  at: number,
  old: number,
): Promise<Seen<R>> {
  const running = new Set((await status.list('IN_PROGRESS')).map((row) => row.RequestId))
  const shown = requests.filter(({ id }) => running.has(id))
  for (const one of shown) {
    one.listed = true
    sawRunning(one, at)
  }
  const absent = requests.filter(({ id }) => !running.has(id))
  const unknown = absent.filter(({ listed, since }) => !listed && at - since >= old)
  const ends = await lookAtEach(family, status, unknown, at)
  const told = { over: absent.filter(({ listed }) => listed), shown: running }
  const [late] = shown.filter(({ looks }) => checked.includes(looks))
  if (!late) return { ...told, ends }
  const wrong = await lookAtEach(family, asListed(status), [late], at)
  return { ...told, ends: new Map([...ends, ...wrong]), wronglyShown: wrong.size > 0 }
}

// Where nothing describes it, the list is what there is.
function asListed(status: Family): Family {
  return { ...status, describe: (id) => status.describe(id).catch(() => ({ Status: 'IN_PROGRESS' as const })) }
}

/** Asks with one list which of those that are over have failed, and about those by themselves why. */
export async function howTheyEnded<R extends Followed>(
  family: RequestFamily,
  status: Family,
  over: readonly R[],
  at: number,
): Promise<ReadonlyMap<R, End>> {
  const listed = new Set((await status.list('FAILED')).map((row) => row.RequestId))
  const well = over.filter(({ id }) => !listed.has(id)).map((one): [R, End] => [one, 'succeeded'])
  const failed = over.filter(({ id }) => listed.has(id))
  return new Map([...well, ...(await lookAtEach(family, withoutReasons(status), failed, at))])
}

// That a request failed is known from the list, whether or not AWS tells why.
function withoutReasons(status: Family): Family {
  const describe = (id: string) =>
    status.describe(id).catch((thrown: unknown) => ({ Status: 'FAILED' as const, FailureReason: unread(thrown) }))
  return { ...status, describe }
}

function unread(thrown: unknown): string {
  return `AWS's reason could not be read, because ${sentence(thrown)}`
}

function sawRunning(one: Followed, at: number): void {
  one.ranAt = at
  one.looks += 1
}

/** How a request ended that AWS no longer describes as running. */
function endOf(family: RequestFamily, request: Request | undefined): End {
  return request?.Status === 'SUCCEEDED' ? 'succeeded' : { thrown: failure(family, request?.FailureReason) }
}

/** What is said of a request of which AWS does not tell how it ended. */
export function notKnown(family: RequestFamily, thrown: unknown): unknown {
  const [first] = thrown instanceof Refusal ? thrown.diagnostics : []
  if (!first) return thrown
  const message = `it is not known how the ${family} request ended, because ${sentence(thrown)}`
  return new Refusal({ ...first, message }, { cause: thrown })
}

/** What is said of a request that ended FAILED, or that nobody can follow. */
export function failure(family: RequestFamily, reason: string | undefined): Refusal {
  return new Refusal(
    error('aws-request-failed', `the ${family} request ended FAILED: ${reason ?? 'AWS gave no reason'}`, {
      hint: 'fix what AWS reports, then run this again; it continues where this run stopped',
    }),
  )
}
