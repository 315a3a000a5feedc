import type { Answer, Can, Finding } from '../../../access/can.ts'
import type { Ground } from '../../../access/grounds.ts'
import { grouped } from '../../../model/grouped.ts'
import type { JsonObject } from '../../../model/json.ts'
import type { Request } from '../../../policies/decide.ts'
import { plural } from '../../../text/count.ts'
import { listed } from '../../../text/list.ts'
import { type RolesTold, roleLines } from '../roles.ts'
import { type NotChecked, notCheckedJson, notCheckedWords } from '../words.ts'
import { type PolicySource, sourceWords } from './source.ts'

/** Everything that a report about an action tells. */
export interface CanReport {
  readonly can: Can
  readonly request: Request
  readonly source: PolicySource
  readonly notChecked: NotChecked
  /** What is said of roles, where somebody asked. */
  readonly roles?: RolesTold
}

/** Heads of the table on a page. */
export function headsOf(roles: RolesTold | undefined): readonly string[] {
  const heads = ['User', 'Account', 'Permission set', 'Via', 'May', 'Through', 'Remarks']
  return roles ? [...heads, 'Role ARN'] : heads
}

const words: Readonly<Record<Answer, string>> = {
  yes: 'yes',
  limited: 'under conditions',
  unknown: 'unknown',
  denied: 'denied',
}

/** An answer as people read it. */
export function answerWords(verdict: Answer): string {
  return words[verdict]
}

/** The same for programs: one word. */
export function answerKey(verdict: Answer): string {
  return words[verdict].replaceAll(' ', '_')
}

/** Through what an answer is what it is: policies, their statements, and what these are limited to. */
export function throughWords(found: Finding): string {
  const { verdict, through, within, denied_by, unknown, resource_account } = found
  if (verdict === 'denied') return denied_by.length > 0 ? groundsWords(denied_by) : 'revoked'
  if (verdict === 'yes' && through.length === 0) return 'needs no permission'
  return [
    ...(through.length > 0 ? [groundsWords(through)] : []),
    ...(within.length > 0 ? [`within the boundary ${groundsWords(within)}`] : []),
    ...(denied_by.length > 0 ? [`denied in part by ${groundsWords(denied_by)}`] : []),
    ...(resource_account ? [`only where a policy of the resource in ${resource_account} allows it too`] : []),
    ...unknown.map(({ policy, reason }) => (policy ? `the text of ${policy} is not known` : reason)),
  ].join('; ')
}

function groundsWords(grounds: readonly Ground[]): string {
  const told = grounds.slice(0, 3).map(groundWords)
  const more = grounds.length - told.length
  return `${told.join(' or ')}${more > 0 ? ` or ${more} more` : ''}`
}

function groundWords({ policy, statement, actions = [], resources = [], conditions = [] }: Ground): string {
  return [
    policy,
    ...(statement ? [`(statement ${statement})`] : []),
    ...(actions.length > 0 ? [`for ${listed(actions)}`] : []),
    ...(resources.length > 0 ? [`on ${listed(resources)}`] : []),
    ...(conditions.length > 0 ? [`depending on ${listed(conditions)}`] : []),
  ].join(' ')
}

/** What is asked, as it goes on after "may use". */
export function requestWords({ action, resource = '*' }: Request): string {
  return resource === '*' ? action : `${action} on ${resource}`
}

/** The answer in short: who may where nobody may, else how many. */
export function summaryWords(report: CanReport): string {
  const { can, request } = report
  const asked = requestWords(request)
  if (can.rows.length === 0 && can.others === 0 && can.narrowed) return 'Nothing matches the filter.'
  const counts = countsOf(can)
  const may = counts.some(([verdict]) => verdict === 'yes' || verdict === 'limited')
  const lead = may ? [] : [`${nobodyWords(report)} may use ${asked}.`]
  const told = counts.map(([verdict, count], index) => countWords(verdict, count, index === 0 ? asked : undefined))
  const others = can.others > 0 ? [othersWords(can.others, can.rows.length > 0)] : []
  const all = [...(told.length > 0 ? [told.join(', ')] : []), ...others].join('; ')
  return [...lead, ...(all ? [`${capital(all)}.`] : [])].join(' ')
}

/** `2 users may use s3:GetObject`, and after that `1 under conditions`. */
function countWords(verdict: Answer, count: number, first: string | undefined): string {
  if (first === undefined) return `${count} ${words[verdict]}`
  if (verdict === 'yes') return `${plural(count, 'user')} may use ${first}`
  return verdict === 'limited'
    ? `${plural(count, 'user')} may use ${first} under conditions`
    : `${plural(count, 'user')} ${words[verdict]}`
}

function countsOf({ counts }: Can): readonly (readonly [Answer, number])[] {
  return (['yes', 'limited', 'unknown', 'denied'] as const)
    .map((verdict) => [verdict, counts[verdict]] as const)
    .filter(([, count]) => count > 0)
}

/** "Nobody" is said where everything that decides was read from AWS, else only that nobody is known. */
function nobodyWords({ can, source }: CanReport): string {
  return isWhole(can, source) ? 'Nobody' : 'Nobody that is known'
}

/** True where every text that decides was read from AWS. */
export function isWhole({ people }: Can, { source }: PolicySource): boolean {
  return source === 'aws' && !people.some(({ verdict }) => verdict === 'unknown')
}

function othersWords(count: number, besides: boolean): string {
  const who = besides ? `${count} other${count === 1 ? '' : 's'}` : plural(count, 'user')
  return `${who} reach${count === 1 ? 'es' : ''} these accounts and may not`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Which policies are not known, where and why, a line each, no more than somebody reads. */
function unknownLines({ rows, idle }: Can): readonly string[] {
  const found = [...rows, ...idle].flatMap(({ unknown, account_label }) =>
    unknown.flatMap(({ policy, reason }) =>
      policy ? [[JSON.stringify([policy, reason]), account_label] as const] : [],
    ),
  )
  const lines = [...grouped(found)].map(([key, accounts]) => {
    const [policy, reason] = JSON.parse(key) as [string, string]
    return `Not known: ${policy} on ${listed([...new Set(accounts)])}, because ${reason}.`
  })
  return lines.length > most ? [...lines.slice(0, most), `And ${lines.length - most} more policies.`] : lines
}

const most = 5

/** What goes with the answer in every form: what is not known, how new the policies are, and what was not looked at. */
export function remarkLines({ can, source, notChecked, roles }: CanReport): readonly string[] {
  return [...unknownLines(can), ...roleLines(roles), sourceWords(source), notLookedAt(notChecked)]
}

function notLookedAt(notChecked: NotChecked): string {
  const policies =
    'Not checked: policies of resources, organizations (SCPs, RCPs), sessions and VPC endpoints, which can allow or deny more'
  return `${policies}; ${notCheckedWords(notChecked).replace(/^Not checked: /, '')}`
}

/** What an answer about an action did not look at, as data. */
export function notLookedAtJson(notChecked: NotChecked): JsonObject {
  const policies = { resource_policies: null, organization_policies: null, session_policies: null }
  return { ...notCheckedJson(notChecked), ...policies, vpc_endpoint_policies: null }
}
