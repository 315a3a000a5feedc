import { globalKeys } from './global-condition-keys.ts'
import { moreForms } from './more-resource-forms.ts'
import { matchesWildcards } from './wildcards.ts'

/** What AWS had at some day for conditions and resources of policies. It adds some every week, so that others are unknown, not wrong. */
export interface KnownForms {
  /** Condition keys by what stands before their colon, in any case; undefined where no key has that prefix. */
  keysOf(prefix: string): ConditionKeys | undefined
  /** True where requests to a service can have a known key: its own ones, those of everything, and some of others. */
  goesWith(key: string, service: string): boolean
  /** Prefixes of condition keys, as `aws` and `s3`. */
  readonly keyPrefixes: readonly string[]
  /** Forms of the ARNs of a service; undefined where none are listed. */
  formsOf(service: string): readonly ResourceForm[] | undefined
  /** Services whose ARNs have listed forms, as `s3`. */
  readonly arnServices: readonly string[]
  /** The day of both lists, as 2026-11-22. */
  readonly asOf: string
}

/** Condition keys with one prefix, as AWS writes them. */
export interface ConditionKeys {
  /** By the whole key in lower case, as IAM compares them. */
  readonly plain: ReadonlyMap<string, string>
  /** Keys with a star for what the author of a policy chooses, as `aws:RequestTag/*`, by the IAM pattern for them in lower case. */
  readonly patterns: ReadonlyMap<string, string>
}

/** How the ARNs of one type of resource are written: each part with stars for what differs. */
export interface ResourceForm {
  readonly region: string
  readonly account: string
  readonly resource: string
}

let loaded: Promise<KnownForms> | undefined

/** Reads the lists once, and only where somebody asks. */
export function knownForms(): Promise<KnownForms> {
  loaded ??= read()
  return loaded
}

async function read(): Promise<KnownForms> {
  const { conditionKeys, foreignKeys, resourceForms, conditionsAsOf } = await import('../generated/iam-conditions.ts')
  const [keys, foreign, forms] = [grouped(conditionKeys), grouped(foreignKeys), grouped(resourceForms)]
  for (const one of globalKeys) add(keys, ...cut(one))
  for (const [service, more] of Object.entries(moreForms)) add(forms, service, ...more)
  const foreignOf = once((service) => keysOf([...globalKeys, ...(foreign.get(service) ?? [])]))
  return {
    keysOf: once((prefix) => wholeKeys(prefix, keys.get(prefix))),
    goesWith: (key, service) => key.startsWith(`${service}:`) || hasKey(foreignOf(service), key),
    keyPrefixes: [...keys.keys()],
    formsOf: once((service) => forms.get(service)?.map(resourceForm)),
    arnServices: [...forms.keys()],
    asOf: conditionsAsOf,
  }
}

/** Lines of a first word and more of them, by the first one in lower case. */
function grouped(text: string): Map<string, string[]> {
  const lines = text.split('\n').map((line) => line.split(' '))
  return new Map(lines.map(([first = '', ...more]) => [first, more] as const))
}

function add(groups: Map<string, string[]>, name: string, ...more: readonly string[]): void {
  groups.set(name, [...(groups.get(name) ?? []), ...more])
}

function cut(key: string): readonly [prefix: string, rest: string] {
  const colon = key.indexOf(':')
  return [key.slice(0, colon), key.slice(colon + 1)]
}

function wholeKeys(prefix: string, names: readonly string[] | undefined): ConditionKeys | undefined {
  return names && keysOf(names.map((one) => `${prefix}:${one}`))
}

function keysOf(names: readonly string[]): ConditionKeys {
  const all = names.map((one) => [patternOf(one), one] as const)
  const isPlain = ([, one]: readonly [string, string]) => !one.includes('*')
  return { plain: new Map(all.filter(isPlain)), patterns: new Map(all.filter((one) => !isPlain(one))) }
}

// What stands for a star has at least one letter.
function patternOf(name: string): string {
  return name.toLowerCase().replaceAll('*', '?*')
}

/** True where a condition key is one of some, in any case. */
export function hasKey({ plain, patterns }: ConditionKeys, key: string): boolean {
  const name = key.toLowerCase()
  return plain.has(name) || [...patterns.keys()].some((pattern) => matchesWildcards(pattern, name))
}

function resourceForm(text: string): ResourceForm {
  const [region = '', account = '', ...resource] = text.split(':')
  return { region, account, resource: resource.join(':') }
}

function once<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>()
  return (written) => {
    const name = written.toLowerCase()
    const found = made.get(name)
    if (found !== undefined) return found
    const result = make(name)
    made.set(name, result)
    return result
  }
}
