import type { Contents } from '../../../../src/sandbox/content-types.ts'
import type { SeedAccount } from '../../../../src/sandbox/seed.ts'
import { management } from '../../e2e/support/center.ts'
import { slotNames, slots, type Texts, tame as t } from './slots.ts'

/** Accounts beside the management account. */
export const dev = '222233334444'
export const prod = '333344445555'

const ours = { 'managed-by': 'sso-reconcile' }
const policy = (sid: string) => ({
  Version: '2012-10-17',
  Statement: [{ Sid: sid, Effect: 'Allow', Action: 's3:*', Resource: '*' }],
})

/** Accounts of the organization. */
export const accounts: readonly SeedAccount[] = [
  { id: dev, name: t.devName, ou: t.unit, tags: { [t.accountTag]: t.accountTagValue } },
  { id: prod, name: t.prodName, policies: [{ name: t.customerPolicy }] },
]

/** What is there in AWS. */
export const contents: Contents = {
  users: [
    { userName: t.userKept, displayName: t.displayBefore, email: `${t.email}1@example.com` },
    { userName: t.userOther, displayName: t.displayBefore, email: `${t.email}2@example.com` },
    { userName: t.userGone },
  ],
  groups: [
    { displayName: t.groupKept, description: t.groupTextBefore, members: [t.userOther] },
    { displayName: t.groupOther, members: [t.userKept, t.userOther] },
    { displayName: t.groupGone, members: [t.userGone] },
  ],
  permissionSets: [
    {
      name: t.setKept,
      description: t.setTextBefore,
      relayState: t.relayBefore,
      inlinePolicy: policy(t.statementBefore),
      tags: { ...ours, [t.tagKeyBefore]: t.tagValueBefore },
    },
    {
      name: t.setOther,
      description: t.setTextBefore,
      managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      inlinePolicy: policy(t.statementBefore),
      tags: { [t.tagKeyBefore]: t.tagValueBefore },
    },
    { name: t.setGone, tags: ours },
  ],
  assignments: [
    { permissionSet: t.setKept, account: dev, user: t.userKept },
    { permissionSet: t.setKept, account: dev, group: t.groupKept },
    { permissionSet: t.setOther, account: dev, group: t.groupOther },
    { permissionSet: t.setOther, account: management, user: t.userOther },
    { permissionSet: t.setGone, account: prod, group: t.groupGone },
    { permissionSet: t.setGone, account: prod, user: t.userGone },
  ],
  applications: [{ name: t.application, users: [t.userOther], groups: [t.groupKept], assignmentRequired: false }],
  trustedTokenIssuers: [{ name: t.issuerOther, issuerUrl: `https://example.com/${t.issuerPathOther}/x` }],
}

/** What the manifest asks for. */
export const sections = {
  accounts: { [t.nickname]: dev },
  users: {
    [t.userNew]: {
      given_name: t.given,
      family_name: t.family,
      display_name: t.display,
      email: `${t.email}@example.com`,
      title: t.title,
      nick_name: t.nick,
    },
    [t.userKept]: {
      given_name: t.given,
      family_name: t.family,
      email: `${t.email}1@example.com`,
      display_name: t.display,
      title: t.title,
    },
  },
  groups: {
    [t.groupNew]: { description: t.groupText, members: [t.userNew] },
    [t.groupKept]: { description: t.groupText, members: [t.userKept, t.userNew] },
  },
  permission_sets: {
    [t.setNew]: {
      description: t.setText,
      relay_state: t.relay,
      inline_policy: policy(t.statement),
      customer_managed_policies: [{ name: t.customerPolicy }],
      tags: { [t.tagKey]: t.tagValue },
    },
    [t.setKept]: {
      description: t.setText,
      relay_state: t.relay,
      session_duration: '2h',
      inline_policy: policy(t.statement),
      tags: { [t.tagKey]: t.tagValue },
    },
  },
  assignments: [
    {
      users: [t.userNew, t.userKept],
      groups: [t.groupNew],
      permission_sets: [t.setNew],
      accounts: [{ name: t.prodName }],
    },
    { groups: [t.groupKept], permission_sets: [t.setKept], accounts: [t.nickname, { name: t.prodName }] },
  ],
  applications: {
    [t.application]: { users: [t.userKept, t.userNew], groups: [t.groupNew], assignment_required: true },
  },
  trusted_token_issuers: {
    [t.issuerNew]: {
      issuer_url: `https://example.com/${t.issuerPath}/x`,
      claim: 'email',
      attribute: 'emails.value',
      tags: { [t.tagKey]: t.tagValue },
    },
  },
  local: {
    sso_session: t.session,
    profiles: {
      [t.profileNew]: { account: t.nickname, permission_set: t.setNew, settings: { services: t.setting } },
      [t.profileKept]: { account: t.nickname, permission_set: t.setKept, settings: { services: t.setting } },
    },
  },
  checklist: { activated: { [t.userKept]: 'todo' } },
  absent: { users: [t.userGone], groups: [t.groupGone], permission_sets: [t.setGone], profiles: [t.profileOther] },
}

/** The same with what has to be looked up in the organization, and with what hangs on few users and sets. */
export const allSections = {
  ...sections,
  users: { ...sections.users, [t.userNew]: { ...sections.users[t.userNew], address: { locality: t.locality } } },
  permission_sets: {
    ...sections.permission_sets,
    [t.setNew]: {
      ...sections.permission_sets[t.setNew],
      permissions_boundary: { customer_managed_policy: { name: t.customerPolicy } },
    },
  },
  assignments: [
    ...sections.assignments,
    { users: [t.userNew], permission_sets: [t.setKept], accounts: [{ ou: t.unit }] },
    {
      groups: [t.groupNew],
      permission_sets: [t.setKept],
      accounts: [{ tag: { [t.accountTag]: t.accountTagValue } }],
    },
  ],
  access_control_attributes: { [t.accountTag]: '\u0001{path:userName}' },
}

/** The portal that the session of this machine has at the beginning, which is nobody's. */
export const exampleUrl = 'https://example.awsapps.com/start'

/** What this machine has. */
export const config = `[sso-session ${t.session}]
sso_start_url = ${exampleUrl}
sso_region = us-east-1

[profile ${t.profileKept}]
sso_session = ${t.session}
sso_account_id = ${dev}
sso_role_name = ${t.setKept}
services = ${t.settingBefore}

[profile ${t.profileOther}]
region = eu-west-1
`

/** Data with the texts of a world in the place of the tame ones, keys too. */
export function told<T>(value: T, texts: Texts): T {
  return tell(value, (text) => replaced(text, texts)) as T
}

function tell(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value)
  if (Array.isArray(value)) return value.map((one) => tell(one, replace))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [replace(key), tell(one, replace)]))
}

const byToken = new Map(slotNames.map((name) => [slots[name].token, name]))

/** A text with the texts of a world in the place of the tame ones. */
export function replaced(text: string, texts: Texts): string {
  // A policy is a text in itself, and its names are in it as JSON writes them.
  const write = text.startsWith('{"') ? (one: string) => JSON.stringify(one).slice(1, -1) : (one: string) => one
  return text.replace(/zq\w\dqz/g, (token) => {
    const name = byToken.get(token)
    return name === undefined ? token : write(texts[name])
  })
}
