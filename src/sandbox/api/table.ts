import identitystore from './identitystore.json' with { type: 'json' }
import organizations from './organizations.json' with { type: 'json' }
import ssoAdmin from './sso-admin.json' with { type: 'json' }

/** One shape of a service model, reduced to what can be checked on a request. Patterns match the whole value. */
export interface Shape {
  readonly type: string
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly members?: Readonly<Record<string, string>>
  readonly required?: readonly string[]
  readonly union?: boolean
  /** Shape of the items of a list. */
  readonly of?: string
  readonly key?: string
  readonly value?: string
}

/** What one operation takes and which errors it declares; other errors are common to all of AWS. */
export interface OperationShape {
  readonly input?: string
  readonly errors: readonly string[]
}

/** One service of the AWS JSON 1.1 protocol: `target` is the part of `X-Amz-Target` before the dot. */
export interface ServiceTable {
  /** The models it was made from: a package and its version. */
  readonly origin: string
  readonly target: string
  readonly operations: Readonly<Record<string, OperationShape>>
  readonly shapes: Readonly<Record<string, Shape>>
}

/** Names of the services that speak AWS JSON 1.1 here. */
export type ServiceName = 'sso-admin' | 'identitystore' | 'organizations'

/** The request tables, which `npm run request-tables` makes from the public service models (see README.md). */
export const tables: Readonly<Record<ServiceName, ServiceTable>> = {
  'sso-admin': ssoAdmin,
  identitystore: identitystore,
  organizations: organizations,
}
