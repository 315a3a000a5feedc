import { error, Refusal, refusedWith } from '../model/diagnostic.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { parsePolicy } from '../policies/document.ts'
import { lookUp, type Unread, unreadBecause } from './lookups.ts'
import type { Reader } from './port.ts'

/** IAM answered that it has no such policy. */
export interface Missing {
  readonly missing: true
}

/** A managed policy that exists. */
export interface PolicyFound {
  /** The version that counts, as `v3`. */
  readonly version: string
}

/** Whether a managed policy exists, by its ARN: those of AWS, and those of the account that asks (IAM API Reference, GetPolicy). */
export async function findPolicy(reader: Reader, arn: string): Promise<PolicyFound | Missing | Unread> {
  return answerOf(() =>
    lookUp(reader, `GetPolicy ${ownerOf(arn)}`, async () => {
      const { Policy } = await reader.get('GetPolicy', { PolicyArn: arn })
      // A server that says yes to everything has not said that this policy exists.
      if (Policy?.Arn !== arn || !Policy.DefaultVersionId) throw without('iam:GetPolicy', 'policy')
      return { version: Policy.DefaultVersionId }
    }),
  )
}

/**
 * The document of a managed policy as it is now, in its default version: of AWS, or of the account that asks. Needs iam:GetPolicy and
 * iam:GetPolicyVersion, and never fails: without them, without IAM or without the policy it says why there is none. After one refusal
 * nothing more of its kind is asked in a look.
 */
export async function readPolicyDocument(
  reader: Reader,
  arn: string,
): Promise<{ readonly document: JsonObject } | Missing | Unread> {
  const found = await findPolicy(reader, arn)
  if (!('version' in found)) return found
  const input = { PolicyArn: arn, VersionId: found.version }
  return answerOf(() =>
    lookUp(reader, `GetPolicyVersion ${ownerOf(arn)}`, async () => {
      const { PolicyVersion } = await reader.get('GetPolicyVersion', input)
      const document = documentOf(PolicyVersion?.Document)
      if (!document) throw without('iam:GetPolicyVersion', 'policy document')
      return { document }
    }),
  )
}

async function answerOf<T>(ask: () => Promise<T>): Promise<T | Missing | Unread> {
  try {
    return await ask()
  } catch (thrown) {
    return refusedWith(thrown, 'aws-not-found') ? { missing: true } : unreadBecause(thrown)
  }
}

function without(action: string, what: string): Refusal {
  return new Refusal(error('aws-error', `${action} returned no ${what}`))
}

/** The account in the ARN of a policy; `aws` for those of AWS. What is permitted for one need not be for the other. */
function ownerOf(arn: string): string {
  return arn.split(':')[4] ?? ''
}

// JSON in the encoding of RFC 3986 (IAM API Reference, PolicyVersion); some servers leave the encoding out.
function documentOf(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined
  try {
    const document: Json = parsePolicy(text.startsWith('%') ? decodeURIComponent(text) : text)
    return isObject(document) ? document : undefined
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof URIError) return undefined
    throw thrown
  }
}
