import type { Example } from '../contract/example.ts'

const sets = (audit: string) => `
users: { hana: { given_name: Hana, family_name: Sato, email: hana@example.com } }
permission_sets:
  Billing: { managed_policies: [job-function/Billing] }
${audit}`

const audit = (action: string, team: string) => `  Audit:
    session_duration: 2h
    tags: { Team: ${team} }
    inline_policy:
      Version: "2012-10-17"
      Statement: [{ Effect: Allow, Action: [${action}], Resource: "*" }]
`

/** A set comes, is given another policy and another tag, and goes. */
export const example: Example = {
  address: 'permission-set/Audit',
  without: sets(''),
  with: sets(audit('"s3:ListBucket"', 'books')),
  changed: sets(audit('"s3:GetObject"', 'ledgers')),
  paths: ['inline_policy', 'tags.Team'],
  shows: ['tags.Team', 'books -> ledgers', '+ "Action": "s3:GetObject"'],
  ignore: `${sets('')}ignore: { permission_sets: [Audit] }\n`,
  adopted: 'session_duration: 2h',
  // A set that denies somebody keeps the denial when that user goes.
  outliving: `${sets(audit('"s3:ListBucket"', 'books')).replace(/users:.*\n/, '')}absent: { users: [hana] }\n`,
}
