import type { ContentEntitlement } from '../content-types.ts'
import { type Filler, idOf } from '../fill.ts'
import { notFound } from '../service-error.ts'
import type { PrincipalType } from '../state/tables.ts'
import { enabled, entitled } from './operations.ts'

/** Enables account access manager and lets users and groups take IAM roles through it. */
export function addEntitlements({ context, InstanceArn }: Filler, entitlements: readonly ContentEntitlement[]): void {
  const instance = context.state.rows('instances').get(InstanceArn)
  if (!instance) throw notFound(`The instance ${InstanceArn}`)
  const { arn } = enabled(context, instance)
  for (const { user, group = '', role } of entitlements) {
    const principalType: PrincipalType = user === undefined ? 'GROUP' : 'USER'
    const principal = idOf(context.state, principalType, user ?? group)
    entitled(context, arn, { principalType, principal }, role)
  }
}
