import { address } from '../../model/address.ts'
import type { ApplicationAssignmentSpec } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'
import { unlessGone } from '../application/gone.ts'
import type { WriteContext } from '../contexts.ts'
import { appeared } from '../shared/appeared.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { settled } from '../shared/settled.ts'

/** Assigns a user or a group, by id, to an application. Source: CreateApplicationAssignment, which acts at once. */
export async function create(spec: ApplicationAssignmentSpec, principal: string, context: WriteContext): Promise<void> {
  const request = requestOf(spec, principal, context)
  const look = async (mayBeOurs: boolean) => {
    if (!(await isThere(request, context))) return undefined
    const what = `assignment of ${spec.principal} to application ${spec.application}`
    return appeared({ what, mayBeOurs, asAsked: {} }, context)
  }
  const about = { arn: request.ApplicationArn, called: spec.application }
  await unlessGone(() => context.writer.send('CreateApplicationAssignment', request, look), about, context)
}

/** Takes an assignment away; whoever is gone is known by the id that was read. */
export async function remove(entry: Entry<'application-assignment'> | undefined, context: WriteContext): Promise<void> {
  if (!entry) return
  const request = requestOf(entry.spec, entry.ref ?? '', context)
  await settled(
    () => ignoreNotFound(() => context.writer.send('DeleteApplicationAssignment', request)),
    async () => !(await isThere(request, context)),
    context,
  )
}

function requestOf(
  { application, principal_type }: ApplicationAssignmentSpec,
  PrincipalId: string,
  { ref }: WriteContext,
) {
  const PrincipalType = principal_type === 'user' ? ('USER' as const) : ('GROUP' as const)
  // One that is called by its ARN need not be on the list of applications.
  const ApplicationArn = application.startsWith('arn:') ? application : ref(address('application', application))
  return { ApplicationArn, PrincipalId, PrincipalType }
}

async function isThere(request: ReturnType<typeof requestOf>, { writer }: WriteContext): Promise<boolean> {
  const { ApplicationArn, PrincipalId, PrincipalType } = request
  const rows = await writer.list('ListApplicationAssignments', { ApplicationArn })
  return rows.some((row) => row.PrincipalId === PrincipalId && row.PrincipalType === PrincipalType)
}
