const managedArn = /^arn:aws[^:]*:iam::aws:policy\//

/** An AWS-managed policy as people call it: `AdministratorAccess` or `job-function/Billing`, whether given by name or ARN. */
export function policyName(nameOrArn: string): string {
  return nameOrArn.replace(managedArn, '')
}

/** ARN of an AWS-managed policy in the partition of an ARN of the same account. */
export function policyArn(name: string, { partitionOf }: { readonly partitionOf: string }): string {
  return `arn:${partitionOf.split(':')[1] ?? 'aws'}:iam::aws:policy/${name}`
}

/** ARN of a customer-managed policy, given as its path and name, in an account of the partition of an ARN. */
export function customerPolicyArn(
  policy: string,
  { account, partitionOf }: { readonly account: string; readonly partitionOf: string },
): string {
  return `arn:${partitionOf.split(':')[1] ?? 'aws'}:iam::${account}:policy${policy}`
}

/** A customer-managed policy as one text: its path and name, `/team/Boundary`. */
export function customerPolicy({ name, path = '/' }: { readonly name: string; readonly path?: string }): string {
  return `${path}${name}`
}

/** The reference the API takes for a customer-managed policy. */
export function customerReference(policy: string): { readonly Name: string; readonly Path: string } {
  const cut = policy.lastIndexOf('/') + 1
  return { Path: policy.slice(0, cut), Name: policy.slice(cut) }
}
