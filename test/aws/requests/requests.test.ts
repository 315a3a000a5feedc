import { describe, expect, it } from 'vitest'
import type { Reader, Request, RequestFamily } from '../../../src/aws/port.ts'
import { following } from '../../../src/aws/requests/requests.ts'
import type { Clock } from '../../../src/model/clock.ts'
import { error, Refusal } from '../../../src/model/diagnostic.ts'
import { fakeClock, turn } from '../../support/planning/clock.ts'

/** Follows requests that have been sent. */
function follow(reader: Reader, clock: Clock, instanceArn: string) {
  const { run } = following(reader, clock, instanceArn)
  return (family: RequestFamily, request: Request | undefined, over = () => undefined) =>
    run(family, async () => request, over)
}

type Fate = { readonly polls: number; readonly reason?: string }

/** A reader over requests that end after so many looks, FAILED when a reason is given. */
function server(fates: Readonly<Record<string, Fate>>, broken = false) {
  const looks = new Map<string, number>()
  const calls: string[] = []
  const status = (id: string): Request => {
    const { polls, reason } = fates[id] ?? { polls: 0 }
    if ((looks.get(id) ?? 0) < polls) return { RequestId: id, Status: 'IN_PROGRESS' }
    return { RequestId: id, Status: reason ? 'FAILED' : 'SUCCEEDED', ...(reason ? { FailureReason: reason } : {}) }
  }
  const look = (id: string) => looks.set(id, (looks.get(id) ?? 0) + 1)
  const reader = {
    get: async (operation: string, input: { AccountAssignmentCreationRequestId: string }) => {
      calls.push(operation)
      if (broken) throw new Refusal(error('aws-access-denied', `${operation} was denied`))
      const answer = status(input.AccountAssignmentCreationRequestId)
      look(input.AccountAssignmentCreationRequestId)
      return { AccountAssignmentCreationStatus: answer }
    },
    list: async (operation: string, { Filter }: { Filter: { Status: string } }) => {
      calls.push(`${operation} ${Filter.Status}`)
      if (broken) throw new Refusal(error('aws-access-denied', `${operation} was denied`))
      const rows = Object.keys(fates)
        .map(status)
        .filter((row) => row.Status === Filter.Status)
      if (Filter.Status === 'IN_PROGRESS') for (const id of Object.keys(fates)) look(id)
      // Lists tell no reasons.
      return rows.map(({ RequestId, Status }) => ({ RequestId, Status }))
    },
  }
  return { reader: reader as unknown as Reader, calls }
}

function followed(fates: Readonly<Record<string, Fate>>, broken = false) {
  const { reader, calls } = server(fates, broken)
  const clock = fakeClock()
  const settled = follow(reader, clock, 'arn:instance')
  const ends = Object.keys(fates).map((RequestId) =>
    settled('assignment creation', { RequestId, Status: 'IN_PROGRESS' }).then(
      () => 'done',
      (thrown: Error) => thrown.message,
    ),
  )
  return { ends: Promise.all(ends), calls, clock }
}

const many = (count: number, fate: (n: number) => Fate) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`r${n}`, fate(n)]))

