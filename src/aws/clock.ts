import type { STSClient } from '@aws-sdk/client-sts'
import { type AwsTime, awsTimeOf, byAws, hearing, nothingHeard, type TimedAnswer } from '../model/aws-time.ts'

/** AWS's time as its own answers tell it, for as long as a run lasts. */
export interface AwsClock {
  /** The time by AWS's clock; by this machine's where AWS's is not known. */
  now(): Date
  /** How this machine's clock stands to AWS's. */
  told(): AwsTime
  /** This machine's clock, in milliseconds since 1970. */
  machine(): number
  /** Resolves after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>
  /** Takes note of an answer, whatever it says besides. */
  hear(answer: TimedAnswer): void
}

/** A clock that nothing has told yet. */
export function awsClock(machine: { now(): Date; sleep(milliseconds: number): Promise<void> }): AwsClock {
  let soFar = nothingHeard
  const told = () => awsTimeOf(soFar)
  return {
    told,
    now: () => byAws(machine.now(), told()),
    machine: () => machine.now().getTime(),
    sleep: (milliseconds) => machine.sleep(milliseconds),
    hear: (answer) => {
      soFar = hearing(soFar, answer)
    },
  }
}

/** What sends the requests of a client, each attempt by itself. */
type Handler = STSClient['config']['requestHandler']

/** Lets a clock hear what a client is answered, refusals too. Gives the client. */
export function heard<C extends { readonly config: { readonly requestHandler: Handler } }>(
  client: C,
  clock: AwsClock | undefined,
): C {
  if (!clock) return client
  const { requestHandler } = client.config
  const handle: Handler['handle'] = requestHandler.handle.bind(requestHandler)
  requestHandler.handle = async (request, options) => {
    const sent = clock.machine()
    const answer = await handle(request, options)
    clock.hear({ sent, received: clock.machine(), ...timesOf(answer.response.headers) })
    return answer
  }
  return client
}

/** What the headers of an answer say of when it was made. */
export function timesOf(headers: Readonly<Record<string, string>>): Pick<TimedAnswer, 'date' | 'age'> {
  const named = (name: string) => Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  const [date, age] = [named('date'), named('age')]
  return { ...(date === undefined ? {} : { date }), ...(age === undefined ? {} : { age }) }
}
