/** Names that AWS had at some day. It has new ones every week, so that a name which is not among them is unknown, not wrong. */
export interface KnownNames {
  /** AWS-managed policies of the commercial partition, with their paths: `job-function/Billing`. */
  readonly policies: ReadonlySet<string>
  /** The day of the list of policies, as 2026-11-22. */
  readonly policiesAsOf: string
  /** Prefixes of services, as `s3`. */
  readonly services: readonly string[]
  /** Names of the actions of a service, by its prefix in any case; undefined for an unknown service. */
  actionsOf(service: string): readonly string[] | undefined
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
  const { policies, policiesAsOf, actions, actionsAsOf } = await import('../generated/iam-names.ts')
  const lines = new Map(actions.split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line] as const))
  return {
    ...{ policiesAsOf, actionsAsOf },
    policies: new Set(policies.split('\n')),
    services: [...lines.keys()],
    actionsOf: (service) => lines.get(service.toLowerCase())?.split(' ').slice(1),
  }
}
