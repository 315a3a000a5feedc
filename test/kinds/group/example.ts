import type { Example } from '../contract/example.ts'

/** A group comes, is described anew, and goes. */
export const example: Example = {
  address: 'group/auditors',
  without: 'groups: {}\n',
  with: 'groups: { auditors: { description: read the books } }\n',
  changed: 'groups: { auditors: { description: audit the books } }\n',
  paths: ['description'],
  shows: ['description', 'read the books -> audit the books'],
  gone: 'absent: { groups: [auditors] }\n',
  ignore: 'groups: {}\nignore: { groups: [auditors] }\n',
  adopted: 'auditors: { description: audit the books',
}
