import { describe, expect, it } from 'vitest'
import { joinPolicy, splitPolicy } from '../../../src/kinds/permission-set/denial.ts'

const id = '906767d0-0000-4000-8000-000000000001'
const since = '2026-11-22T09:00:00Z'
const own = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }

describe('the denial of a revoked user', () => {
  it.each([
    ['everything', {}],
    ['sessions before 2026-11-22T10:00:00Z', { DateLessThan: { 'aws:TokenIssueTime': '2026-11-22T10:00:00Z' } }],
  ])('of %s stands beside the policy of the manifest and is kept apart from it', (scope, issued) => {
    const policy = joinPolicy(
      own,
      { jiro: scope },
      () => id,
      () => since,
    )
    expect(policy?.Statement).toEqual([
      ...own.Statement,
      {
        Sid: `SsoReconcileRevoked${id.replaceAll('-', '')}At1795338000`,
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { 'identitystore:userId': id }, ...issued },
      },
    ])
    expect(splitPolicy(policy ?? {}, () => 'jiro')).toEqual({ own, revoked: { jiro: scope }, since: { jiro: since } })
  })

  it('is the whole policy where the manifest has none, and nothing where nobody is revoked', () => {
    const alone = joinPolicy(
      undefined,
      { jiro: 'everything' },
      () => id,
      () => since,
    )
    expect(splitPolicy(alone ?? {}, () => 'jiro')).toEqual({ revoked: { jiro: 'everything' }, since: { jiro: since } })
    expect(
      joinPolicy(
        undefined,
        {},
        () => id,
        () => since,
      ),
    ).toBeUndefined()
    expect(
      joinPolicy(
        own,
        {},
        () => id,
        () => since,
      ),
    ).toBe(own)
  })
})
