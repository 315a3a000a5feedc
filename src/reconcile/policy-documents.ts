import type { KnownPolicies } from '../access/can.ts'
import { isCustomerManaged, type PolicyNames } from '../access/policy-names.ts'
import { readPolicyDocument } from '../aws/policy-documents.ts'
import type { Reader } from '../aws/port.ts'
import { accountLabel, type Facts } from '../model/facts.ts'
import type { Json } from '../model/json.ts'
import type { PolicyTexts } from '../model/policy-texts.ts'
import { policyArn } from '../policies/names.ts'
import type { PolicySource } from '../report/access/can/source.ts'

/** The texts of policies, where they come from, and why some could not be read from AWS. */
export interface PolicyDocuments extends KnownPolicies {
  readonly source: PolicySource
  /** Why AWS did not show a policy, in words that end a sentence; absent where it showed each of them. */
  readonly unread?: string
}

/** The texts that come with this version, and the day of their list. */
export interface ListedPolicies {
  readonly texts: PolicyTexts
  readonly day: string
}

type Read = ReadonlyMap<string, Awaited<ReturnType<typeof readPolicyDocument>>>

/**
 * Policies as AWS has them now; of those of AWS that could not be read, the texts that come with this version. Customer-managed ones can
 * be read, and count, in the caller's account alone. Never fails: what nobody could read is not known.
 */
export async function readPolicies(
  reader: Reader,
  { managed, own }: PolicyNames,
  facts: Facts,
  listed: ListedPolicies,
): Promise<PolicyDocuments> {
  const partitionOf = facts.instance?.arn ?? ''
  const home = facts.caller?.account ?? ''
  const [ofAws, ofAccount] = await Promise.all([
    readAll(reader, managed, (name) => policyArn(name, { partitionOf })),
    readAll(reader, own, (name) => `arn:${partitionOf.split(':')[1] ?? 'aws'}:iam::${home}:policy${name}`),
  ])
  // The list is of the commercial partition; others have texts of their own.
  const inList: PolicyTexts = partitionOf.startsWith('arn:aws:') ? listed.texts : new Map()
  const everywhere = { get: (name: string) => documentIn(ofAws, name) ?? inList.get(name) }
  const here = { get: (name: string) => documentIn(ofAccount, name) ?? everywhere.get(name) }
  const unread = [...ofAws.values(), ...ofAccount.values()].find((one) => 'unread' in one)
  const fromList = managed.filter((name) => documentIn(ofAws, name) === undefined && inList.get(name) !== undefined)
  return {
    textsIn: (account) => (account === home ? here : everywhere),
    reason: (policy, account) => {
      const found = account === home ? (ofAccount.get(policy) ?? ofAws.get(policy)) : ofAws.get(policy)
      if (found === undefined && isCustomerManaged(policy))
        return `it is a policy of ${accountLabel(account, facts)}, where iam:GetPolicyVersion would tell`
      return found === undefined || 'document' in found || inList.get(policy) !== undefined
        ? 'not all of its statements are understood'
        : `${isCustomerManaged(policy) ? '' : 'it is not among the policies that come with this version, and '}${whyNot(found)}`
    },
    source: sourceOf(fromList, managed.length, facts.now, listed.day),
    ...(unread && 'unread' in unread ? { unread: unread.unread } : {}),
  }
}

async function readAll(reader: Reader, names: readonly string[], arnOf: (name: string) => string): Promise<Read> {
  const read = names.map(async (name) => [name, await readPolicyDocument(reader, arnOf(name))] as const)
  return new Map(await Promise.all(read))
}

function documentIn(read: Read, name: string): Json | undefined {
  const found = read.get(name)
  return found && 'document' in found ? found.document : undefined
}

function whyNot(found: { readonly unread: string } | object): string {
  return 'unread' in found
    ? `${found.unread}; iam:GetPolicyVersion would tell`
    : 'AWS answers that there is no such policy'
}

function sourceOf(from_list: readonly string[], all: number, now: Date, day: string): PolicySource {
  if (from_list.length === 0) return { source: 'aws', as_of: now.toISOString(), from_list }
  return { source: from_list.length === all ? 'list' : 'both', as_of: day, from_list }
}
