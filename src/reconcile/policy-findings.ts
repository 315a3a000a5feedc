import { type PolicyFinding, validatePolicy } from '../aws/policy-findings.ts'
import type { Reader } from '../aws/port.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { type Diagnostic, error, warning } from '../model/diagnostic.ts'
import { matchesPattern } from '../model/name-pattern.ts'
import type { InlinePolicy } from '../model/policy-use.ts'
import { notChecked, type PolicyChecks } from './policy-lookups.ts'

/** Has Access Analyzer look at inline policies. Its errors refuse, the rest are notes; the manifest turns off those that it ignores. */
export async function findingsOfInline(
  reader: Reader,
  policies: readonly InlinePolicy[],
  loaded: LoadedManifest,
): Promise<PolicyChecks> {
  const answers = await Promise.all(
    policies.map(async (one) => [one, await validatePolicy(reader, one.document)] as const),
  )
  const unread = answers.flatMap(([, answer]) => ('unread' in answer ? [answer] : []))
  const told = answers.flatMap(([policy, answer]) =>
    'findings' in answer
      ? answer.findings.filter(unlessIgnored(loaded)).map((one) => diagnosticOf(one, policy, loaded))
      : [],
  )
  const [first] = unread
  return {
    unread,
    refusals: told.filter(({ severity }) => severity === 'error'),
    notes: [
      ...told.filter(({ severity }) => severity === 'warning'),
      ...(first ? [notChecked('policy-findings-unread', whatIsOpen(unread.length), first)] : []),
    ],
  }
}

function whatIsOpen(count: number): string {
  return `what Access Analyzer says of ${count === 1 ? 'an inline policy' : `${count} inline policies`}`
}

function unlessIgnored({ manifest: { ignore } }: LoadedManifest): (one: PolicyFinding) => boolean {
  const patterns = ignore?.policy_findings ?? []
  return ({ code }) => !patterns.some((pattern) => matchesPattern(pattern, code))
}

const words: Readonly<Record<PolicyFinding['type'], string>> = {
  ERROR: 'error',
  SECURITY_WARNING: 'security warning',
  WARNING: 'warning',
  SUGGESTION: 'suggestion',
}

function diagnosticOf(
  { type, code, details, link, path, of }: PolicyFinding,
  policy: InlinePolicy,
  loaded: LoadedManifest,
): Diagnostic {
  const at = loaded.position([...policy.path, ...path], of)
  const said = details.replace(/\s+/gu, ' ').trim().replace(/\.$/, '')
  const message = `${words[type]} of Access Analyzer in the inline policy of ${policy.permissionSet}, ${code}: ${said}`
  const hint = `${link ? `see ${link}; ` : ''}to turn it off, add ${code} to policy_findings under ignore`
  return (type === 'ERROR' ? error : warning)('policy-finding', message, { hint, ...(at ? { at } : {}) })
}
