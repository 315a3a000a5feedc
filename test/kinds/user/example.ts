import type { Example } from '../contract/example.ts'

const hana = (more: string) => `
users:
  hana: { given_name: Hana, family_name: Sato, email: hana@example.com${more} }
`

/** Hana comes, moves to Kyoto, and leaves. */
export const example: Example = {
  address: 'user/hana',
  without: 'users: {}\n',
  with: hana(', address: { locality: Osaka }'),
  changed: hana(', address: { locality: Kyoto }'),
  paths: ['address.locality'],
  shows: ['address.locality', 'Osaka -> Kyoto'],
  gone: 'absent: { users: [hana] }\n',
  ignore: 'users: {}\nignore: { users: [ha*] }\n',
  adopted: 'hana: { given_name: Hana, family_name: Sato, email: hana@example.com',
  takeover: [
    'users: { ren: { given_name: Ren, family_name: Ito, email: ito@example.com } }\n',
    `users:
  ren: { given_name: Ren, family_name: Ito, email: ren@example.com }
  hana: { given_name: Hana, family_name: Ito, email: ito@example.com }
`,
  ],
}
