import type { Example } from '../contract/example.ts'

const head = (more: string) => `identity_center: { region: us-east-1${more} }\n`

/** The instance is called something, then something else; a manifest that does not name it leaves it alone. */
export const example: Example = {
  address: 'instance-name/identity-center',
  given: true,
  without: head(', name: first'),
  with: head(', name: example-corp'),
  changed: head(', name: example.org'),
  paths: ['name'],
  shows: ['example-corp -> example.org'],
  gone: head(''),
  adopted: 'name: example.org',
}
