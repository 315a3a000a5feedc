import { backoff, type Clock } from '../model/clock.ts'
import { error, Refusal, refusedWith } from '../model/diagnostic.ts'
import type { Transport } from './connect.ts'
import type { Input, Output, WriteName } from './operations.ts'
import type { Writer } from './port.ts'
import { fresh } from './reader.ts'
import { follow } from './requests.ts'

/** Times a conflict is waited out: about a minute in all, as roles may take that long to disappear from an account. */
const patience = 16

/** A writer over a connection. Asynchronous requests of one writer are followed together. */
export function writer(transport: Transport, clock: Clock, instanceArn: string): Writer {
  const reader = fresh(transport)
  const settled = follow(reader, clock, instanceArn)
  return {
    ...reader,
    settled,
    send: (operation, input, isFinal) => sendPatiently(transport, clock, operation, input, isFinal),
  }
}

// "A previous write did not have time to propagate" and "is in use" share one error name, and the SDK retries neither. Only a look
// at what is there tells them apart.
async function sendPatiently<N extends WriteName>(
  transport: Transport,
  clock: Clock,
  operation: N,
  input: Input<N>,
  isFinal: (() => Promise<string | undefined>) | undefined,
): Promise<Output<N>> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await transport(operation, input)
    } catch (thrown) {
      if (!refusedWith(thrown, 'aws-conflict')) throw thrown
      const found = attempt === 0 || attempt >= patience ? await isFinal?.() : undefined
      if (found) throw new Refusal(error('aws-conflict', found, { hint: 'run plan again to see what is there now' }))
      if (attempt >= patience) throw thrown
      await clock.sleep(backoff(attempt, clock))
    }
  }
}
