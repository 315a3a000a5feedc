import type { ApplicationAccess } from '../../../../src/access/application-rows.ts'
import type { Finding } from '../../../../src/access/can.ts'
import type { RoleReport } from '../../../../src/access/roles.ts'
import type { TokenIssuers } from '../../../../src/access/token-issuers.ts'
import type { ApplyEvent } from '../../../../src/apply/events.ts'
import type { Outcome } from '../../../../src/model/operation.ts'
import type { Plan } from '../../../../src/model/plan.ts'
import { applicationsCsv, applicationsTsv } from '../../../../src/report/access/applications.ts'
import {
  applicationNotes,
  applicationsDocument,
  applicationsHtmlPage,
  applicationsPage,
  applicationsReport,
} from '../../../../src/report/access/applications-alone.ts'
import { canHtml } from '../../../../src/report/access/can/html.ts'
import { canJson } from '../../../../src/report/access/can/json.ts'
import { canMarkdown } from '../../../../src/report/access/can/markdown.ts'
import { canCsv, canTsv } from '../../../../src/report/access/can/tables.ts'
import { canRemarks, canText } from '../../../../src/report/access/can/text.ts'
import type { CanReport } from '../../../../src/report/access/can/words.ts'
import { accessCsv } from '../../../../src/report/access/csv.ts'
import { accessHtml } from '../../../../src/report/access/html.ts'
import { accessJson } from '../../../../src/report/access/json.ts'
import { accessMarkdown } from '../../../../src/report/access/markdown.ts'
import type { RolesTold } from '../../../../src/report/access/roles.ts'
import { accessRemarks, accessText } from '../../../../src/report/access/text.ts'
import { accessTsv } from '../../../../src/report/access/tsv.ts'
import { closingText, eventText } from '../../../../src/report/plan/apply-text.ts'
import { planHtml } from '../../../../src/report/plan/html.ts'
import { planJson } from '../../../../src/report/plan/json.ts'
import { planMarkdown } from '../../../../src/report/plan/markdown.ts'
import { planText } from '../../../../src/report/plan/text.ts'
import { jsonText } from '../../../../src/text/json.ts'
import { awsFlag, ofProfile, trailing } from '../../../../src/text/quote.ts'
import { printable } from '../../../../src/text/shown.ts'
import { accessIn } from '../../../access/support/world.ts'
import { planOf } from '../../../support/planning/planning.ts'
import { manifestText } from '../../cloud/support/office.ts'
import type { Form } from './judge.ts'
import { type Texts, tame as t } from './slots.ts'
import { accounts, config, dev, prod, sections, told } from './world.ts'

/** Reports made of data, without a command: as many worlds as one likes in the time of one run. */
export type Draft = readonly [name: string, form: Form, make: (data: Data) => string]

/** What the reports are made of. */
export interface Data {
  readonly plan: Plan
  readonly access: ReturnType<typeof accessIn>
  readonly can: CanReport
  readonly applications: ApplicationAccess
  readonly roles: RoleReport
  readonly issuers: TokenIssuers
  readonly texts: Texts
}

/** The data with plain names. */
export async function tameData(): Promise<Data> {
  const plan = await planOf({ manifest: manifestText(sections), live }, { maxDeletes: 99 })
  const said = { severity: 'warning', code: 'x', message: `${t.refusal} of ${t.groupOther}`, hint: t.problem } as const
  return {
    plan: {
      ...plan,
      diagnostics: [said],
      unmanaged: [...plan.unmanaged],
      selection: { target: [`user/${t.userKept}`] },
    },
    access,
    can: canOf(access),
    applications,
    roles,
    issuers,
    texts: t,
  }
}

const notChecked = { applications: 1 }

const grants = accessIn({
  users: [t.userKept, t.userOther],
  groups: { [t.groupKept]: [t.userKept], [t.groupOther]: [] },
  sets: { [t.setKept]: '1h', [t.setOther]: '8h' },
  accounts: { [dev]: t.devName, [prod]: t.prodName },
  assignments: [
    `${t.setKept} user ${t.userKept} ${dev}`,
    `${t.setKept} group ${t.groupKept} ${prod}`,
    `${t.setOther} group ${t.groupOther} ${dev}`,
    `${t.setOther} user ${t.userGone} ${dev}`,
  ],
})

