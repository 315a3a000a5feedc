import type { KnownPolicies } from '../access/can.ts'
import { isCustomerManaged, type PolicyNames } from '../access/policy-names.ts'
import type { Unread } from '../aws/lookups.ts'
import { readPolicyDocument } from '../aws/policy-documents.ts'
import type { Reader } from '../aws/port.ts'
import type { Facts } from '../model/facts.ts'
import type { Json } from '../model/json.ts'
import type { PolicyTexts } from '../model/policy-texts.ts'
import { policyArn } from '../policies/names.ts'
import type { PolicySource } from '../report/access/can/source.ts'

/** The texts of policies, where they come from, and why some could not be read from AWS. */
export interface PolicyDocuments extends KnownPolicies {
  readonly source: PolicySource
  /** Why AWS did not show a policy; absent where it showed each of them. */
  readonly unread?: Unread
}

/** The texts that come with this version, and the day of their list. */
export interface ListedPolicies {
  readonly texts: PolicyTexts
  readonly day: string
}

type Answer = Awaited<ReturnType<typeof readPolicyDocument>>

type Read = ReadonlyMap<string, Answer>

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
  return {
    textsIn: (account) => (account === home ? here : everywhere),
    reason: (policy, account) => {
      const [texts, own] = account === home ? [here, ofAccount.get(policy)] : [everywhere]
      return reasonFor(policy, texts.get(policy), own ?? ofAws.get(policy))
    },
    source: sourceOf(managed, ofAws, inList, { now: facts.now, day: listed.day }),
    ...(unread && 'unread' in unread ? { unread } : {}),
  }
}

async function readAll(reader: Reader, names: readonly string[], arnOf: (name: string) => string): Promise<Read> {
  const read = names.map(async (name) => [name, withinLimits(await readPolicyDocument(reader, arnOf(name)))] as const)
  return new Map(await Promise.all(read))
}

/** Characters that a document has at most (IAM API Reference, the type policyDocumentType). */
const longestDocument = 131_072

// To compare a longer one, which IAM does not keep, might take for ever.
function withinLimits(answer: Answer): Answer {
  if (!('document' in answer) || JSON.stringify(answer.document).length <= longestDocument) return answer
  return { unread: 'iam:GetPolicyVersion returned a document that is longer than IAM allows', code: 'too-long' }
}

function documentIn(read: Read, name: string): Json | undefined {
  const found = read.get(name)
  return found && 'document' in found ? found.document : undefined
}

/** Why it is not known what a policy says; of a text that is known, that it is an odd one. */
function reasonFor(policy: string, text: Json | undefined, answer: Answer | undefined): string {
  const isOwn = isCustomerManaged(policy)
  if (answer === undefined && isOwn) return 'it is a policy of that account: iam:GetPolicyVersion there would tell'
  if (answer === undefined || text !== undefined) return 'not all of its statements are understood'
  const why = 'unread' in answer ? whyUnread(answer.unread) : 'AWS answers that there is no such policy'
  return isOwn ? why : `it is not among the policies that come with this version, and ${why}`
}

function whyUnread(unread: string): string {
  return unread.includes('iam:GetPolicyVersion') ? unread : `${unread}; iam:GetPolicyVersion would tell`
}

interface Times {
  readonly now: Date
  readonly day: string
}

function sourceOf(managed: readonly string[], read: Read, inList: PolicyTexts, { now, day }: Times): PolicySource {
  const missing = managed.filter((name) => documentIn(read, name) === undefined)
  if (missing.length === 0) return { source: 'aws', as_of: now.toISOString(), from_list: [] }
  const from_list = missing.filter((name) => inList.get(name) !== undefined)
  return { source: missing.length === managed.length ? 'list' : 'both', as_of: day, from_list }
}
