import { address, nameOf } from '../model/address.ts'
import { sortedEntries } from '../model/state.ts'
import { shown } from '../text/shown.ts'
import { namesFor } from './names.ts'
import type { References } from './references.ts'
import type { Resource } from './resource.ts'
import type { Source } from './source.ts'

/**
 * Whether applications let in every user, where the manifest says so, and who is assigned. The import ids are APPLICATION, and
 * APPLICATION,PRINCIPAL,TYPE. Sources: aws_ssoadmin_application_assignment_configuration, aws_ssoadmin_application_assignment.
 */
export function applicationResources(source: Source, references: References): Resource[] {
  return [...configurations(source), ...assignments(source, references)]
}

function configurations({ desired, live }: Source): Resource[] {
  const managed = sortedEntries(desired.application).filter(([, { external }]) => !external)
  const names = namesFor(managed.map(([at]) => [at, titleOf(nameOf(at), live)]))
  return managed.flatMap(([at]) => {
    const entry = live.application.get(at)
    const assignment_required = entry?.spec.assignment_required
    if (entry?.ref === undefined || assignment_required === undefined) return []
    return {
      type: 'aws_ssoadmin_application_assignment_configuration',
      ...{ name: names(at), id: entry.ref },
      comments: [shown(titleOf(nameOf(at), live))],
      arguments: { application_arn: entry.ref, assignment_required },
    }
  })
}

function assignments({ desired, live }: Source, references: References): Resource[] {
  const both = sortedEntries(desired['application-assignment']).flatMap(([at]) => {
    const entry = live['application-assignment'].get(at)
    return entry ? [[at, entry] as const] : []
  })
  const names = namesFor(
    both.map(([at, { spec }]) => [
      at,
      `${titleOf(spec.application, live)}_${references.nameOf(spec.principal_type, spec.principal)}`,
    ]),
  )
  return both.flatMap(([at, { spec, ref: principal }]) => {
    const arn = live.application.get(address('application', spec.application))?.ref
    if (principal === undefined || arn === undefined) return []
    const type = spec.principal_type === 'group' ? 'GROUP' : 'USER'
    const who = address(spec.principal_type, spec.principal)
    return {
      type: 'aws_ssoadmin_application_assignment',
      ...{ name: names(at), id: [arn, principal, type].join(',') },
      comments: [`${shown(spec.principal)}: ${shown(titleOf(spec.application, live))}`],
      arguments: {
        application_arn: arn,
        principal_id: references.to(spec.principal_type, who, principal),
        principal_type: type,
      },
    }
  })
}

function titleOf(called: string, live: Source['live']): string {
  return live.application.get(address('application', called))?.spec.name ?? called
}
