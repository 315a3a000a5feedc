import { backoff, type Clock } from '../model/clock.ts'
import { refusedWith } from '../model/diagnostic.ts'
import type { Transport } from './connect.ts'
import type { Input, Output, WriteName } from './operations.ts'
import type { Writer } from './port.ts'
import { fresh } from './reader.ts'
import { follow } from './requests.ts'

/** Times a conflict is waited out: about a minute in all, as roles may take that long to disappear from an account. */
const patience = 16

// Here a conflict says that the name is taken; waiting would not change that.
const finalConflicts: ReadonlySet<WriteName> = new Set([
  'CreatePermissionSet',
  'CreateUser',
  'CreateGroup',
  'CreateGroupMembership',
])

/** A writer over a connection. Asynchronous requests of one writer are followed together. */
export function writer(transport: Transport, clock: Clock, instanceArn: string): Writer {
  const reader = fresh(transport)
  const settled = follow(reader, clock, instanceArn)
  return { ...reader, settled, send: (operation, input) => sendPatiently(transport, clock, operation, input) }
}

// "A previous write did not have time to propagate" and "is in use" share one error name, and the SDK retries neither.
async function sendPatiently<N extends WriteName>(
  transport: Transport,
  clock: Clock,
  operation: N,
  input: Input<N>,
): Promise<Output<N>> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await transport(operation, input)
    } catch (thrown) {
      const passes = refusedWith(thrown, 'aws-conflict') && !finalConflicts.has(operation) && attempt < patience
      if (!passes) throw thrown
      await clock.sleep(backoff(attempt, clock))
    }
  }
}
