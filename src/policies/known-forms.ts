import { globalKeys } from './global-condition-keys.ts'
import { moreForms } from './more-resource-forms.ts'

/** What AWS had at some day for conditions and resources of policies. It adds some every week, so that others are unknown, not wrong. */
export interface KnownForms {
  /** Condition keys by what stands before their colon, in any case; undefined where no key has that prefix. */
  keysOf(prefix: string): ConditionKeys | undefined
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
  /** Keys with a star for what the author of a policy chooses, as `aws:RequestTag/*`. */
  readonly patterns: readonly string[]
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
  const { conditionKeys, resourceForms, conditionsAsOf } = await import('../generated/iam-conditions.ts')
  const [keys, forms] = [grouped(conditionKeys), grouped(resourceForms)]
  for (const one of globalKeys) add(keys, ...cut(one))
  for (const [service, more] of Object.entries(moreForms)) add(forms, service, ...more)
  return {
    keysOf: once((prefix) => keysWith(prefix, keys.get(prefix))),
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

function keysWith(prefix: string, names: readonly string[] | undefined): ConditionKeys | undefined {
  const whole = names?.map((one) => `${prefix}:${one}`)
  if (whole === undefined) return undefined
  const plain = whole.filter((one) => !one.includes('*')).map((one) => [one.toLowerCase(), one] as const)
  return { plain: new Map(plain), patterns: whole.filter((one) => one.includes('*')) }
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
