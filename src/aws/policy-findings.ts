import type { JsonObject } from '../model/json.ts'
import { lookUp, type Unread, unreadBecause } from './lookups.ts'
import type { Item } from './operations.ts'
import type { Reader } from './port.ts'

/** What Access Analyzer says of a policy. */
export interface PolicyFinding {
  readonly type: 'ERROR' | 'SECURITY_WARNING' | 'WARNING' | 'SUGGESTION'
  /** Its stable name, as `PASS_ROLE_WITH_STAR_IN_RESOURCE`. */
  readonly code: string
  readonly details: string
  /** The page of AWS about it. */
  readonly link?: string
  /** Keys and indexes that lead to what it is about, and whether a key itself is meant. */
  readonly path: readonly (string | number)[]
  readonly of: 'key' | 'value'
}

/**
 * Has Access Analyzer check an identity policy (Access Analyzer API Reference, ValidatePolicy), with every page of what it finds. Needs
 * access-analyzer:ValidatePolicy and never fails: without it, or without the service, it says why there are no findings.
 */
export async function validatePolicy(
  reader: Reader,
  document: JsonObject,
): Promise<{ readonly findings: readonly PolicyFinding[] } | Unread> {
  const input = { policyDocument: JSON.stringify(document), policyType: 'IDENTITY_POLICY' } as const
  try {
    const rows = await lookUp(reader, 'ValidatePolicy', () => reader.list('ValidatePolicy', input))
    return { findings: rows.map(findingOf) }
  } catch (thrown) {
    return unreadBecause(thrown)
  }
}

const types = ['ERROR', 'SECURITY_WARNING', 'WARNING', 'SUGGESTION'] as const

function findingOf({
  findingType,
  issueCode,
  findingDetails,
  learnMoreLink,
  locations,
}: Item<'ValidatePolicy'>): PolicyFinding {
  const steps = locations?.[0]?.path ?? []
  const link = learnMoreLink !== undefined && /^https:\/\/\S+$/.test(learnMoreLink) ? { link: learnMoreLink } : {}
  return {
    // A type that AWS adds some day is no reason to refuse anything.
    type: types.find((one) => one === findingType) ?? 'WARNING',
    // What has another form cannot be named in a manifest.
    code: issueCode !== undefined && /^[A-Z0-9_]{1,128}$/.test(issueCode) ? issueCode : 'UNKNOWN',
    details: findingDetails ?? 'no details',
    ...link,
    path: steps.flatMap(({ index, key, value }) => index ?? key ?? value ?? []),
    of: steps.at(-1)?.key === undefined ? 'value' : 'key',
  }
}
