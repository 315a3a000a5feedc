import type { Json } from '../../model/json.ts'
import { yamlQuoted, yamlWord } from '../../text/yaml.ts'
import type { AssignmentRule } from '../types.ts'
import { carriedOut } from './carry-out.ts'
import { withItems } from './insert.ts'

/** A rule that grants one user one permission set in one account, on one line of YAML. */
export type Grant = Pick<AssignmentRule, 'permission_sets' | 'accounts' | 'from' | 'until'> & {
  readonly users: readonly string[]
}

/**
 * The manifest text with a rule added behind the others; every other byte stays. Undefined where it has no list of rules of its own, or one
 * that is written in a way that cannot be added to.
 */
export function withRule(text: string, rule: Grant): string | undefined {
  return withItems(text, ['assignments'], [ruleLine(rule)])
}

/** The manifest text with a list of rules that holds this one, where the other rules are in files that it includes. Undefined as above. */
export function withFirstRule(text: string, rule: Grant): string | undefined {
  const made = carriedOut(text, [{ does: 'add', path: ['assignments'], value: [rule as unknown as Json] }])
  return typeof made === 'string' ? made : undefined
}

/** The manifest text with another end of a rule; every other byte stays. Undefined where the rule is written in a way that cannot be changed. */
export function withEnd(text: string, row: number, until: string): string | undefined {
  const made = carriedOut(text, [{ does: 'put', path: ['assignments', row, 'until'], value: until }])
  return typeof made === 'string' ? made : undefined
}

/** The rule as the manifest has it, between braces. */
export function ruleLine({ users, permission_sets, accounts, from, until }: Grant): string {
  const account = (one: AssignmentRule['accounts'][number]) =>
    typeof one === 'string' && !/^\d+$/.test(one) ? yamlWord(one) : yamlQuoted(String(one))
  return [
    `{ users: [${users.map(yamlWord).join(', ')}]`,
    `permission_sets: [${permission_sets.map(yamlWord).join(', ')}]`,
    `accounts: [${accounts.map(account).join(', ')}]`,
    ...(from === undefined ? [] : [`from: ${from}`]),
    ...(until === undefined ? [] : [`until: ${until}`]),
  ]
    .join(', ')
    .concat(' }')
}
