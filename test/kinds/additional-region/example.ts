import type { Example } from '../contract/example.ts'

const head = (more: string) => `identity_center: { region: us-east-1${more} }\n`

/** People can sign in in a second Region, and then no longer. */
export const example: Example = {
  address: 'additional-region/eu-west-1',
  without: head(''),
  with: head(', additional_regions: [eu-west-1]'),
  shows: ['people can also sign in through the access portal in eu-west-1'],
  gone: `${head('')}absent: { additional_regions: [eu-west-1] }\n`,
  adopted: 'additional_regions: [eu-west-1]',
}
