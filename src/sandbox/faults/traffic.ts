import { matchesPattern } from '../../model/name-pattern.ts'
import type { Pace } from '../operations/context.ts'
import type { ServiceError } from '../service-error.ts'
import { byDefault, type Choices } from './choices.ts'
import { errorFor, type Service } from './errors.ts'
import type { FaultRule, Faults } from './faults.ts'

/** A call as faults and the record of calls see it. */
export interface Call {
  readonly service: Service
  readonly operation: string
  /** Page of a list that is asked for, from 1. */
  readonly page: number
}

/** What is to become of a call. */
export interface Verdict {
  readonly error?: ServiceError
  readonly cut?: 'before' | 'after'
}

/** One line of the record: the error is the name AWS gives it, or `cut`. */
export interface CallRecord {
  readonly service: Service
  readonly operation: string
  readonly error?: string
}

/** Faults in force with their counters. They live in memory only. */
export interface FaultEngine {
  faults: Faults
  judge(call: Call): Verdict
  /** In which of these accounts an asynchronous request of this operation is to fail, and why. */
  doom(operation: string, accounts: readonly string[]): Readonly<Record<string, string>>
  pace(): Pace
  choices(): Choices
}

/** The record of calls, in memory only. */
export interface CallLog {
  record(call: CallRecord): void
  calls(): readonly CallRecord[]
  /** Number of calls by `service:operation`. */
  counts(): Readonly<Record<string, number>>
  forget(): void
}

/** What happens to calls besides being answered. */
export interface Traffic {
  readonly engine: FaultEngine
  readonly log: CallLog
}

const remembered = 20_000
const unexpected = 'An unexpected internal service exception was encountered'
const writes = /^(Create|Update|Delete|Put|Attach|Detach|Provision|Tag|Untag|Add|Remove|Register|Deregister)/

/** An engine with these faults to begin with. `now` is in epoch seconds. */
export function faultEngine(initial: Faults, now: () => number): FaultEngine {
  let faults = initial
  let strike = striker(now)
  const rules = () => faults.rules ?? []
  return {
    get faults() {
      return faults
    },
    set faults(next) {
      faults = next
      strike = striker(now)
    },
    judge: (call) => {
      const struck = rules().filter((rule) => rule.kind !== 'fail' && matches(rule, call) && strike(rule))
      const error = struck.map(({ kind }) => errorFor(kind, call.service)).find((one) => one !== undefined)
      const cut = struck.map(({ kind }) => cuts[kind]).find((one) => one !== undefined)
      return { ...(error ? { error } : {}), ...(cut ? { cut } : {}) }
    },
    doom: (operation, accounts) => {
      const call: Call = { service: 'sso-admin', operation, page: 1 }
      const doomed = new Map<string, string>()
      for (const rule of rules().filter((one) => one.kind === 'fail' && matches(one, call))) {
        const free = accounts.filter((account) => !doomed.has(account) && (rule.accounts?.includes(account) ?? true))
        if (free.length === 0 || !strike(rule)) continue
        for (const account of free) doomed.set(account, rule.reason ?? unexpected)
      }
      return Object.fromEntries(doomed)
    },
    pace: () => ({
      looks: faults.looks ?? 1,
      seconds: faults.seconds === undefined ? 2 : faults.seconds,
      lag: faults.lag ?? 0,
      roleSeconds: faults.roleSeconds ?? 0,
    }),
    choices: () => ({ ...byDefault, ...faults.unconfirmed }),
  }
}

/** An empty record of calls; of very many calls it lists the last ones and counts all. */
export function callLog(): CallLog {
  let records: CallRecord[] = []
  let counted = new Map<string, number>()
  return {
    record: (call) => {
      const name = `${call.service}:${call.operation}`
      counted.set(name, (counted.get(name) ?? 0) + 1)
      records.push(call)
      if (records.length > remembered) records = records.slice(remembered / 2)
    },
    calls: () => records,
    counts: () => Object.fromEntries(counted),
    forget: () => {
      records = []
      counted = new Map()
    },
  }
}

const cuts: Readonly<Partial<Record<string, 'before' | 'after'>>> = { 'cut-before': 'before', 'cut-after': 'after' }

function matches(rule: FaultRule, { service, operation, page }: Call): boolean {
  if (rule.page !== undefined && rule.page !== page) return false
  if (rule.operations === undefined) return rule.kind !== 'conflict' || writes.test(operation)
  const names = [operation, `${service}:${operation}`]
  return rule.operations.some((pattern) => names.some((name) => matchesPattern(pattern, name)))
}

/** Counts matching calls per rule and says which of them the rule strikes. */
function striker(now: () => number): (rule: FaultRule) => boolean {
  const seen = new Map<FaultRule, { calls: number; strikes: number; second: number; within: number }>()
  return (rule) => {
    const count = seen.get(rule) ?? { calls: 0, strikes: 0, second: 0, within: 0 }
    seen.set(rule, count)
    const second = Math.floor(now())
    count.within = second === count.second ? count.within + 1 : 1
    count.second = second
    count.calls += 1
    const nth = count.calls - (rule.skip ?? 0)
    const isHit = nth > 0 && nth % (rule.every ?? 1) === 0 && count.within > (rule.perSecond ?? 0)
    if (!isHit || count.strikes >= (rule.times ?? Number.POSITIVE_INFINITY)) return false
    count.strikes += 1
    return true
  }
}