describe('asynchronous requests', () => {
  it('are asked after until they end, more and more patiently', async () => {
    const { ends, calls, clock } = followed({ r: { polls: 3 } })
    expect(await ends).toEqual(['done'])
    expect(calls).toEqual(Array(4).fill('DescribeAccountAssignmentCreationStatus'))
    expect(clock.slept).toEqual([205, 308, 462, 692])
  })

  it('fail with the reason AWS gives', async () => {
    const { ends } = followed({ r: { polls: 1, reason: 'the role is in use' } })
    expect(await ends).toEqual(['the assignment creation request ended FAILED: the role is in use'])
  })

  it('are asked after together when there are many, each with its own end', async () => {
    const fates = many(30, (n) => (n % 10 === 0 ? { polls: 2, reason: `reason ${n}` } : { polls: n % 4 }))
    const { ends, calls } = followed(fates)
    const expected = Array.from({ length: 30 }, (_, n) =>
      n % 10 === 0 ? `the assignment creation request ended FAILED: reason ${n}` : 'done',
    )
    expect(await ends).toEqual(expected)
    expect(calls.length).toBeLessThan(20)
  })

  it('are no success because a list does not show yet what was seen running by itself', async () => {
    const ends = new Map<string, string>()
    const known = new Map<string, string>([['early', 'IN_PROGRESS']])
    const reader = {
      get: async (_operation: string, input: { AccountAssignmentCreationRequestId: string }) => {
        const RequestId = input.AccountAssignmentCreationRequestId
        const Status = known.get(RequestId)
        return { AccountAssignmentCreationStatus: { RequestId, Status, FailureReason: 'the role is in use' } }
      },
      // Lists are behind: they show all but the first request.
      list: async (_operation: string, { Filter }: { Filter: { Status: string } }) =>
        [...known]
          .filter(([id, Status]) => id !== 'early' && Status === Filter.Status)
          .map(([RequestId, Status]) => ({ RequestId, Status })),
    } as unknown as Reader
    const clock = fakeClock()
    const settled = follow(reader, clock, 'arn:instance')
    const start = (RequestId: string) => {
      known.set(RequestId, 'IN_PROGRESS')
      return settled('assignment creation', { RequestId, Status: 'IN_PROGRESS' }).then(
        () => void ends.set(RequestId, 'done'),
        (thrown: Error) => void ends.set(RequestId, thrown.message),
      )
    }
    const first = start('early')
    while (clock.slept.length < 2) await turn()
    const others = ['b', 'c', 'd'].map(start)
    while (clock.slept.length < 6) await turn()
    expect([...ends]).toEqual([])
    for (const id of known.keys()) known.set(id, id === 'early' ? 'FAILED' : 'SUCCEEDED')
    await Promise.all([first, ...others])
    expect(ends.get('early')).toBe('the assignment creation request ended FAILED: the role is in use')
  })

  it('are followed on where a list calls them failed that are still described as running', async () => {
    const looks = new Map<string, number>()
    const ids = ['a', 'b', 'c']
    let lists = 0
    const reader = {
      get: async (_operation: string, input: { AccountAssignmentCreationRequestId: string }) => {
        const RequestId = input.AccountAssignmentCreationRequestId
        looks.set(RequestId, (looks.get(RequestId) ?? 0) + 1)
        const Status = (looks.get(RequestId) ?? 0) > 3 ? 'SUCCEEDED' : 'IN_PROGRESS'
        return { AccountAssignmentCreationStatus: { RequestId, Status } }
      },
      // Shown as running once, and as failed ever after.
      list: async (_operation: string, { Filter: { Status } }: { Filter: { Status: string } }) => {
        if (Status === 'IN_PROGRESS') lists += 1
        return (Status === 'FAILED') === lists > 1 ? ids.map((RequestId) => ({ RequestId, Status })) : []
      },
    } as unknown as Reader
    const clock = fakeClock()
    const settled = follow(reader, clock, 'arn:instance')
    await Promise.all(ids.map((RequestId) => settled('assignment creation', { RequestId, Status: 'IN_PROGRESS' })))
    expect([...looks.values()]).toEqual([4, 4, 4])
    expect(clock.slept.filter((milliseconds) => milliseconds > 0).length).toBeGreaterThan(3)
  })

  it('pass a failing look on to everybody who waits', async () => {
    const denied =
      'it is not known how the assignment creation request ended, because ListAccountAssignmentCreationStatus was denied'
    expect(
      await followed(
        many(3, () => ({ polls: 1 })),
        true,
      ).ends,
    ).toEqual(Array(3).fill(denied))
  })

  it('are given up after fifteen minutes, by name', async () => {
    const { ends, clock } = followed({ r: { polls: Number.POSITIVE_INFINITY } })
    expect(await ends).toEqual([
      'the assignment creation request ended FAILED: still in progress after 15 minutes (request r)',
    ])
    expect(clock.now().getTime() - Date.parse('2026-11-22T12:00:00Z')).toBeLessThan(16 * 60_000)
  })

  it.each<[string, Request | undefined, string]>([
    ['one that has succeeded at once', { Status: 'SUCCEEDED', RequestId: 'r' }, 'done'],
    ['one that has failed at once', { Status: 'FAILED', FailureReason: 'why', RequestId: 'r' }, 'FAILED: why'],
    ['one without an id', { Status: 'IN_PROGRESS' }, 'FAILED: AWS gave no request id to follow'],
    ['no answer at all', undefined, 'FAILED: AWS gave no request id to follow'],
  ])('%s needs no look', async (_what, request, end) => {
    const { reader, calls } = server({})
    const settled = follow(reader, fakeClock(), 'arn:instance')
    const told = await settled('assignment creation', request).then(
      () => 'done',
      (thrown: Error) => thrown.message,
    )
    expect(told).toContain(end)
    expect(calls).toEqual([])
  })

  it('can be followed again after all have ended', async () => {
    const { reader } = server({ a: { polls: 1 }, b: { polls: 1 } })
    const settled = follow(reader, fakeClock(), 'arn:instance')
    await settled('assignment creation', { RequestId: 'a', Status: 'IN_PROGRESS' })
    await expect(settled('assignment creation', { RequestId: 'b', Status: 'IN_PROGRESS' })).resolves.toBeUndefined()
  })
})
