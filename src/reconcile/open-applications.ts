import type { OpenApplications } from '../access/applications.ts'
import type { Reader } from '../aws/port.ts'
import { nameOf } from '../model/address.ts'
import { Refusal } from '../model/diagnostic.ts'
import type { State } from '../model/state.ts'

/** Asks each application of a look whether it lets in every user: a user who is still there can open those. One call each. */
export async function openApplications(reader: Reader, { application }: State): Promise<OpenApplications> {
  const asked = await Promise.all(
    [...application]
      .flatMap((one) => (one[1].disabled ? [] : [one]))
      .map(async ([at, { spec, ref = '' }]) => ({
        name: spec.name ?? nameOf(at),
        isRequired: spec.assignment_required ?? (await isRequired(reader, ref)),
      })),
  )
  const names = (value: boolean | undefined) =>
    asked.flatMap((one) => (one.isRequired === value ? [one.name] : [])).sort()
  return { open: names(false), unread: names(undefined) }
}

async function isRequired(reader: Reader, ApplicationArn: string): Promise<boolean | undefined> {
  try {
    return (await reader.get('GetApplicationAssignmentConfiguration', { ApplicationArn })).AssignmentRequired
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined
    throw thrown
  }
}
