import type { Item } from '../../aws/operations.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import { type Diagnostic, Refusal } from '../../model/diagnostic.ts'
import { grouped } from '../../model/grouped.ts'
import type { ReadContext } from '../contexts.ts'
import { takesFromSomebody } from '../shared/declares.ts'

/** An application of the instance. */
export interface LiveApplication {
  /** What addresses and the manifest call it: its name, or its ARN where the manifest does so or the name is not its own. */
  readonly called: string
  readonly name: string
  readonly arn: string
  /** The provider of an application that nobody has made here, from its ARN. */
  readonly service?: string
  readonly isDisabled: boolean
}

/** The applications of a look, or why they could not be listed where nobody has to know. */
export interface SeenApplications {
  readonly applications: readonly LiveApplication[]
  readonly refused?: Diagnostic | undefined
}

/** The applications of the instance; undefined where nobody asks about them. Throws a Refusal where the manifest does and AWS says no. */
export async function seenApplications(context: ReadContext): Promise<SeenApplications | undefined> {
  const { reader, facts, manifest, scope } = context
  const isDeclared = manifest.manifest.applications !== undefined && scope.applications !== 'none'
  const isNeeded = (isDeclared && mustKnowApplications(context)) || looksAtLeavers(context)
  if (!isNeeded && !isDeclared && scope.applications !== 'all') return undefined
  try {
    const rows = await reader.list('ListApplications', { InstanceArn: facts.instance.arn }, { goodToHave: !isNeeded })
    return { applications: called(rows, manifest) }
  } catch (thrown) {
    if ((isDeclared && mustKnowApplications(context)) || !(thrown instanceof Refusal)) throw thrown
    return { applications: [], refused: thrown.diagnostics[0] }
  }
}

/** True where a plan is about applications, so that it cannot be made without those that the manifest declares. */
export function mustKnowApplications({ scope }: Pick<ReadContext, 'scope'>): boolean {
  return scope.mustKnow('application') || scope.mustKnow('application-assignment')
}

/** Whoever goes or is revoked takes assignments along that the manifest does not name. */
function looksAtLeavers({ manifest, scope }: ReadContext): boolean {
  return scope.applications === 'declared' && takesFromSomebody(manifest.manifest)
}

/** Applications by what they are called. AWS allows several of one name; what has none is called by its ARN. Pure. */
function called(
  rows: readonly Item<'ListApplications'>[],
  { manifest: { applications = {} } }: Pick<LoadedManifest, 'manifest'>,
): readonly LiveApplication[] {
  const arns = grouped(rows.map(({ Name = '', ApplicationArn = '' }) => [Name, ApplicationArn]))
  return rows.map(({ Name: name = '', ApplicationArn: arn = '', ApplicationProviderArn: provider = '', Status }) => {
    // A name that looks like an ARN could pass for another application.
    const isOwn =
      name !== '' && !name.startsWith('arn:') && arns.get(name)?.length === 1 && !Object.hasOwn(applications, arn)
    return { called: isOwn ? name : arn, name, arn, ...serviceOf(provider), isDisabled: Status === 'DISABLED' }
  })
}

// `arn:aws:sso::aws:applicationProvider/custom`, and `custom-saml` for what is set up by hand (CreateApplication, ListApplicationProviders).
function serviceOf(provider: string): Pick<LiveApplication, 'service'> {
  const service = provider.slice(provider.indexOf('/') + 1)
  return /^custom(?:-|$)/.test(service) ? {} : { service }
}
