import { expect, it } from 'vitest'
import { newCloud } from './support/cloud.ts'
import { newOffice } from './support/office.ts'

// The organization: Dev in Workloads/Dev, Prod in Workloads/Prod, Prod EU below that, and My Sandbox; the first three carry the tag env.
const rows: readonly (readonly [what: string, selector: object, message: string, hint: string])[] = [
  [
    'a unit whose parent is misspelt',
    { ou: 'Workload/Dev' },
    'there is no organizational unit "Workload/Dev"',
    'did you mean "Workloads/Dev"? units there: Workloads/Dev, Workloads',
  ],
  [
    'a unit that is misspelt below one that is there',
    { ou: 'Workloads/Prd' },
    'there is no organizational unit "Workloads/Prd"',
    'did you mean "Workloads/Prod"? units there: Workloads/Prod, Workloads/Dev',
  ],
  ['a unit like none', { ou: 'Elsewhere' }, 'there is no organizational unit "Elsewhere"', 'units there: Workloads'],
  [
    'a name with letters changed over',
    { name: 'My Sadnbox' },
    'the organization has no account named "My Sadnbox"',
    'did you mean "My Sandbox"?',
  ],
  [
    'a value of a tag',
    { tag: { env: 'prd' } },
    'no account of the organization has the tag env: prd',
    'did you mean "prod"? values of env: dev, prod',
  ],
  [
    'the key of a tag',
    { tag: { envr: 'prod' } },
    'no account of the organization has the tag envr: prod',
    'did you mean "env"? tags of accounts: env',
  ],
]

it.each(rows)('%s is told with what there is', async (_what, selector, message, hint) => {
  const cloud = await newCloud()
  const office = newOffice(cloud.url)
  const rule = { groups: ['g'], permission_sets: ['A'], accounts: [selector] }
  office.write({ groups: { g: {} }, permission_sets: { A: {} }, assignments: [rule, rule] })
  const { diagnostics } = await office.plan()
  expect(diagnostics).toHaveLength(1)
  expect(diagnostics[0]).toMatchObject({ code: 'account-unknown', message: `${message} (named in 2 places)` })
  expect(diagnostics[0]?.hint).toContain(hint)
})
