import { describe, expect, it } from 'vitest'
import type { Transport } from '../../src/aws/connect.ts'
import { fresh, openReader } from '../../src/aws/reader.ts'
import { writer } from '../../src/aws/writer.ts'
import { error, Refusal } from '../../src/model/diagnostic.ts'
import { fakeClock } from '../support/planning/clock.ts'

type Sent = [string, Record<string, unknown>]

/** A connection that answers from a function and notes what it was asked. */
function connection(answer: (input: Record<string, unknown>, times: number) => unknown) {
  const sent: Sent[] = []
  const transport = async (operation: string, input: Record<string, unknown>) => {
    sent.push([operation, input])
    return answer(input, sent.length)
  }
  return { transport: transport as unknown as Transport, sent }
}

const store = { IdentityStoreId: 'd-1' }
const named = (UserId: string) => ({ UserId, UserName: UserId })
const pages = (count: number) =>
  connection(({ NextToken }) => {
    const page = Number(NextToken ?? 0)
    return { Users: [named(`u${page}`)], ...(page + 1 < count ? { NextToken: String(page + 1) } : {}) }
  })

describe('a look', () => {
  it('reads every page of a list, the largest pages there are', async () => {
    const { transport, sent } = pages(3)
    expect((await openReader(transport).list('ListUsers', store)).map((user) => user.UserId)).toEqual([
      'u0',
      'u1',
      'u2',
    ])
    expect(sent.map(([, input]) => input)).toEqual([
      { ...store, MaxResults: 100 },
      { ...store, MaxResults: 100, NextToken: '1' },
      { ...store, MaxResults: 100, NextToken: '2' },
    ])
  })

  it('reads every page of the roles of IAM, which have members of their own, and refuses a part of them', async () => {
    const roles = (cut: boolean) =>
      connection(({ Marker }) =>
        Marker === 'b'
          ? { Roles: [{ Arn: 'b' }], IsTruncated: cut }
          : { Roles: [{ Arn: 'a' }], IsTruncated: true, Marker: 'b' },
      )
    const whole = roles(false)
    const below = { PathPrefix: '/x/' }
    expect((await openReader(whole.transport).list('ListRoles', below)).map(({ Arn }) => Arn)).toEqual(['a', 'b'])
    expect(whole.sent.map(([, input]) => input)).toEqual([
      { ...below, MaxItems: 1000 },
      { ...below, MaxItems: 1000, Marker: 'b' },
    ])
    await expect(openReader(roles(true).transport).list('ListRoles', below)).rejects.toThrow(
      'iam:ListRoles returned an incomplete list of Roles',
    )
  })

  it('keeps of what a principal holds only its own, and refuses a row that does not say whose it is', async () => {
    const asked = { InstanceArn: 'i', PrincipalId: 'u', PrincipalType: 'USER' } as const
    const held = (...AccountAssignments: object[]) =>
      openReader(connection(() => ({ AccountAssignments })).transport).list('ListAccountAssignmentsForPrincipal', asked)
    const [own, ofGroup] = [
      { PrincipalId: 'u', PrincipalType: 'USER', AccountId: '1', PermissionSetArn: 'p' },
      { PrincipalId: 'g', PrincipalType: 'GROUP', AccountId: '2', PermissionSetArn: 'p' },
    ]
    expect(await held(own, ofGroup)).toEqual([own])
    await expect(held(own, { ...ofGroup, PrincipalType: undefined })).rejects.toThrow(
      'sso:ListAccountAssignmentsForPrincipal returned an incomplete list of AccountAssignments',
    )
    await expect(held(own, { ...own, PrincipalType: 'ROBOT' })).rejects.toThrow(
      'sso:ListAccountAssignmentsForPrincipal returned a row of a kind that is not known here: PrincipalType ROBOT',
    )
  })

  it('reads on behind an empty page, and takes an empty token for none', async () => {
    const { transport } = connection(({ NextToken }) =>
      NextToken ? { Users: [named('u')], NextToken: '' } : { Users: [], NextToken: 'more' },
    )
    expect(await openReader(transport).list('ListUsers', store)).toHaveLength(1)
  })

  it('asks nothing twice, not even at the same time or with its members in another order', async () => {
    const { transport, sent } = connection(() => ({}))
    const reader = openReader(transport)
    const set = { InstanceArn: 'i', PermissionSetArn: 'p' }
    await Promise.all([reader.get('DescribePermissionSet', set), reader.get('DescribePermissionSet', set)])
    await reader.get('DescribePermissionSet', { PermissionSetArn: 'p', InstanceArn: 'i' })
    expect(sent).toHaveLength(1)
    await reader.get('DescribePermissionSet', { ...set, PermissionSetArn: 'q' })
    expect(sent).toHaveLength(2)
  })

  it('refuses a list without end instead of giving half of it', async () => {
    const { transport, sent } = connection(() => ({ Users: [named('u')], NextToken: 'same' }))
    await expect(openReader(transport).list('ListUsers', store)).rejects.toThrow(/an endless list of pages/)
    expect(sent).toHaveLength(2)
  })

  it('gives no part of a list when a later page fails', async () => {
    const { transport } = connection(({ NextToken }) => {
      if (NextToken) throw new Refusal(error('aws-throttled', 'too fast'))
      return { Users: [named('u')], NextToken: 'more' }
    })
    await expect(openReader(transport).list('ListUsers', store)).rejects.toThrow('too fast')
  })
})

