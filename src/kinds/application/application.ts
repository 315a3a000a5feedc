import { letIn } from '../../access/applications.ts'
import type { Manifest } from '../../manifest/types.ts'
import { type Address, address, nameOf } from '../../model/address.ts'
import { answered } from '../../model/answer.ts'
import { Refusal } from '../../model/diagnostic.ts'
import type { ApplicationSpec } from '../../model/specs.ts'
import type { Entry, State } from '../../model/state.ts'
import type { ReadContext, WriteContext } from '../contexts.ts'
import type { CloudKind } from '../kind.ts'
import { protection, withPosition } from '../shared/desired.ts'
import { ignoredBy, isIgnored } from '../shared/ignore-names.ts'
import { settled } from '../shared/settled.ts'
import { unlessGone } from './gone.ts'
import { type LiveApplication, mustKnowApplications, seenApplications } from './live-applications.ts'
import { losesApplication, problemsOf } from './problems.ts'
import { takeApplications } from './take.ts'

/**
 * Applications that exist, and whether anybody has to be assigned to them. They are set up where they are bought or made, and neither
 * created nor deleted here. Source: IAM Identity Center API Reference, PutApplicationAssignmentConfiguration.
 */
export const application: CloudKind<'application'> = {
  name: 'application',
  side: 'cloud',
  title: 'Applications',
  summary: 'whether applications that exist let in every user, or only who is assigned',
  sections: ['applications'],
  after: [],
  addressSays: 'name',
  complete: false,
  words: { sentence: ({ path, after }) => (path === 'assignment_required' ? sentence(after === true) : undefined) },
  ignore: {
    ...ignoredBy('applications'),
    names: (at, { spec }, manifest) =>
      [nameOf(at), spec.name].some((name) => name !== undefined && isIgnored(manifest, 'applications', name)),
  },
  adopt: { never: 'an application is written with who is assigned to it' },
  takesLive: takeApplications,
  operations: {
    ListApplications: isDeclared,
    GetApplicationAssignmentConfiguration: isDeclared,
    PutApplicationAssignmentConfiguration: ({ applications = {} }) =>
      Object.values(applications).some(({ assignment_required }) => assignment_required !== undefined),
  },

  desired: (loaded) =>
    new Map(
      Object.entries(loaded.manifest.applications ?? {}).map(([name, row]) => {
        const { assignment_required } = row
        const path = ['applications', name]
        const managed = assignment_required === undefined ? { external: true } : {}
        const spec = assignment_required === undefined ? {} : { assignment_required }
        const entry = { spec, ...managed, ...protection(loaded, path, row) }
        return [address('application', name), withPosition<'application'>(loaded, path, entry)]
      }),
    ),

  // What is not there cannot be made here; that is told as a problem.
  refine: (at, entry, { live }) => (live.application.has(at) ? entry : { ...entry, external: true }),

  async observe(context) {
    const seen = await seenApplications(context)
    const entries = await Promise.all((seen?.applications ?? []).map((one) => entryOf(one, context)))
    return {
      entries: new Map(entries),
      ...(seen?.refused ? { covers: { applicationsRefused: seen.refused } } : {}),
    }
  },

  deleteReason: () => undefined,
  problems: problemsOf,
  needs: () => [],
  // Whoever is not assigned is shut out.
  restricts: (before, after) => before.assignment_required === false && after.assignment_required === true,
  effect: (_verb, at, { after, end }) => effectOf(at, after, end),
  loses: (at, _entry, states) => losesApplication(at, states),

  async apply({ address: at, after }, context) {
    const of = { ApplicationArn: context.ref(at) }
    const AssignmentRequired = after?.assignment_required ?? true
    const change = () =>
      settled(
        () => context.writer.send('PutApplicationAssignmentConfiguration', { ...of, AssignmentRequired }),
        async () => (await required(of.ApplicationArn, context)) === AssignmentRequired,
        context,
      )
    await unlessGone(change, { arn: of.ApplicationArn, called: nameOf(at) }, context)
    return of.ApplicationArn
  },
}

function isDeclared({ applications }: Manifest): boolean {
  return applications !== undefined
}

function sentence(isRequired: boolean): string {
  return isRequired ? 'only who is assigned may open it' : 'every user may open it'
}

function effectOf(at: Address, after: ApplicationSpec | undefined, end: State): string {
  const name = after?.name ?? nameOf(at)
  if (after?.assignment_required === false) return `every user of Identity Center can open ${name}`
  const { users, complete } = letIn(nameOf(at), end)
  const left = users.length > 0 ? '' : complete ? ', and nobody is' : ', and who is was not read'
  return `whoever is not assigned to ${name} can no longer open it${left}`
}

async function entryOf(one: LiveApplication, context: ReadContext): Promise<[Address, Entry<'application'>]> {
  const isAsked =
    context.scope.applications === 'all' || Object.hasOwn(context.manifest.manifest.applications ?? {}, one.called)
  const assignment_required = isAsked ? await requiredIfTold(one, context) : undefined
  const spec = {
    ...(assignment_required === undefined ? {} : { assignment_required }),
    ...(one.name === one.called || one.name === '' ? {} : { name: one.name }),
    ...(one.service === undefined ? {} : { service: one.service }),
  }
  return [address('application', one.called), { spec, ref: one.arn, ...(one.isDisabled ? { disabled: true } : {}) }]
}

/** Undefined where AWS does not tell of an application that the manifest does not name. */
async function requiredIfTold(one: LiveApplication, context: ReadContext): Promise<boolean | undefined> {
  try {
    return await required(one.arn, { writer: context.reader })
  } catch (thrown) {
    const isNamed = Object.hasOwn(context.manifest.manifest.applications ?? {}, one.called)
    if ((isNamed && mustKnowApplications(context)) || !(thrown instanceof Refusal)) throw thrown
    return undefined
  }
}

/** Whether an application lets in only who is assigned. Throws a Refusal where AWS does not say: the answer has to. */
async function required(
  ApplicationArn: string,
  { writer }: { readonly writer: Pick<WriteContext['writer'], 'get'> },
): Promise<boolean> {
  const { AssignmentRequired } = await writer.get('GetApplicationAssignmentConfiguration', { ApplicationArn })
  return answered(AssignmentRequired, 'sso:GetApplicationAssignmentConfiguration', 'AssignmentRequired')
}
