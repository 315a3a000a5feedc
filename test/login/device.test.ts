import { expect, it } from 'vitest'
import { awaitDevice } from '../../src/login/device.ts'
import { type IssuedToken, ServiceTrouble, type SignInService, type TroubleCause } from '../../src/model/sign-in.ts'

const device = { deviceCode: 'd', userCode: 'AAAA-BBBB', page: 'https://x', pageWithCode: 'https://x', expiresIn: 600 }
const client = { id: 'i', secret: 's', expires: new Date('2027-01-01') }
const token: IssuedToken = { accessToken: 'a', expiresIn: 3600 }

/** Answers in turn, the last one for ever; and how many seconds were waited before each question. */
async function asked(answers: readonly (TroubleCause | IssuedToken)[], interval = 1) {
  let [now, since] = [0, 0]
  const waits: number[] = []
  const clock = {
    now: () => new Date(now),
    sleep: async (milliseconds: number) => {
      now += milliseconds
    },
    every: () => () => undefined,
    random: () => 0.5,
  }
  const never = () => Promise.reject(new Error('not asked for'))
  const service: SignInService = {
    ...{ register: never, startDevice: never, authorizePage: never },
    token: async () => {
      const answer = answers[Math.min(waits.length, answers.length - 1)]
      waits.push((now - since) / 1000)
      since = now
      if (typeof answer === 'object') return answer
      throw new ServiceTrouble('CreateToken', { reason: answer ?? 'unknown', code: 'X', words: '' })
    },
  }
  const ended = await awaitDevice(service, client, { ...device, interval }, clock).catch((thrown: unknown) => thrown)
  return { waits, ended: ended instanceof ServiceTrouble ? ended.reason : ended, seconds: now / 1000 }
}

it('asks no oftener than AWS allows, and slower when told to', async () => {
  expect(await asked(['pending', 'pending', token], 2)).toMatchObject({ waits: [2, 2, 2], ended: token })
  expect(await asked(['slow-down', 'pending', 'slow-down', token])).toMatchObject({
    waits: [1, 6, 6, 11],
    ended: token,
  })
})

it('lives through a network that changes, and not through one that is gone', async () => {
  expect(await asked(['network', 'busy', 'network', token])).toMatchObject({ waits: [1, 6, 11, 16], ended: token })
  const gone = await asked(['network'])
  expect(gone.ended).toBe('network')
  expect(gone.waits).toHaveLength(6)
})

it.each<TroubleCause>(['denied', 'expired', 'client', 'refused', 'certificate', 'foreign', 'unknown'])(
  'ends at once when it is %s',
  async (reason) => {
    expect(await asked(['pending', reason, token])).toMatchObject({ waits: [1, 1], ended: reason })
  },
)

it('ends when the time of the code is over, whether AWS says so or not', async () => {
  const late = await asked(['pending'], 5)
  expect(late).toMatchObject({ ended: 'expired', seconds: 600 })
})