const access = {
  ...grants,
  settings: {
    name: 'corp',
    delegates: [{ account: dev, account_label: t.devName, administrators: [t.userOther] }],
    regions: [{ region: 'eu-west-1', status: 'adding' as const }],
    unread: [{ setting: 'additional Regions', why: t.refusal }],
  },
}

const one = { application: t.application, application_arn: 'arn:aws:sso::111122223333:application/ssoins-1/apl-1' }

/** Applications are named by whoever sets them up. */
const applications: ApplicationAccess = {
  rows: [
    { user: t.userKept, via: 'direct', orphan: false, disabled: false, ...one },
    { user: t.userKept, via: 'group', group: t.groupKept, orphan: false, disabled: true, ...one },
  ],
  idle: [{ group: t.groupOther, ...one }],
  open: [one],
  unread: [one],
  refused: { severity: 'error', code: 'x', message: t.refusal },
}

/** Roles bear the names of permission sets; beside them stand accounts, profiles and what AWS says. */
const roles: RoleReport = {
  home: { account: dev, account_label: t.devName, trouble: { unread: t.refusal, denied: true } },
  unclear: [
    { permission_set: t.setKept, roles: 0 },
    { permission_set: t.setOther, roles: 2 },
  ],
  unassigned: [{ role_arn: roleArn(t.setGone), reason: t.problem }],
  elsewhere: [{ account: prod, account_label: t.prodName }],
}

function roleArn(set: string): string {
  return `arn:aws:iam::${dev}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${set}_0123456789abcdef`
}

/** Trusted token issuers are named by whoever sets them up, too. */
const issuers: TokenIssuers = {
  issuers: [
    {
      ...{ name: t.issuerOther, arn: 'arn:aws:sso::111122223333:trustedTokenIssuer/ssoins-1/tti-1' },
      ...{ issuer_url: `https://example.com/${t.issuerPathOther}/x`, claim: 'email', attribute: 'emails.value' },
    },
    { ...{ name: t.issuerNew, arn: '', issuer_url: '', claim: '', attribute: '' }, type: t.refusal },
  ],
  unread: t.refusal,
}

/** Policies, their statements and all that is in them are named by others too. */
function canOf({ rows, idle }: Data['access']): CanReport {
  const ground = {
    policy: t.customerPolicy,
    statement: t.statement,
    actions: [t.statementBefore],
    resources: [t.statement],
    conditions: [t.statementBefore],
  }
  const found: Finding = {
    verdict: 'limited',
    ...{ through: [ground], within: [ground], denied_by: [ground], resource_account: t.word },
    unknown: [{ policy: t.customerPolicy, reason: t.refusal }],
  }
  const answers = ['limited', 'denied', 'unknown'] as const
  return {
    can: {
      rows: rows.map((row, index) => ({ ...row, ...found, verdict: answers[index % 3] ?? 'yes' })),
      idle: idle.map((grant) => ({ ...grant, ...found })),
      people: rows.map(({ user, account, account_label }) => ({ user, account, account_label, verdict: 'limited' })),
      ...{ counts: { yes: 0, limited: 2, unknown: 1, denied: 0 }, others: 1, narrowed: false },
    },
    request: { action: t.word, resource: t.word },
    source: { source: 'both', as_of: '2026-11-22', from_list: [t.customerPolicy] },
    notChecked,
  }
}

const live = {
  accounts: [{ id: '111122223333', name: t.homeName }, ...accounts.map(({ id, name }) => ({ id, name }))],
  users: {
    [t.userKept]: { display_name: t.displayBefore },
    [t.userOther]: { display_name: t.displayBefore },
    [t.userGone]: {},
  },
  groups: { [t.groupKept]: { description: t.groupTextBefore, members: [t.userOther] }, [t.groupOther]: {} },
  permission_sets: {
    [t.setKept]: { description: t.setTextBefore, mark: 'sso-reconcile', tags: { [t.tagKeyBefore]: t.tagValueBefore } },
    [t.setOther]: {},
    [t.setGone]: { mark: 'sso-reconcile' },
  },
  assignments: [`${t.setKept}:user:${t.userKept}@${dev}`, `${t.setGone}:user:${t.userGone}@${prod}`],
  aws_config: config.split('\n'),
}

