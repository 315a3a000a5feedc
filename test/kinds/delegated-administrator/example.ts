import type { Example } from '../contract/example.ts'

const head = (more: string) => `identity_center: { region: us-east-1${more} }\n`

/** A member account manages Identity Center, and then no longer. */
export const example: Example = {
  address: 'delegated-administrator/444455556666',
  without: head(''),
  with: head(', delegated_administrator: "444455556666"'),
  shows: ['can manage users, groups and access to all member accounts'],
  gone: `${head('')}absent: { delegated_administrators: ["444455556666"] }\n`,
  adopted: 'delegated_administrator:',
  takeover: [
    head(', delegated_administrator: "777788889999"'),
    `${head(', delegated_administrator: "444455556666"')}absent: { delegated_administrators: ["777788889999"] }\n`,
  ],
}
