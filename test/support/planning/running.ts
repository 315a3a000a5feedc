import type { ApplyEvent } from '../../../src/apply/events.ts'
import type { RunOptions } from '../../../src/apply/progress.ts'
import { run } from '../../../src/apply/run.ts'
import type { WriteName } from '../../../src/aws/operations.ts'
import type { Writer } from '../../../src/aws/port.ts'
import type { Address } from '../../../src/model/address.ts'
import { error, Refusal } from '../../../src/model/diagnostic.ts'
import type { Operation, Outcome } from '../../../src/model/operation.ts'
import { diff } from '../../../src/plan/diff.ts'
import { ordered } from '../../../src/plan/order.ts'
import { watchOf } from '../../../src/plan/plan.ts'
import { fakeClock, turn } from './clock.ts'
import { type Case, sidesOf } from './planning.ts'

/** What AWS does in a test. */
export interface Script {
  /** The code with which AWS says no to a request; undefined lets it pass. */
  fail?(operation: WriteName, input: Readonly<Record<string, unknown>>): string | undefined
  /** Fails the asynchronous request that a change started. */
  failLater?(family: string): boolean
  /** Sees each request before it is answered. */
  onSend?(operation: WriteName): void
  /** True for a refusal, or what is thrown instead. */
  failWrite?: boolean | Error
  interrupted?: AbortSignal
  allowLockout?: boolean
  /** What DescribeUser answers. */
  user?: object
  /** Accounts in which every set is provisioned. */
  provisioned?: readonly string[]
  /** Hears what happens, and may throw. */
  listener?: (event: ApplyEvent) => void
}

/** What came of a run. */
export interface Ran {
  /** `done`, or the result with its message. */
  readonly outcomes: Readonly<Record<Address, string>>
  readonly events: readonly ApplyEvent[]
  readonly sent: readonly (readonly [WriteName, Readonly<Record<string, unknown>>])[]
  /** Operations of each write of a file. */
  readonly writes: readonly (readonly Operation[])[]
  readonly mostInFlight: number
}

/** Plans a case and runs it against a scripted AWS, whether or not the plan would be refused. */
export async function runCase(one: Case, script: Script = {}): Promise<Ran> {
  const input = await sidesOf(one)
  const { live } = input
  const operations = ordered(diff(input).operations)
  const events: ApplyEvent[] = []
  const writes: (readonly Operation[])[] = []
  const aws = scripted(script)
  const write: RunOptions['write'] = async (_sheet, changes) => {
    writes.push(changes)
    if (script.failWrite instanceof Error) throw script.failWrite
    if (script.failWrite) throw refusal('file-changed', 'the file changed')
    return { type: 'file', path: '~/.aws/config' }
  }
  const outcomes = await run(operations, {
    live,
    watch: watchOf(input),
    writer: aws.writer,
    write,
    clock: fakeClock(),
    interrupted: script.interrupted ?? new AbortController().signal,
    allowLockout: script.allowLockout ?? false,
    onEvent: (event) => {
      events.push(event)
      script.listener?.(event)
    },
  })
  const told = [...outcomes].map(([address, outcome]) => [address, tell(outcome)])
  return { outcomes: Object.fromEntries(told), events, sent: aws.sent, writes, mostInFlight: aws.most() }
}

function tell(outcome: Outcome): string {
  return outcome.result === 'done' ? 'done' : `${outcome.result}: ${outcome.message}`
}

function refusal(code: string, message: string): Refusal {
  return new Refusal(error(code, message, { hint: 'a hint' }))
}

function scripted(script: Script) {
  const sent: [WriteName, Readonly<Record<string, unknown>>][] = []
  let [inFlight, most] = [0, 0]
  const send = async (operation: WriteName, members: Readonly<Record<string, unknown>>) => {
    sent.push([operation, members])
    inFlight += 1
    most = Math.max(most, inFlight)
    script.onSend?.(operation)
    await turn()
    inFlight -= 1
    const code = script.fail?.(operation, members)
    if (code) throw refusal(code, `${operation} failed`)
    return answers(operation, members)
  }
  const writer = {
    send,
    settle: async (change: () => Promise<unknown>) => {
      await change()
      return 'answered'
    },
    follow: async (family: string, _account: string | undefined, start: () => Promise<unknown>) => {
      await start()
      if (script.failLater?.(family)) throw refusal('aws-request-failed', `the ${family} request ended FAILED`)
    },
    list: async () => script.provisioned ?? [],
    get: async (operation: string) => {
      if (operation === 'DescribeUser' && script.user) return script.user
      throw new Error(`no test expects ${operation}`)
    },
  } as unknown as Writer
  return { writer, sent, most: () => most }
}

/** Ids as they are made of names, so that a test can say which thing a later request is about. */
function answers(operation: WriteName, input: Readonly<Record<string, unknown>>): object {
  if (operation === 'CreateUser') return { UserId: `new id of ${input.UserName}` }
  if (operation === 'CreateGroup') return { GroupId: `new id of ${input.DisplayName}` }
  if (operation === 'CreatePermissionSet') return { PermissionSet: { PermissionSetArn: `new id of ${input.Name}` } }
  return {}
}
