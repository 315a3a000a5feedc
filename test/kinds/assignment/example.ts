import type { Example } from '../contract/example.ts'

const audit = (rules: string) => `
accounts: { management: "111122223333" }
groups: { auditors: { members: [] } }
permission_sets: { Audit: { managed_policies: [SecurityAudit] } }
assignments: ${rules}
`

/** A group is granted a set in an account, and loses it. */
export const example: Example = {
  address: 'assignment/Audit:group:auditors@111122223333',
  without: audit('[]'),
  with: audit('[{ groups: [auditors], permission_sets: [Audit], accounts: [management] }]'),
  shows: ['assignment/Audit:group:auditors@111122223333', 'members of auditors (0) get Audit (1h) on '],
  ignore: `${audit('[]')}ignore: { assignments: [{ group: auditors, account: management }] }\n`,
  adopted: 'groups: [auditors]',
}
