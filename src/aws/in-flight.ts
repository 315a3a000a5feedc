import { backoff, type Clock } from '../model/clock.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Transport } from './connect.ts'
import type { Reader } from './port.ts'
import { fresh, openReader } from './reader.ts'
import { families } from './requests/families.ts'

/** Requests of an earlier run are waited for this long before the look is given up. */
const timeLimit = 10 * 60_000

/** How many asynchronous requests of the instance are still running: three calls. */
export async function inFlight(reader: Reader, instanceArn: string): Promise<number> {
  const lists = await Promise.all(
    Object.values(families(reader, instanceArn)).map((family) => family.list('IN_PROGRESS')),
  )
  return lists.flat().length
}

/**
 * Resolves when nothing is in flight any more. What a request that still runs will leave behind cannot be read yet, so a plan made
 * during it would be wrong.
 */
async function quiet(
  reader: Reader,
  instanceArn: string,
  clock: Clock,
  onWait: (running: number) => void,
): Promise<void> {
  const since = clock.now().getTime()
  for (let attempt = 0; ; attempt++) {
    const running = await inFlight(reader, instanceArn)
    if (running === 0) return
    if (clock.now().getTime() - since > timeLimit) throw stuck(running)
    onWait(running)
    await clock.sleep(backoff(attempt, clock))
  }
}

/** The look to go on with: the one given when nothing is in flight, else a new one, taken once everything has settled. */
export async function settledLook(
  reader: Reader,
  transport: Transport,
  instanceArn: string,
  clock: Clock,
  onWait: (running: number) => void,
): Promise<Reader> {
  if ((await inFlight(reader, instanceArn)) === 0) return reader
  await quiet(fresh(transport), instanceArn, clock, onWait)
  return openReader(transport)
}

function stuck(running: number): Refusal {
  return new Refusal(
    error(
      'requests-in-flight',
      `${running} earlier Identity Center requests are still in progress after ${timeLimit / 60_000} minutes`,
      {
        hint: 'check AWS Health for an incident, then run this again',
      },
    ),
  )
}