/** The same data with other texts; addresses have them as addresses do. */
export function dataOf(tame: Data, texts: Texts): Data {
  const encoded = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, encodedPart(text)])) as Texts
  const { operations, unmanaged, ...rest } = tame.plan
  const changed = operations.map((operation) => ({
    ...told(operation, texts),
    address: told(operation.address, encoded),
    needs: told(operation.needs, encoded),
  }))
  return {
    plan: { ...told(rest, texts), operations: changed, unmanaged: told(unmanaged, encoded) },
    access: told(tame.access, texts),
    can: told(tame.can, texts),
    applications: told(tame.applications, texts),
    roles: told(tame.roles, texts),
    issuers: told(tame.issuers, texts),
    texts,
  }
}

// By its own pattern: what addresses encode is none of the business of the address here.
function encodedPart(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '%EF%BF%BD')
    .replace(/[%:@\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => encodeURIComponent(one))
}

const way = { flags: '', keep: () => '' }
const wide = { color: false, width: 20_000, verbose: true, ...way }

/** Every report that is a function of data; broken into lines, as it is printed. */
export const drafts: readonly Draft[] = [
  ['plan', 'text', ({ plan }) => planText(plan, wide)],
  ['plan in colour', 'colour', ({ plan }) => planText(plan, { ...wide, color: true })],
  ['plan, narrow', 'narrow', ({ plan }) => printable(planText(plan, { ...wide, width: 60 }))],
  ['plan as Markdown', 'markdown', ({ plan }) => planMarkdown(plan, way)],
  ['plan as a page', 'html', ({ plan }) => planPageOf(plan)],
  ['plan as JSON', 'json', ({ plan }) => jsonText(planJson(plan, '1.0.0'), 2)],
  [
    'events',
    'text',
    (data) =>
      eventsOf(data)
        .map((event) => eventText(event, at))
        .join('\n'),
  ],
  ['closing text', 'text', (data) => closingText(data.plan, outcomesOf(data), closing(data.texts))],
  [
    'closing text, narrow',
    'narrow',
    (data) => printable(closingText(data.plan, outcomesOf(data), { ...closing(data.texts), width: 60 })),
  ],
  ['access', 'text', ({ access }) => accessText(access, notChecked, wide)],
  ['access in colour', 'colour', ({ access }) => accessText(access, notChecked, { ...wide, color: true })],
  ['access, narrow', 'narrow', ({ access }) => printable(accessText(access, notChecked, { ...wide, width: 60 }))],
  ['access in a pipe', 'tsv', ({ access }) => accessTsv(access)],
  ['access, remarks', 'text', ({ access }) => accessRemarks(access, notChecked, wide)],
  ['access as CSV', 'csv', ({ access }) => accessCsv(access)],
  ['access as Markdown', 'markdown', ({ access }) => accessMarkdown(access, notChecked)],
  ['access as JSON', 'json', ({ access }) => jsonText(accessJson(access, notChecked, [], '1.0.0'), 2)],
  ['access as a page', 'html', ({ access }) => pageOf(access)],
  ['access with roles', 'text', (data) => accessText(withArns(data), notChecked, { ...wide, roles: rolesOf(data) })],
  [
    'access with roles, narrow',
    'narrow',
    (data) => printable(accessText(withArns(data), notChecked, { ...wide, width: 60, roles: rolesOf(data) })),
  ],
  ['access with roles in a pipe', 'tsv', (data) => accessTsv(withArns(data), rolesOf(data))],
  [
    'access with roles, remarks',
    'text',
    (data) => accessRemarks(withArns(data), notChecked, { ...wide, roles: rolesOf(data) }),
  ],
  ['access with roles as CSV', 'csv', (data) => accessCsv(withArns(data), rolesOf(data))],
  [
    'access with roles as Markdown',
    'markdown',
    (data) => accessMarkdown(withArns(data), notChecked, { roles: rolesOf(data) }),
  ],
  [
    'access with roles as JSON',
    'json',
    (data) => jsonText(accessJson(withArns(data), notChecked, [], '1.0.0', { roles: rolesOf(data) }), 2),
  ],
  [
    'access with roles as a page',
    'html',
    (data) =>
      accessHtml(withArns(data), notChecked, { at: new Date(0), region: 'eu-west-1' }, { roles: rolesOf(data) }),
  ],
  ['who can, with roles', 'text', (data) => canText({ ...data.can, roles: rolesOf(data) }, wide)],
  ['access with issuers', 'text', ({ access, issuers }) => accessText(access, notChecked, { ...wide, issuers })],
  [
    'access with issuers, narrow',
    'narrow',
    ({ access, issuers }) => printable(accessText(access, notChecked, { ...wide, width: 60, issuers })),
  ],
  ['issuers, remarks', 'text', ({ access, issuers }) => accessRemarks(access, notChecked, { ...wide, issuers })],
  ['issuers as Markdown', 'markdown', ({ access, issuers }) => accessMarkdown(access, notChecked, { issuers })],
  [
    'issuers as JSON',
    'json',
    ({ access, issuers }) => jsonText(accessJson(access, notChecked, [], '1.0.0', { issuers }), 2),
  ],
  [
    'issuers as a page',
    'html',
    ({ access, issuers }) => accessHtml(access, notChecked, { at: new Date(0), region: 'eu-west-1' }, { issuers }),
  ],
  ['applications', 'text', ({ applications }) => applicationsReport(applications, notChecked, wide)],
  [
    'applications, narrow',
    'narrow',
    ({ applications }) => printable(applicationsReport(applications, notChecked, { ...wide, width: 60 })),
  ],
  ['applications in a pipe', 'tsv', ({ applications }) => applicationsTsv(applications)],
  ['applications, remarks', 'text', ({ applications }) => applicationNotes(applications, notChecked, wide)],
  ['applications as CSV', 'csv', ({ applications }) => applicationsCsv(applications)],
  ['applications as Markdown', 'markdown', ({ applications }) => applicationsPage(applications, notChecked)],
  [
    'applications as JSON',
    'json',
    ({ applications }) => jsonText(applicationsDocument(applications, notChecked, [], '1.0.0'), 2),
  ],
  [
    'applications as a page',
    'html',
    ({ applications }) => applicationsHtmlPage(applications, notChecked, { at: new Date(0), region: 'eu-west-1' }),
  ],
  ['who can', 'text', ({ can }) => canText(can, wide)],
  ['who can, in colour', 'colour', ({ can }) => canText(can, { ...wide, color: true })],
  ['who can, narrow', 'narrow', ({ can }) => printable(canText(can, { ...wide, width: 60 }))],
  ['who can, in a pipe', 'tsv', ({ can }) => canTsv(can)],
  ['who can, remarks', 'text', ({ can }) => canRemarks(can, wide)],
  ['who can, as CSV', 'csv', ({ can }) => canCsv(can)],
  ['who can, as Markdown', 'markdown', ({ can }) => canMarkdown(can)],
  ['who can, as JSON', 'json', ({ can }) => jsonText(canJson(can, [], '1.0.0'), 2)],
  ['who can, as a page', 'html', ({ can }) => canHtml(can, { at: new Date(0), region: 'eu-west-1' })],
]

