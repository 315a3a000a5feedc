import type { Input } from '../aws/operations.ts'
import { lastMoment } from '../manifest/checks/dates.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { AssignmentRule } from '../manifest/types.ts'
import { type Address, address, assignmentAddress, principalAddress } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import type { Entry } from '../model/state.ts'
import { accountIds } from './account.ts'
import { readAssignments } from './assignment-read.ts'
import { located } from './desired.ts'
import { untilGone } from './gone.ts'
import { grantWords } from './grant-words.ts'
import type { CloudKind, Hands, Pruning } from './kind.ts'
import { revokedSince } from './revocation.ts'

/** Who may use which permission set on which account. The file is the whole truth for the sets it declares. */
export const assignment: CloudKind<'assignment'> = {
  name: 'assignment',
  title: 'Assignments',
  side: 'cloud',
  complete: true,

  desired(loaded, facts) {
    const rules = loaded.manifest.assignments ?? []
    return new Map(rules.flatMap((rule, row) => (expired(rule, facts) ? [] : expand(rule, row, loaded, facts))))
  },

  live: readAssignments,

  surplus(at, { spec }, context) {
    const { manifest, facts, desired, leaving } = context
    const set = address('permission-set', spec.permission_set)
    if (!facts.accounts.some((one) => one.id === spec.account && one.active)) return undefined
    const since = spec.principal_type === 'user' ? revokedSince(spec.principal, manifest) : undefined
    if (since) return `${spec.principal} is revoked since ${since}`
    if (leaving.has(set)) return `permission set ${spec.permission_set} is removed`
    const principal = address(spec.principal_type, spec.principal)
    if (leaving.has(principal)) return `${spec.principal_type} ${spec.principal} is removed`
    const declared = desired['permission-set'].get(set)
    if (!declared || declared.external || !manifest.manifest.assignments) return undefined
    return lapsed(at, context) ?? `no longer in ${manifest.file}`
  },

  needs: (_at, spec) => [address('permission-set', spec.permission_set), address(spec.principal_type, spec.principal)],

  effect(_verb, _at, { before, after, desired, live, facts }) {
    // A set that is new or changed is spoken of as it will be.
    const sets = new Map([...live['permission-set'], ...desired['permission-set']])
    if (after) return grantWords('get', after, desired, sets, facts)
    return before && grantWords('lose', before, live, live['permission-set'], facts)
  },

  async apply({ address: at, before, after }, hands) {
    if (after) {
      const principal = hands.ref(principalAddress({ type: after.principal_type, name: after.principal }))
      await create(request(after, principal, hands), hands)
      return principal
    }
    // An orphan's principal can no longer be looked up, but the assignment itself was read with its id.
    if (before) await remove(request(before, hands.ref(at), hands), hands)
    return undefined
  },
}

function expand(
  rule: AssignmentRule,
  row: number,
  loaded: LoadedManifest,
  facts: Facts,
): [Address, Entry<'assignment'>][] {
  const excluded = new Set((rule.except ?? []).flatMap((one) => accountIds(one, loaded, facts)))
  const active = new Set(facts.accounts.filter((one) => one.active).map((one) => one.id))
  const accounts = new Set(rule.accounts.flatMap((one) => accountIds(one, loaded, facts)))
  const principals = [
    ...(rule.users ?? [])
      .filter((name) => !revokedSince(name, loaded))
      .map((name) => ({ principal_type: 'user', principal: name }) as const),
    ...(rule.groups ?? []).map((name) => ({ principal_type: 'group', principal: name }) as const),
  ]
  return [...accounts]
    .filter((account) => active.has(account) && !excluded.has(account))
    .flatMap((account) =>
      rule.permission_sets.flatMap((permission_set) =>
        principals.map((principal): [Address, Entry<'assignment'>] => {
          const spec = { permission_set, ...principal, account }
          return [addressOf(spec), located(loaded, ['assignments', row], { spec })]
        }),
      ),
    )
}

/** Address of an assignment by its spec. */
export function addressOf(spec: AssignmentSpec): Address {
  return assignmentAddress({
    set: spec.permission_set,
    principal: { type: spec.principal_type, name: spec.principal },
    account: spec.account,
  })
}

function expired({ until }: AssignmentRule, { now }: Facts): boolean {
  const end = until === undefined ? undefined : lastMoment(until)
  return end !== undefined && now.getTime() > end.getTime()
}

/** The rule whose time is over and that used to ask for this assignment. */
function lapsed(at: Address, { manifest, facts }: Pruning): string | undefined {
  const rules = manifest.manifest.assignments ?? []
  const rule = rules.find(
    (one, row) => expired(one, facts) && expand(one, row, manifest, facts).some(([grant]) => grant === at),
  )
  return rule && `until ${rule.until} has passed`
}

type AssignmentRequest = Input<'CreateAccountAssignment'>

function request(spec: AssignmentSpec, PrincipalId: string, { facts, ref }: Hands): AssignmentRequest {
  return {
    InstanceArn: facts.instance.arn,
    PermissionSetArn: ref(address('permission-set', spec.permission_set)),
    PrincipalId,
    PrincipalType: spec.principal_type === 'user' ? 'USER' : 'GROUP',
    TargetId: spec.account,
    TargetType: 'AWS_ACCOUNT',
  }
}

async function create(input: AssignmentRequest, { writer }: Hands): Promise<void> {
  const started = await writer.send('CreateAccountAssignment', input)
  await writer.settled('assignment creation', started.AccountAssignmentCreationStatus)
}

function remove(input: AssignmentRequest, { writer }: Hands): Promise<undefined> {
  return untilGone(async () => {
    const started = await writer.send('DeleteAccountAssignment', input)
    await writer.settled('assignment deletion', started.AccountAssignmentDeletionStatus)
  })
}
