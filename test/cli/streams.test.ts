import { describe, expect, it } from 'vitest'
import { lostResult, outlet } from '../../src/cli/streams.ts'
import type { Taking } from '../../src/local/files/standard-output.ts'

const failing = (code: string): Error => Object.assign(new Error(`write ${code}`), { code })

/** Takes everything when told to, and notes it. */
function slow() {
  const waiting: (() => void)[] = []
  const taken: string[] = []
  const take: Taking = (text, done) =>
    waiting.push(() => {
      taken.push(text)
      done()
    })
  return {
    take,
    taken,
    goOn() {
      for (const one of waiting.splice(0)) one()
    },
  }
}

describe('an outlet', () => {
  it('is settled when all of it has been taken, and not before', async () => {
    const { take, taken, goOn } = slow()
    const one = outlet(take, { endsAtTrouble: true })
    one.write('a')
    one.write('b')
    let settled = false
    const all = one.settled().then(() => {
      settled = true
    })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(settled).toBe(false)
    goOn()
    await all
    expect({ taken, trouble: one.trouble }).toEqual({ taken: ['a', 'b'], trouble: undefined })
  })

  it.each<[string, Taking]>([
    ['says so', (_text, done) => done(failing('ENOSPC'))],
    [
      'throws',
      () => {
        throw failing('ENOSPC')
      },
    ],
  ])('is settled with the trouble where the stream %s', async (_how, take) => {
    const one = outlet(take, { endsAtTrouble: true })
    one.write('a')
    await one.settled()
    expect(one.trouble).toBe('ENOSPC')
  })

  it.each([
    [true, []],
    [false, ['b']],
  ])('with a gap in what was written goes on only where that does no harm (ends: %s)', async (endsAtTrouble, after) => {
    const taken: string[] = []
    let isFull = true
    const one = outlet(
      (text, done) => {
        if (isFull) return done(failing('ENOSPC'))
        taken.push(text)
        done()
      },
      { endsAtTrouble },
    )
    one.write('a')
    isFull = false
    one.write('b')
    await one.settled()
    expect({ taken, trouble: one.trouble }).toEqual({ taken: after, trouble: 'ENOSPC' })
  })
})

it('a lost result is one sentence, in words where the system has a code alone', () => {
  for (const code of ['ENOSPC', 'EPIPE', 'EIO', 'EFOO'])
    for (const changes of [true, false]) {
      const text = lostResult(code, changes)
      expect(text.match(/\n/g)).toHaveLength(1)
      expect(text).toContain(code)
      expect(text.includes('sso-reconcile plan')).toBe(changes)
    }
})
