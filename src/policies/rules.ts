import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { asList, canonicalCondition } from './document.ts'
import type { Pattern, Patterns } from './patterns.ts'

/** A statement of an identity policy as IAM evaluates it. */
export interface Rule {
  readonly effect: 'Allow' | 'Deny'
  readonly actions: Patterns
  readonly resources: Patterns
  /** Condition keys that decide whether it applies, as written; none when it always does. */
  readonly conditions: readonly string[]
  /** The whole Condition in one fixed form, to compare two; empty without one. */
  readonly condition: string
  readonly sid?: string
}

/** The statements of a document, and whether some could not be understood: those may allow or deny anything. */
export interface Rules {
  readonly rules: readonly Rule[]
  readonly odd: boolean
}

/** A document's statements. What AWS would not take (no Effect, neither Action nor NotAction, a number for a list) is odd, never ignored. */
export function rulesOf(document: Json): Rules {
  const known = remembered(document)
  if (known) return known
  const all = isObject(document) ? asList(document.Statement ?? []) : [document]
  const rules = all.map((one) => (isObject(one) ? ruleOf(one, isObject(document) ? document.Version : '') : undefined))
  const found = { rules: rules.filter((one) => one !== undefined), odd: rules.includes(undefined) }
  if (isObject(document)) seen.set(document, found)
  return found
}

// A plan asks of the same few documents at every step.
const seen = new WeakMap<JsonObject, Rules>()

function remembered(document: Json): Rules | undefined {
  return isObject(document) ? seen.get(document) : undefined
}

function ruleOf(statement: JsonObject, version: Json | undefined): Rule | undefined {
  const { Effect: effect, Condition: condition, Sid: sid } = statement
  if (effect !== 'Allow' && effect !== 'Deny') return undefined
  const actions = patternsIn(statement, 'Action', actionPattern)
  const resources = patternsIn(statement, 'Resource', version === '2012-10-17' ? resourcePattern : plainResource)
  const conditions = condition === undefined ? [] : conditionKeys(condition)
  if (!actions || !resources || !conditions) return undefined
  const fixed = conditions.length === 0 ? '' : canonicalCondition(condition ?? {})
  return { effect, actions, resources, conditions, condition: fixed, ...(typeof sid === 'string' ? { sid } : {}) }
}

function patternsIn(statement: JsonObject, key: string, read: (text: string) => Pattern): Patterns | undefined {
  const [plain, not] = [statement[key], statement[`Not${key}`]]
  const except = plain === undefined
  const listed = except ? not : plain
  if (listed === undefined || (!except && not !== undefined)) return undefined
  const texts = asList(listed).filter((one) => typeof one === 'string')
  return texts.length === asList(listed).length ? { except, patterns: texts.map(read) } : undefined
}

// IAM compares names of services and actions without case (IAM User Guide, "IAM JSON policy elements: Action").
function actionPattern(text: string): Pattern {
  const glob = /^\*+$/.test(text) ? '*' : text.toLowerCase()
  return { text: glob, glob, segmented: false, variable: false }
}

// `${aws:username}` is whoever asks; `${*}` is a star and not a wildcard, which a star here only takes for more (IAM User Guide, "IAM
// policy elements: Variables and tags"). Variables are of Version 2012-10-17 alone.
function resourcePattern(text: string): Pattern {
  const glob = text.replace(/\$\{[^}]*\}/g, '*')
  return { ...plainResource(glob), text, variable: glob !== text }
}

function plainResource(text: string): Pattern {
  return { text, glob: /^\*+$/.test(text) ? '*' : text, segmented: true, variable: false }
}

function conditionKeys(condition: Json): readonly string[] | undefined {
  if (!isObject(condition)) return undefined
  const tests = Object.values(condition)
  return tests.every(isObject) ? [...new Set(tests.flatMap((one) => Object.keys(one as JsonObject)))] : undefined
}
