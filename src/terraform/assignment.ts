import { address } from '../model/address.ts'
import { accountLabel } from '../model/facts.ts'
import { sortedEntries } from '../model/state.ts'
import { shown } from '../text/shown.ts'
import { expression } from './hcl.ts'
import { namesFor } from './names.ts'
import type { References } from './references.ts'
import type { Resource } from './resource.ts'
import type { Source } from './source.ts'

/** Assignments. The import id is PRINCIPAL,TYPE,ACCOUNT,AWS_ACCOUNT,SET,INSTANCE. Source: aws_ssoadmin_account_assignment. */
export function assignmentResources({ facts, desired, live }: Source, references: References): Resource[] {
  const both = sortedEntries(desired.assignment).flatMap(([at]) => {
    const entry = live.assignment.get(at)
    return entry ? [[at, entry] as const] : []
  })
  const names = namesFor(
    both.map(([at, { spec }]) => [
      at,
      `${references.nameOf('permission-set', spec.permission_set)}_${references.nameOf(spec.principal_type, spec.principal)}_${spec.account}`,
    ]),
  )
  return both.flatMap(([at, { spec, ref: principal }]) => {
    const set = address('permission-set', spec.permission_set)
    const arn = live['permission-set'].get(set)?.ref
    if (principal === undefined || arn === undefined) return []
    const type = spec.principal_type === 'group' ? 'GROUP' : 'USER'
    return {
      type: 'aws_ssoadmin_account_assignment',
      name: names(at),
      id: [principal, type, spec.account, 'AWS_ACCOUNT', arn, facts.instance.arn].join(','),
      comments: [`${shown(spec.principal)}: ${spec.permission_set} in ${shown(accountLabel(spec.account, facts))}`],
      arguments: {
        instance_arn: expression('local.instance_arn'),
        permission_set_arn: references.to('permission-set', set, arn),
        principal_type: type,
        principal_id: references.to(spec.principal_type, address(spec.principal_type, spec.principal), principal),
        target_type: 'AWS_ACCOUNT',
        target_id: spec.account,
      },
    }
  })
}