describe('a fresh reader', () => {
  it('asks again each time', async () => {
    const { transport, sent } = connection(() => ({}))
    const reader = fresh(transport)
    await reader.get('DescribeOrganization', {})
    await reader.get('DescribeOrganization', {})
    expect(sent).toHaveLength(2)
  })
})

describe('a writer', () => {
  const set = { InstanceArn: 'i', PermissionSetArn: 'p' }
  const conflicts = (times: number) =>
    connection((_input, asked) => {
      if (asked <= times) throw new Refusal(error('aws-conflict', 'still in use'))
      return {}
    })

  it('waits out a conflict that passes', async () => {
    const { transport, sent } = conflicts(3)
    const clock = fakeClock()
    await writer(transport, clock, 'i', new AbortController().signal).send('DeletePermissionSet', set)
    expect(sent).toHaveLength(4)
    expect(clock.slept).toHaveLength(3)
  })

  it('does not wait for ever', async () => {
    const { transport } = conflicts(Number.POSITIVE_INFINITY)
    const clock = fakeClock()
    await expect(
      writer(transport, clock, 'i', new AbortController().signal).send('DeletePermissionSet', set),
    ).rejects.toThrow('still in use')
    expect(clock.slept.reduce((sum, one) => sum + one, 0)).toBeLessThan(120_000)
  })

  it('asks what is there, and stops when that will not pass', async () => {
    const { transport, sent } = conflicts(9)
    const hand = writer(transport, fakeClock(), 'i', new AbortController().signal)
    const taken = async () => ({ final: 'user taro exists already' })
    await expect(hand.send('CreateUser', store, taken)).rejects.toThrow('user taro exists already')
    expect(sent).toHaveLength(1)
  })

  it('waits when nothing there speaks against it', async () => {
    const { transport, sent } = conflicts(2)
    await writer(transport, fakeClock(), 'i', new AbortController().signal).send(
      'CreateUser',
      store,
      async () => undefined,
    )
    expect(sent).toHaveLength(3)
  })

  it('waits for what goes on by itself, and no longer than the run is wanted', async () => {
    const interrupted = new AbortController()
    const clock = fakeClock()
    const hand = writer(conflicts(0).transport, clock, 'i', interrupted.signal)
    const answers = [undefined, undefined, 'done'] as const
    let asked = 0
    await hand.until('adding it', async () => answers[asked++])
    expect([asked, clock.slept.length]).toEqual([3, 2])
    const failing = hand.until('adding it', async () => ({ failed: 'it was refused' }))
    await expect(failing).rejects.toThrow('adding it failed: it was refused')
    await expect(hand.until('adding it', async () => undefined)).rejects.toThrow('still in progress after 30 minutes')
    interrupted.abort()
    await expect(hand.until('adding it', async () => undefined)).rejects.toThrow(/^adding it is still in progress$/)
  })

  it('passes any other refusal on at once', async () => {
    const { transport, sent } = connection(() => {
      throw new Refusal(error('aws-access-denied', 'denied'))
    })
    await expect(
      writer(transport, fakeClock(), 'i', new AbortController().signal).send('DeletePermissionSet', set),
    ).rejects.toThrow('denied')
    expect(sent).toHaveLength(1)
  })

  it('reads afresh', async () => {
    const { transport, sent } = connection(() => ({}))
    const hand = writer(transport, fakeClock(), 'i', new AbortController().signal)
    await hand.get('DescribePermissionSet', set)
    await hand.get('DescribePermissionSet', set)
    expect(sent).toHaveLength(2)
  })
})
