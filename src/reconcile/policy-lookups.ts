import type { Unread } from '../aws/lookups.ts'
import { findPolicy } from '../aws/policy-documents.ts'
import type { Reader } from '../aws/port.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { type Diagnostic, error, type Position, warning } from '../model/diagnostic.ts'
import { grouped } from '../model/grouped.ts'
import { partitionOf } from '../model/partition.ts'
import type { CustomerPolicy, NamedPolicy } from '../model/policy-use.ts'
import { type KnownNames, knownNames } from '../policies/known-names.ts'
import { customerPolicyArn, policyArn } from '../policies/names.ts'
import { listed } from '../text/list.ts'
import { nearest } from '../text/near.ts'

/** What was found out about policies before anything is changed. */
export interface PolicyChecks {
  /** Why the plan must not be carried out. */
  readonly refusals: readonly Diagnostic[]
  readonly notes: readonly Diagnostic[]
  /** What could not be asked; the notes say so. */
  readonly unread: readonly Unread[]
}

/** What to do to have checked what was not. */
const howToPermit =
  'to have it checked, allow the caller what sso-reconcile iam-policy --policy-checks prints; it is not needed otherwise'

type Sought = NamedPolicy & { readonly found: Awaited<ReturnType<typeof findPolicy>> }

/** Policies of AWS that the list of this version does not have: IAM is asked whether they exist. */
export async function lookUpManaged(
  reader: Reader,
  policies: readonly NamedPolicy[],
  loaded: LoadedManifest,
): Promise<PolicyChecks & { readonly known: readonly NamedPolicy[] }> {
  if (policies.length === 0) return { refusals: [], notes: [], unread: [], known: [] }
  const partition = partitionOf(loaded.manifest.identity_center.region)
  const names = await knownNames()
  // The list is that of the commercial partition; the others lack some of them.
  const unsure = policies.filter(({ name }) => partition !== 'aws' || !names.policies.has(name))
  const sought = await Promise.all(
    unsure.map(async (one) => ({
      ...one,
      found: await findPolicy(reader, policyArn(one.name, { partitionOf: `arn:${partition}` })),
    })),
  )
  const hint = hinting(names)
  return outcome(sought, (one) =>
    error('managed-policy-missing', `AWS has no managed policy ${one.name} (asked with iam:GetPolicy)`, {
      hint: hint(one.name),
      ...placed(one, loaded),
    }),
  )
}

/** Customer-managed policies that an account needs whose IAM can be asked: the caller's own. */
export async function lookUpCustomer(
  reader: Reader,
  policies: readonly CustomerPolicy[],
  account: { readonly id: string; readonly label: string },
  loaded: LoadedManifest,
): Promise<PolicyChecks & { readonly known: readonly NamedPolicy[] }> {
  const partition = partitionOf(loaded.manifest.identity_center.region)
  const sought = await Promise.all(
    policies
      .filter(({ accounts }) => accounts.includes(account.id))
      .map(async (one) => {
        const arn = customerPolicyArn(one.name, { account: account.id, partitionOf: `arn:${partition}` })
        return { ...one, found: await findPolicy(reader, arn) }
      }),
  )
  return outcome(sought, (one) =>
    error(
      'customer-policy-missing',
      `account ${account.label} has no customer managed policy ${one.name}, which permission set ${one.permissionSet} needs there`,
      {
        hint: 'create it in that account first, with exactly this path and name, or correct it here: without it AWS cannot provision the permission set',
        ...placed(one, loaded),
      },
    ),
  )
}

/** What was found out, with an error for each policy that is missing. */
function outcome(
  sought: readonly Sought[],
  missing: (one: Sought) => Diagnostic,
): PolicyChecks & { readonly known: readonly NamedPolicy[] } {
  return {
    refusals: sought.filter(({ found }) => 'missing' in found).map(missing),
    notes: notesOn(sought),
    unread: sought.flatMap(({ found }) => ('unread' in found ? [found] : [])),
    known: sought.filter(({ found }) => !('unread' in found)),
  }
}

// One line for each reason, whatever the number of policies.
function notesOn(sought: readonly Sought[]): readonly Diagnostic[] {
  const rows = sought.flatMap(({ name, found }) =>
    'unread' in found ? [[found.unread, { name, found }] as const] : [],
  )
  return [...grouped(rows).values()].flatMap((all) => {
    const [first] = all
    if (!first) return []
    const distinct = [...new Set(all.map(({ name }) => name))]
    const count = distinct.length === 1 ? 'a managed policy exists' : `${distinct.length} managed policies exist`
    return notChecked('policies-not-checked', `whether ${count} (${listed(distinct, 3)})`, first.found)
  })
}

/** One line about what could not be checked. */
export function notChecked(code: string, what: string, why: Unread): Diagnostic {
  return warning(code, `${what} was not checked: ${why.unread}`, { hint: nextStep(why) })
}

function nextStep({ code, hint }: Unread): string {
  if (code === 'aws-access-denied') return howToPermit
  if (hint !== undefined && /^aws-(?:credentials|throttled)$/.test(code)) return hint
  return 'nothing else depends on it; if AWS should have answered, check the network, and AWS_ENDPOINT_URL if it is set'
}

function placed({ path }: NamedPolicy, loaded: LoadedManifest): { readonly at?: Position } {
  const at = loaded.position(path)
  return at ? { at } : {}
}

/** To compare a name with all others takes its time, and nobody reads so many hints. */
const mostCompared = 50

function hinting({ policies, policyPaths }: KnownNames): (name: string) => string {
  let compared = 0
  const all = [...policies]
  return (name) => {
    const likely =
      policyPaths.get(name.slice(name.lastIndexOf('/') + 1)) ??
      (++compared > mostCompared ? undefined : nearest(name, all))
    const own = 'a policy of your own goes under customer_managed_policies'
    return likely === undefined ? `check its name and path; ${own}` : `did you mean ${JSON.stringify(likely)}? ${own}`
  }
}
