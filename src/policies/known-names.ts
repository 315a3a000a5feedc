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

/** Reads the names, which are half a megabyte, once and only where somebody asks. */
export function knownNames(): Promise<KnownNames> {
  loaded ??= read()
  return loaded
}

async function read(): Promise<KnownNames> {
  const { policies, policiesAsOf, actions, accessLevels, actionsAsOf } = await import('../generated/iam-names.ts')
  const letters = accessLevels.split('\n')
  const lines = new Map(
    actions
      .split('\n')
      .map((line, index) => [line.slice(0, line.indexOf(' ')), { line, letters: letters[index] ?? '' }] as const),
  )
  const parsed = new Map<string, Service | undefined>()
  const serviceOf = (prefix: string) => {
    const service = prefix.toLowerCase()
    if (!parsed.has(service)) parsed.set(service, serviceIn(lines.get(service)))
    return parsed.get(service)
  }
  return {
    ...{ policiesAsOf, actionsAsOf },
    policies: new Set(policies.split('\n')),
    policyPaths: new Map(policies.split('\n').map((one) => [one.slice(one.lastIndexOf('/') + 1), one] as const)),
    services: [...lines.keys()],
    actionsOf: (service) => serviceOf(service)?.actions,
    classedOf: (service) => serviceOf(service)?.classed ?? [],
  }
}

interface Service {
  readonly actions: ReadonlyMap<string, string>
  readonly classed: readonly ClassedAction[]
}

interface Written {
  readonly line: string
  readonly letters: string
}

function serviceIn(written: Written | undefined): Service | undefined {
  if (written === undefined) return undefined
  const names = written.line.split(' ').slice(1)
  return {
    actions: new Map(names.map((one) => [one.toLowerCase(), one] as const)),
    classed: names.map((name, index) => ({ name, level: levels[written.letters.charAt(index)] ?? 'write' })),
  }
}

const levels: Readonly<Record<string, AccessLevel>> = {
  ...{ r: 'read', l: 'list', w: 'write', t: 'tagging', p: 'permissions' },
}
