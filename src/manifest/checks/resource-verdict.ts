import type { Partition } from '../../model/partition.ts'
import type { PolicyContext } from './check.ts'
import type { KnownResources } from './resource-types.ts'

/** What is wrong with a resource. `error`: IAM refuses it, or it can match nothing. `misspelt`: unless AWS is newer than the lists. */
export interface Verdict {
  readonly kind: 'error' | 'misspelt' | 'warning'
  readonly message: string
  readonly hint: string
}

/** What resources need to be judged. */
export interface ResourceContext extends PolicyContext {
  readonly known: KnownResources
  /** The partition of all accounts; undefined where it is not known. */
  readonly partition: Partition | undefined
}
