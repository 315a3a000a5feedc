/** What somebody may do with a service: change who may do what in it (or everything it has), change what is in it, or read it. */
export type AccessKind = 'administer' | 'write' | 'read'

/** What comes or goes in one service. */
export interface ServiceRights {
  /** Prefix of the service, as `s3`. */
  readonly service: string
  readonly access: AccessKind
  /** How many actions come or go; of a service that the tool's lists do not know, how many statements name. */
  readonly count: number
  /** Their names, as `GetObject`, where they are few. */
  readonly actions?: readonly string[]
  /** How many actions the service has, as far as is known. */
  readonly of: number
  /** Only under conditions, or on some resources. */
  readonly conditional: boolean
}

/** A way to get, with some actions, more than these say. */
export interface RiskRights {
  /** Stable name, as `write-iam-policies`. */
  readonly risk: string
  /** The actions that open it. */
  readonly actions: readonly string[]
  readonly conditional: boolean
}

/** One side of a change: what is given, or what is taken. */
export interface Rights {
  /** Everything: each action of each service, on each resource. */
  readonly everything: boolean
  /** By service; empty where it is everything. */
  readonly services: readonly ServiceRights[]
  /** What stays where everything is taken; absent where that is nothing. */
  readonly left?: readonly ServiceRights[]
  readonly risks: readonly RiskRights[]
  /** Names of policies that come or go and whose text is not known. */
  readonly unknown: readonly string[]
}

/** True where nothing is given, as far as is known. */
export function isNothing({ everything, services, unknown }: Rights): boolean {
  return !everything && services.length === 0 && unknown.length === 0
}

/** What a change gives to whoever uses a permission set, and what it takes. */
export interface RightsChange {
  readonly gives: Rights
  readonly takes: Rights
}
