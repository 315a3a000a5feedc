import { Refusal } from '../model/diagnostic.ts'
import type { Verb } from '../model/operation.ts'

/** Something that has to be there before anything can be planned, and that an API can make. */
export interface Prerequisite {
  readonly address: 'organization' | 'instance'
  readonly verb: Verb
  readonly reason: string
  /** What it leads to, also where that costs something. */
  readonly effect: string
}

const byCode: Readonly<Record<string, Prerequisite>> = {
  'aws-no-organization': {
    address: 'organization',
    verb: 'create',
    reason: 'this AWS account is not in an organization, which permission sets require',
    effect:
      'organizations are free of charge, but on the AWS Free plan creating one ends your credits at once: upgrade to the Paid plan first to keep them',
  },
  'permission-sets-disabled': {
    address: 'instance',
    verb: 'update',
    reason: 'permission sets are turned off for this instance of Identity Center',
    effect: 'permission sets are turned on; AWS has no way to turn them off again',
  },
}

const clicks = new Set(['instance-none', 'instance-of-account', 'instance-not-active'])

/** The prerequisite whose absence a refusal, or what led to it, tells; undefined for any other refusal. Pure. */
export function missingPrerequisite({ diagnostics, cause }: Refusal): Prerequisite | undefined {
  const told = diagnostics.map(({ code }) => byCode[code]).find((one) => one !== undefined)
  return told ?? (cause instanceof Refusal ? missingPrerequisite(cause) : undefined)
}

/** True when only a person can go on, in the console, or what was done there is under way: Identity Center has to be enabled. */
export function needsClick({ diagnostics }: Refusal): boolean {
  return diagnostics.some(({ code }) => clicks.has(code))
}
