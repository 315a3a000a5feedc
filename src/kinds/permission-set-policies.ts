import { refusedWith } from '../model/diagnostic.ts'
import type { PermissionSetSpec } from '../model/specs.ts'
import { untilGone } from './gone.ts'
import type { Hands } from './kind.ts'
import { customerPolicy, customerReference, policyArn, policyName } from './policy-name.ts'

/** A permission set as requests name it. */
export interface SetReference {
  readonly InstanceArn: string
  readonly PermissionSetArn: string
}

type Policies = Pick<PermissionSetSpec, 'managed_policies' | 'customer_managed_policies'>

/** Attaches the policies that are new, one after the other: two writes on one set at a time conflict. */
export async function attachPolicies(
  of: SetReference,
  before: Policies,
  after: Policies,
  { writer }: Hands,
): Promise<void> {
  for (const name of missing(after.managed_policies, before.managed_policies)) {
    const ManagedPolicyArn = policyArn(name, { partitionOf: of.PermissionSetArn })
    const there = async () =>
      (await writer.list('ListManagedPoliciesInPermissionSet', of)).some((one) => policyName(one.Arn ?? '') === name)
    await unlessThere(there, (isFinal) =>
      writer.send('AttachManagedPolicyToPermissionSet', { ...of, ManagedPolicyArn }, isFinal),
    )
  }
  for (const name of missing(after.customer_managed_policies, before.customer_managed_policies)) {
    const CustomerManagedPolicyReference = customerReference(name)
    const there = async () => {
      const rows = await writer.list('ListCustomerManagedPolicyReferencesInPermissionSet', of)
      return rows.some(({ Name = '', Path = '/' }) => customerPolicy({ name: Name, path: Path }) === name)
    }
    await unlessThere(there, (isFinal) =>
      writer.send(
        'AttachCustomerManagedPolicyReferenceToPermissionSet',
        { ...of, CustomerManagedPolicyReference },
        isFinal,
      ),
    )
  }
}

/** Detaches the policies that are wanted no more. */
export async function detachPolicies(
  of: SetReference,
  before: Policies,
  after: Policies,
  { writer }: Hands,
): Promise<void> {
  for (const name of missing(before.managed_policies, after.managed_policies)) {
    const ManagedPolicyArn = policyArn(name, { partitionOf: of.PermissionSetArn })
    await untilGone(() => writer.send('DetachManagedPolicyFromPermissionSet', { ...of, ManagedPolicyArn }))
  }
  for (const name of missing(before.customer_managed_policies, after.customer_managed_policies)) {
    const CustomerManagedPolicyReference = customerReference(name)
    await untilGone(() =>
      writer.send('DetachCustomerManagedPolicyReferenceFromPermissionSet', { ...of, CustomerManagedPolicyReference }),
    )
  }
}

// An answer that got lost is asked for again, and then the service says that it has been done.
async function unlessThere(
  there: () => Promise<boolean>,
  send: (isFinal: () => Promise<string | undefined>) => Promise<unknown>,
): Promise<void> {
  try {
    await send(async () => ((await there()) ? 'the policy is attached already' : undefined))
  } catch (thrown) {
    if (!refusedWith(thrown, 'aws-conflict') || !(await there())) throw thrown
  }
}

function missing(wanted: readonly string[] = [], there: readonly string[] = []): readonly string[] {
  return wanted.filter((name) => !there.includes(name))
}
