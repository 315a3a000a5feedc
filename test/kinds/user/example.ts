import type { Example } from '../contract/example.ts'

const hana = (more: string) => `
users:
  hana: { given_name: Hana, family_name: Sato, email: hana@example.com${more} }
`

/** Hana comes, moves to Kyoto for another role, and leaves. */
export const example: Example = {
  address: 'user/hana',
  without: 'users: {}\n',
  with: hana(', address: { locality: Osaka }, roles: [Clerk]'),
  changed: hana(', address: { locality: Kyoto }, roles: [Lead]'),
  paths: ['address.locality', 'roles.value'],
  shows: ['address.locality', 'Osaka -> Kyoto', '      role  ', 'Clerk -> Lead'],
  gone: 'absent: { users: [hana] }\n',
  ignore: 'users: {}\nignore: { users: [ha*] }\n',
  adopted: 'hana:\n    given_name: Hana\n    family_name: Sato\n    email: hana@example.com',
  takeover: [
    'users: { ren: { given_name: Ren, family_name: Ito, email: ito@example.com } }\n',
    `users:
  ren: { given_name: Ren, family_name: Ito, email: ren@example.com }
  hana: { given_name: Hana, family_name: Ito, email: ito@example.com }
`,
  ],
}
