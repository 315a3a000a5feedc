import type { Example } from '../contract/example.ts'

const auditors = (members: string) => `
users: { hana: { given_name: Hana, family_name: Sato, email: hana@example.com } }
groups: { auditors: { members: ${members} } }
`

/** Hana joins a group and leaves it. */
export const example: Example = {
  address: 'membership/auditors:hana',
  without: auditors('[]'),
  with: auditors('[hana]'),
  shows: ['membership/auditors:hana', 'hana joins auditors'],
  ignore: 'groups: { auditors: { members: [] } }\nignore: { users: [hana] }\n',
}
