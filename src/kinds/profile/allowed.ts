import { nameOf } from '../../model/address.ts'
import { type Facts, isActive } from '../../model/facts.ts'
import type { OperationOf } from '../../model/operation.ts'
import { settingEffect } from '../../model/setting-effect.ts'
import type { SectionSpec } from '../../model/specs.ts'

/** What the settings that a change writes make programs of this machine do, one sentence each; what is in the file already was there before us. Pure. */
export function settingEffects(before: SectionSpec | undefined, after: SectionSpec | undefined): readonly string[] {
  return Object.entries(after ?? {}).flatMap(([key, value]) => {
    const effect = before?.[key] === value || isIdentity(key) ? undefined : settingEffect(key, value)
    return effect === undefined ? [] : [`${key} ${effect}`]
  })
}

/** The same for a change that has to be allowed by name. Pure. */
export function asksAllowance({ address: at, before, after }: OperationOf<'profile'>): readonly string[] {
  return settingEffects(before, after).map((effect) => `profile ${nameOf(at)}: ${effect}`)
}

/** That a chained profile takes a role in an account that the organization does not have; undefined where it has, or nobody knows. Pure. */
export function foreignRole(
  before: SectionSpec | undefined,
  after: SectionSpec | undefined,
  facts: Facts,
): string | undefined {
  const arn = after?.role_arn
  if (!arn || arn === before?.role_arn || !facts.instance) return undefined
  const account = arn.split(':')[4] ?? ''
  return isActive(account, facts)
    ? undefined
    : `assumes a role in account ${account}, which is not an active account of this organization`
}

// Who one is has keys of its own in the manifest.
function isIdentity(key: string): boolean {
  return /^(?:sso_|aws_)/.test(key) || ['role_arn', 'source_profile', 'external_id', 'mfa_serial'].includes(key)
}
