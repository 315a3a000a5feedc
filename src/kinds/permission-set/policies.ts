import type { Finding, Writer } from '../../aws/port.ts'
import { refusedWith } from '../../model/diagnostic.ts'
import type { PermissionSetSpec } from '../../model/specs.ts'
import { customerPolicy, customerReference, policyArn, policyName } from '../../policies/names.ts'
import type { WriteContext } from '../contexts.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { settled } from '../shared/settled.ts'

/** A permission set as requests name it. */
export interface SetReference {
  readonly InstanceArn: string
  readonly PermissionSetArn: string
}

type Policies = Pick<PermissionSetSpec, 'managed_policies' | 'customer_managed_policies'>

/** One policy to attach or to detach. */
interface PolicyStep {
  readonly does: 'attach' | 'detach'
  readonly kind: 'managed' | 'customer'
  /** As specs name it. */
  readonly name: string
}

/** Policies of both kinds that AWS lets a set have together (UG/limits). */
const room = 20

/**
 * What leads from some policies to others: what is added goes before what is removed, but where there is no room for it something that
 * goes makes room first. `last` are removals that nothing waits for. Pure.
 */
export function policySteps(
  before: Policies,
  after: Policies,
): { readonly first: readonly PolicyStep[]; readonly last: readonly PolicyStep[] } {
  const [was, will] = [listed(before), listed(after)]
  const added = without(will, was)
  const removed = without(was, will)
  // The last of what is added find no room; each of them waits for one removal.
  const crowded = Math.max(0, Math.min(removed.length, was.length + added.length - room))
  const early = added.length - crowded
  const first = added.flatMap((one, index): PolicyStep[] => {
    const making = index < early ? [] : removed.slice(index - early, index - early + 1)
    return [...making.map((old): PolicyStep => ({ ...old, does: 'detach' })), { ...one, does: 'attach' }]
  })
  return { first, last: removed.slice(crowded).map((one) => ({ ...one, does: 'detach' })) }
}

type Named = Pick<PolicyStep, 'kind' | 'name'>

function listed({ managed_policies = [], customer_managed_policies = [] }: Policies): readonly Named[] {
  return [
    ...managed_policies.map((name) => ({ kind: 'managed', name }) as const),
    ...customer_managed_policies.map((name) => ({ kind: 'customer', name }) as const),
  ]
}

function without(all: readonly Named[], others: readonly Named[]): readonly Named[] {
  return all.filter(({ kind, name }) => !others.some((one) => one.kind === kind && one.name === name))
}

/** Carries out steps one after the other: two writes on one set at a time conflict. */
export async function carryOut(steps: readonly PolicyStep[], of: SetReference, context: WriteContext): Promise<void> {
  for (const { does, kind, name } of steps)
    await (does === 'attach' ? attach[kind](of, name, context) : ignoreNotFound(() => detach[kind](of, name, context)))
}

type PolicyChange = (of: SetReference, name: string, context: WriteContext) => Promise<unknown>

const attach: Readonly<Record<PolicyStep['kind'], PolicyChange>> = {
  managed: (of, name, { writer }) => {
    const ManagedPolicyArn = policyArn(name, { partitionOf: of.PermissionSetArn })
    return unlessThere(
      () => isAttached.managed(of, name, writer),
      (look) => writer.send('AttachManagedPolicyToPermissionSet', { ...of, ManagedPolicyArn }, look),
    )
  },
  customer: (of, name, { writer }) => {
    const request = { ...of, CustomerManagedPolicyReference: customerReference(name) }
    return unlessThere(
      () => isAttached.customer(of, name, writer),
      (look) => writer.send('AttachCustomerManagedPolicyReferenceToPermissionSet', request, look),
    )
  },
}

const detach: Readonly<Record<PolicyStep['kind'], PolicyChange>> = {
  managed: (of, name, context) => {
    const { writer } = context
    const ManagedPolicyArn = policyArn(name, { partitionOf: of.PermissionSetArn })
    const remove = () => writer.send('DetachManagedPolicyFromPermissionSet', { ...of, ManagedPolicyArn })
    return settled(remove, async () => !(await isAttached.managed(of, name, writer)), context)
  },
  customer: (of, name, context) => {
    const { writer } = context
    const request = { ...of, CustomerManagedPolicyReference: customerReference(name) }
    const remove = () => writer.send('DetachCustomerManagedPolicyReferenceFromPermissionSet', request)
    return settled(remove, async () => !(await isAttached.customer(of, name, writer)), context)
  },
}

/** Whether a set has a policy, by a look of its own. */
const isAttached = {
  managed: async (of: SetReference, name: string, writer: Writer) =>
    (await writer.list('ListManagedPoliciesInPermissionSet', of)).some((one) => policyName(one.Arn ?? '') === name),
  customer: async (of: SetReference, name: string, writer: Writer) => {
    const rows = await writer.list('ListCustomerManagedPolicyReferencesInPermissionSet', of)
    return rows.some(({ Name = '', Path = '/' }) => customerPolicy({ name: Name, path: Path }) === name)
  },
}

// An answer that got lost is asked for again, and then the service says that it has been done.
async function unlessThere(
  there: () => Promise<boolean>,
  send: (look: () => Promise<Finding>) => Promise<unknown>,
): Promise<void> {
  try {
    await send(async () => ((await there()) ? { final: 'the policy is already attached' } : undefined))
  } catch (thrown) {
    if (!refusedWith(thrown, 'aws-conflict') || !(await there())) throw thrown
  }
}
