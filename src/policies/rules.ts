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

/**
 * A document's statements. What AWS would not take (no Effect, neither Action nor NotAction, an element that it does not know) is odd,
 * never ignored; so is what it takes, but nobody says how it reads it: exceptions that are empty and operators without keys ("Access
 * Analyzer policy check reference" of the IAM User Guide calls them without effect, which may be all or nothing). A Condition without an
 * operator demands nothing.
 */
export function rulesOf(document: Json): Rules {
  const known = remembered(document)
  if (known) return known
  if (!isObject(document)) return { rules: [], odd: true }
  const { Version: version, Statement: all } = document
  const rules = asList(all ?? null).map((one) => (isObject(one) ? ruleOf(one, version) : undefined))
  const strange = !versions.includes(version) || unknownKeys(document, documentKeys)
  const found = { rules: rules.filter((one) => one !== undefined), odd: strange || rules.includes(undefined) }
  seen.set(document, found)
  return found
}

const current = '2012-10-17'
const versions: readonly (Json | undefined)[] = [current, '2008-10-17', undefined]
const documentKeys = ['Version', 'Id', 'Statement']
// Principal is of other policies; AWS refuses it here.
const statementKeys = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']

function unknownKeys(object: JsonObject, known: readonly string[]): boolean {
  return Object.keys(object).some((key) => !known.includes(key))
}

// A plan asks of the same few documents at every step.
const seen = new WeakMap<JsonObject, Rules>()

function remembered(document: Json): Rules | undefined {
  return isObject(document) ? seen.get(document) : undefined
}

function ruleOf(statement: JsonObject, version: Json | undefined): Rule | undefined {
  const { Effect: effect, Sid: sid } = statement
  const condition = isEmptyMap(statement.Condition) ? undefined : statement.Condition
  if ((effect !== 'Allow' && effect !== 'Deny') || unknownKeys(statement, statementKeys)) return undefined
  const actions = patternsIn(statement, 'Action', actionPattern)
  const resources = patternsIn(statement, 'Resource', version === current ? resourcePattern : plainResource)
  const conditions = condition === undefined ? [] : conditionKeys(condition)
  if (!actions || !resources || !conditions) return undefined
  const fixed = condition === undefined ? '' : fixedCondition(condition, version)
  return { effect, actions, resources, conditions, condition: fixed, ...(typeof sid === 'string' ? { sid } : {}) }
}

function patternsIn(statement: JsonObject, key: string, read: (text: string) => Pattern): Patterns | undefined {
  const [plain, not] = [statement[key], statement[`Not${key}`]]
  const except = plain === undefined
  const listed = except ? not : plain
  if (listed === undefined || (!except && not !== undefined)) return undefined
  const texts = asList(listed).filter((one) => typeof one === 'string')
  const understood = texts.length === asList(listed).length && !(except && texts.length === 0)
  return understood ? { except, patterns: texts.map(read) } : undefined
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
  const plain = plainResource(glob)
  return { ...plain, text, variable: plain.variable || glob !== text }
}

function plainResource(text: string): Pattern {
  const glob = /^\*+$/.test(text) ? '*' : completed(text)
  // What an ARN with missing parts comes to is nowhere said for certain.
  return { text, glob, segmented: true, variable: glob !== text && glob !== '*' }
}

/** An ARN of less than six parts, which matches as if the others were stars ("IAM JSON policy elements: Resource" leaves it open). */
function completed(text: string): string {
  const isShort = /^arn:[^*?]*$/.test(text) && text.split(':').length < 6
  return isShort ? `${text}:*` : text
}

function isEmptyMap(value: Json | undefined): boolean {
  return isObject(value) && Object.keys(value).length === 0
}

function conditionKeys(condition: Json): readonly string[] | undefined {
  const tests = isObject(condition) ? Object.values(condition) : []
  const keys = tests.map((one) => (isObject(one) ? Object.keys(one) : []))
  const complete = keys.length > 0 && keys.every((one) => one.length > 0)
  return complete ? [...new Set(keys.flat())] : undefined
}

// A variable is only a text in the older version, so that the same Condition means something else there.
function fixedCondition(condition: Json, version: Json | undefined): string {
  const text = canonicalCondition(condition)
  return version !== current && text.includes('${') ? `without variables ${text}` : text
}
