import { isObject, type Json } from '../../model/json.ts'
import { invalid } from '../service-error.ts'
import { type Choices, choiceTests } from './choices.ts'

/** What a fault does to a call. */
export type FaultKind =
  /** The throttling error of the service. */
  | 'throttle'
  /** The conflict error of the service: a write that another one stands in the way of. */
  | 'conflict'
  /** AccessDeniedException. */
  | 'deny'
  /** The credentials, or the access token, have expired. */
  | 'expire'
  /** A server fault, status 500. */
  | 'internal'
  /** The connection ends without an answer, and nothing has happened. */
  | 'cut-before'
  /** The connection ends without an answer, after what was asked for has happened. */
  | 'cut-after'
  /** The asynchronous request is accepted and ends FAILED. */
  | 'fail'

/** One fault on demand. Without further members it strikes every call; each member narrows it down. */
export interface FaultRule {
  readonly kind: FaultKind
  /** `CreateUser`, `organizations:ListAccounts`, or with `*` for any letters; `conflict` alone defaults to writes. */
  readonly operations?: readonly string[]
  /** Matching calls let through before the first strike. */
  readonly skip?: number
  /** Strikes each Nth matching call only. */
  readonly every?: number
  /** Strikes this many times at most. */
  readonly times?: number
  /** Strikes only calls above this many within one second of the clock. */
  readonly perSecond?: number
  /** Strikes only this page of a list, counted from 1. */
  readonly page?: number
  /** For `fail`: accounts whose requests fail, and the FailureReason. */
  readonly accounts?: readonly string[]
  readonly reason?: string
}

/** Everything that can be made to go wrong, or slow. */
export interface Faults {
  /** Milliseconds before each answer. */
  readonly latency?: number
  /** Looks at an asynchronous request that still say IN_PROGRESS; 1 by default. */
  readonly looks?: number
  /** Seconds until a request ends that nobody looks at; 2 by default, null for never. */
  readonly seconds?: number | null
  /** Looks that still find a role after the last assignment has gone; 0 by default. */
  readonly lag?: number
  /** Seconds that a role stays after the last assignment has gone; 0 by default. With `lag`, what is over first decides. */
  readonly roleSeconds?: number
  /** Seconds that lists of sso-admin and identitystore are behind, while everything else is up to date; 0 by default. */
  readonly listLag?: number
  /** Longest page of any list, whatever the caller asks for. */
  readonly pageSize?: number
  /** Items of the page before that each further page of a list begins with, at most all but one of a page; 0 by default. */
  readonly pageOverlap?: number
  /** What is to hold where nobody knows how AWS behaves. */
  readonly unconfirmed?: Partial<Choices>
  readonly rules?: readonly FaultRule[]
}

type Test = (value: Json) => boolean

const kinds = ['throttle', 'conflict', 'deny', 'expire', 'internal', 'cut-before', 'cut-after', 'fail']
const isCount: Test = (value) => Number.isInteger(value) && Number(value) >= 0
const isPositive: Test = (value) => Number.isInteger(value) && Number(value) > 0
const isSeconds: Test = (value) => typeof value === 'number' && value >= 0
const isText: Test = (value) => typeof value === 'string'
const isTexts: Test = (value) => Array.isArray(value) && value.every(isText)

const ruleMembers: Readonly<Record<string, Test>> = {
  kind: (value) => typeof value === 'string' && kinds.includes(value),
  operations: isTexts,
  skip: isCount,
  every: isPositive,
  times: isCount,
  perSecond: isCount,
  page: isPositive,
  accounts: isTexts,
  reason: isText,
}

const members: Readonly<Record<string, Test>> = {
  latency: isCount,
  looks: isCount,
  seconds: (value) => value === null || isSeconds(value),
  lag: isCount,
  roleSeconds: isSeconds,
  listLag: isSeconds,
  pageSize: isPositive,
  pageOverlap: isCount,
  unconfirmed: isObject,
  rules: (value) => Array.isArray(value) && value.every((rule: Json) => isObject(rule) && 'kind' in rule),
}

/**
 * Faults from JSON.
 * @throws ServiceError ValidationException naming the member that is unknown or of the wrong kind.
 */
export function faultsOf(value: Json): Faults {
  checkMembers(value, members, 'faults')
  const { rules: given, unconfirmed = {} } = isObject(value) ? value : {}
  checkMembers(unconfirmed, choiceTests, 'unconfirmed')
  const rules = Array.isArray(given) ? given : []
  rules.forEach((rule: Json, index) => {
    checkMembers(rule, ruleMembers, `rules[${index}]`)
  })
  return value as Faults
}

function checkMembers(value: Json, tests: Readonly<Record<string, Test>>, where: string): void {
  if (!isObject(value)) throw invalid(`${where} must be a JSON object.`)
  for (const [name, inner] of Object.entries(value)) {
    const test = tests[name]
    if (!test) throw invalid(`${where}.${name} is unknown; known: ${Object.keys(tests).join(', ')}.`)
    if (!test(inner)) throw invalid(`${where}.${name} must not be ${JSON.stringify(inner)}.`)
  }
}
