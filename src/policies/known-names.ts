import { once } from '../model/once.ts'

/** How AWS classes an action (Service Authorization Reference, "Access level"). */
export type AccessLevel = 'read' | 'list' | 'write' | 'tagging' | 'permissions'

/** An action with its access level. */
export interface ClassedAction {
  /** As `GetObject`. */
  readonly name: string
  readonly level: AccessLevel
}

/** Names that AWS had at some day. It has new ones every week, so that a name which is not among them is unknown, not wrong. */
export interface KnownNames {
  /** AWS-managed policies of the commercial partition, with their paths: `job-function/Billing`. */
  readonly policies: ReadonlySet<string>
  /** The same by their names without a path. */
  readonly policyPaths: ReadonlyMap<string, string>
  /** The day of the list of policies, as 2026-11-22. */
  readonly policiesAsOf: string
  /** Prefixes of services, as `s3`. */
  readonly services: readonly string[]
  /** The actions of a service, by its prefix in any case: by their names in lower case, as IAM compares them. Undefined for an unknown service. */
  actionsOf(service: string): ReadonlyMap<string, string> | undefined
  /** The same with their access levels; none for an unknown service. */
  classedOf(service: string): readonly ClassedAction[]
  /** The day of the list of actions. */
  readonly actionsAsOf: string
}

let loaded: Promise<KnownNames> | undefined

/** Gives the names, which are half a megabyte: each list is read once, where somebody asks for it. */
export function knownNames(): Promise<KnownNames> {
  loaded ??= import('../generated/iam-names.ts').then(namesOf)
  return loaded
}

function namesOf({ policies, policiesAsOf, actions, accessLevels, actionsAsOf }: Generated): KnownNames {
  const paths = once(() => policies().split('\n'))
  const services = once(() => writtenServices(actions(), accessLevels()))
  const known = {
    policies: once(() => new Set(paths())),
    policyPaths: once(() => new Map(paths().map((one) => [one.slice(one.lastIndexOf('/') + 1), one] as const))),
    services: once(() => [...services().keys()]),
  }
  const serviceOf = (prefix: string) => services().get(prefix.toLowerCase())?.()
  return {
    ...{ policiesAsOf, actionsAsOf },
    get policies() {
      return known.policies()
    },
    get policyPaths() {
      return known.policyPaths()
    },
    get services() {
      return known.services()
    },
    actionsOf: (service) => serviceOf(service)?.actions,
    classedOf: (service) => serviceOf(service)?.classed ?? [],
  }
}

type Generated = typeof import('../generated/iam-names.ts')

/** What each service has, by its prefix, taken apart where somebody asks for it. */
function writtenServices(actions: string, accessLevels: string): ReadonlyMap<string, () => Service> {
  const levels = accessLevels.split('\n')
  return new Map(
    actions
      .split('\n')
      .map(
        (line, index) => [line.slice(0, line.indexOf(' ')), once(() => serviceIn(line, levels[index] ?? ''))] as const,
      ),
  )
}

interface Service {
  readonly actions: ReadonlyMap<string, string>
  readonly classed: readonly ClassedAction[]
}

function serviceIn(line: string, letters: string): Service {
  const names = line.split(' ').slice(1)
  return {
    actions: new Map(names.map((one) => [one.toLowerCase(), one] as const)),
    classed: names.map((name, index) => ({ name, level: levels[letters.charAt(index)] ?? 'write' })),
  }
}

const levels: Readonly<Record<string, AccessLevel>> = {
  ...{ r: 'read', l: 'list', w: 'write', t: 'tagging', p: 'permissions' },
}