/** What a report says of roles, with a profile for an account whose IAM was not asked. */
function rolesOf({ roles, texts }: Data): RolesTold {
  return { ...roles, profiles: new Map([[prod, texts.profileKept]]), flags: '' }
}

/** The same access where IAM told the ARN of the first role. */
function withArns({ access, texts }: Data): Data['access'] {
  const [first, ...rows] = access.rows
  return first ? { ...access, rows: [{ ...first, role_arn: roleArn(texts.setKept) }, ...rows] } : access
}

/** The page of who can do what. */
export function pageOf(access: Data['access']): string {
  return accessHtml(access, notChecked, { at: new Date(0), region: 'eu-west-1' })
}

/** The page of a plan. */
export function planPageOf(plan: Plan): string {
  return planHtml(plan, way)
}

const at = { ended: 1, total: 2, color: false }

function eventsOf({ plan, texts }: Data): readonly Exclude<ApplyEvent, { type: 'started' }>[] {
  return plan.operations.flatMap(({ address, verb }) => [
    { type: 'done', address, verb, seconds: 0 },
    { type: 'failed', address, verb, message: texts.failure },
    { type: 'skipped', address, verb, message: texts.problem },
  ])
}

function outcomesOf({ plan, texts }: Data): ReadonlyMap<Plan['operations'][number]['address'], Outcome> {
  const failed: Outcome = { result: 'failed', message: texts.failure, hint: texts.refusal }
  return new Map(plan.operations.map(({ address }) => [address, failed]))
}

function closing(texts: Texts): Parameters<typeof closingText>[2] {
  return {
    ...{ seconds: 1, proven: true, color: false, width: 20_000, next: `look at ${texts.word}` },
    login: (name) => [
      `sso-reconcile login ${ofProfile(name)}`,
      `aws sts get-caller-identity${trailing(awsFlag('--profile', name))}`,
    ],
  }
}
