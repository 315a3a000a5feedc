import { answer, type PageRequest, page } from '../page.ts'
import { conflict, invalid, notFound } from '../service-error.ts'
import type { PermissionSetRow, PolicyReference } from '../state/tables.ts'
import type { Operation } from './context.ts'
import { type BySet, changeContent, quota, setFor } from './permission-set.ts'
import { policyProblem } from './policy-document.ts'

type Managed = BySet & { readonly ManagedPolicyArn: string }
type Customer = BySet & { readonly CustomerManagedPolicyReference: { readonly Name: string; readonly Path?: string } }
type Boundary = BySet & {
  readonly PermissionsBoundary: {
    readonly ManagedPolicyArn?: string
    readonly CustomerManagedPolicyReference?: { readonly Name: string; readonly Path?: string }
  }
}

const maxPolicies = 20
const maxInlineBytes = 10_240

/** sso-admin: the content of permission sets. */
export const policyOperations = {
  AttachManagedPolicyToPermissionSet: (context, input: Managed) => {
    const set = setFor(context, input, 'write')
    if (set.managed.includes(input.ManagedPolicyArn)) throw conflict(`${input.ManagedPolicyArn} is already attached.`)
    checkRoom(set)
    changeContent(context, { ...set, managed: [...set.managed, input.ManagedPolicyArn] })
    return {}
  },
  DetachManagedPolicyFromPermissionSet: (context, input: Managed) => {
    const set = setFor(context, input, 'write')
    if (!set.managed.includes(input.ManagedPolicyArn)) throw notFound(`The attachment of ${input.ManagedPolicyArn}`)
    changeContent(context, { ...set, managed: set.managed.filter((arn) => arn !== input.ManagedPolicyArn) })
    return {}
  },
  ListManagedPoliciesInPermissionSet: (context, input: BySet & PageRequest) => {
    const { managed } = setFor(context, input, 'read')
    return answer(
      'AttachedManagedPolicies',
      page(managed, (arn) => arn, input),
      (arn) => ({
        Name: arn.slice(arn.lastIndexOf('/') + 1),
        Arn: arn,
      }),
    )
  },
  AttachCustomerManagedPolicyReferenceToPermissionSet: (context, input: Customer) => {
    const set = setFor(context, input, 'write')
    const policy = reference(input.CustomerManagedPolicyReference)
    if (set.customer.some((one) => isSame(one, policy))) throw conflict(`${policy.Name} is already attached.`)
    checkRoom(set)
    changeContent(context, { ...set, customer: [...set.customer, policy] })
    return {}
  },
  DetachCustomerManagedPolicyReferenceFromPermissionSet: (context, input: Customer) => {
    const set = setFor(context, input, 'write')
    const policy = reference(input.CustomerManagedPolicyReference)
    if (!set.customer.some((one) => isSame(one, policy))) throw notFound(`The attachment of ${policy.Name}`)
    changeContent(context, { ...set, customer: set.customer.filter((one) => !isSame(one, policy)) })
    return {}
  },
  ListCustomerManagedPolicyReferencesInPermissionSet: (context, input: BySet & PageRequest) => {
    const { customer } = setFor(context, input, 'read')
    const shown = page(customer, ({ Name, Path }) => Path + Name, input)
    return answer('CustomerManagedPolicyReferences', shown, (policy) => ({ ...policy }))
  },
  PutInlinePolicyToPermissionSet: (context, input: BySet & { InlinePolicy: string }) => {
    const set = setFor(context, input, 'write')
    const problem = policyProblem(input.InlinePolicy)
    if (problem) throw invalid(`Policy document does not meet specifications: ${problem}`)
    const size = new TextEncoder().encode(input.InlinePolicy.replace(/\s/g, '')).length
    if (size > maxInlineBytes) throw invalid(tooLarge(size))
    changeContent(context, { ...set, inline: input.InlinePolicy })
    return {}
  },
  GetInlinePolicyForPermissionSet: (context, input: BySet) => ({
    InlinePolicy: setFor(context, input, 'read').inline ?? '',
  }),
  DeleteInlinePolicyFromPermissionSet: (context, input: BySet) => {
    const { inline, ...rest } = setFor(context, input, 'write')
    if (inline !== undefined) changeContent(context, rest)
    return {}
  },
  PutPermissionsBoundaryToPermissionSet: (context, input: Boundary) => {
    const set = setFor(context, input, 'write')
    const { ManagedPolicyArn: arn, CustomerManagedPolicyReference: customer } = input.PermissionsBoundary
    if ((arn === undefined) === (customer === undefined)) {
      throw invalid('A permissions boundary is exactly one of CustomerManagedPolicyReference and ManagedPolicyArn.')
    }
    const boundary = customer
      ? { CustomerManagedPolicyReference: reference(customer) }
      : { ManagedPolicyArn: arn ?? '' }
    changeContent(context, { ...set, boundary })
    return {}
  },
  GetPermissionsBoundaryForPermissionSet: (context, input: BySet) => {
    const { boundary, arn } = setFor(context, input, 'read')
    if (!boundary) throw notFound(`A permissions boundary of ${arn}`)
    const customer = boundary.CustomerManagedPolicyReference
    return {
      PermissionsBoundary: customer
        ? { CustomerManagedPolicyReference: { ...customer } }
        : { ManagedPolicyArn: boundary.ManagedPolicyArn ?? '' },
    }
  },
  DeletePermissionsBoundaryFromPermissionSet: (context, input: BySet) => {
    const { boundary, ...rest } = setFor(context, input, 'write')
    if (!boundary) throw notFound(`A permissions boundary of ${rest.arn}`)
    changeContent(context, rest)
    return {}
  },
} satisfies Record<string, Operation>

function reference({ Name, Path }: { readonly Name: string; readonly Path?: string }): PolicyReference {
  return { Name, Path: Path ?? '/' }
}

function isSame(a: PolicyReference, b: PolicyReference): boolean {
  return a.Name === b.Name && a.Path === b.Path
}

function tooLarge(size: number): string {
  return `Current size of the non-whitespace characters present in the InlinePolicy Document is ${size} bytes which has exceeded the maximum limit of ${maxInlineBytes} bytes`
}

function checkRoom(set: PermissionSetRow): void {
  if (set.managed.length + set.customer.length >= maxPolicies) throw quota(maxPolicies, 'policies in a permission set')
}
