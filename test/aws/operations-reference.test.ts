import { describe, expect, it } from 'vitest'
import { operationsReference, outdated, rowsOf } from './operations-reference.ts'

describe.each(['sso-admin', 'identitystore'] as const)('every operation of %s', (service) => {
  it('is used, or it is said why it is not: a new version of the SDK shows here what is new', () => {
    const rows = rowsOf(service)
    expect(rows.filter(({ use, why }) => (use === undefined) === (why === undefined)).map(({ name }) => name)).toEqual(
      [],
    )
    expect(rows.length).toBeGreaterThan(15)
  })

  it('is there', () => {
    expect(outdated(service)).toEqual([])
  })
})

it('docs/operations.md says so; `npm run docs` writes it', async () => {
  await expect(operationsReference()).toMatchFileSnapshot('../../docs/operations.md')
})
