import type { Seed } from '../../../src/sandbox/seed.ts'

export const management = '111122223333'
export const region = 'eu-central-1'

/** An organization with the accounts that the tests name. */
export const seed: Seed = {
  region,
  managementAccount: management,
  accounts: [
    { id: management, name: 'Management', policies: [{ name: 'Team', path: '/team/' }] },
    { id: '444455556666', name: 'Dev', ou: 'Workloads/Dev', tags: { env: 'dev' } },
    { id: '777788889999', name: 'Old', state: 'SUSPENDED' },
  ],
}
