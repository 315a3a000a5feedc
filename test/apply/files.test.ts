import { expect, test } from 'vitest'
import { run } from '../../src/apply/run.ts'
import { error, Refusal } from '../../src/model/diagnostic.ts'
import { diff } from '../../src/plan/diff.ts'
import { ordered } from '../../src/plan/order.ts'
import { watchOf } from '../../src/plan/plan.ts'
import { fakeClock } from '../support/planning/clock.ts'
import { sidesOf } from '../support/planning/planning.ts'

const manifest = `local:
  sso_session: personal
  profiles: { a: { account: management, permission_set: Admin } }
  shell: { aws_profile: a, shells: [zsh] }`

/** How each operation ends when the files named cannot be written. */
async function outcomes(broken: readonly string[]) {
  const input = await sidesOf({ manifest })
  const ended = await run(ordered(diff(input).operations), {
    live: input.live,
    watch: watchOf(input),
    write: async (sheet) => {
      if (broken.includes(sheet)) throw new Refusal(error('file-changed', `${sheet} changed since it was read`))
      return { type: 'file', path: sheet }
    },
    clock: fakeClock(),
    interrupted: new AbortController().signal,
    allowLockout: false,
    onEvent: () => undefined,
  })
  return Object.fromEntries([...ended].map(([at, { result }]) => [at, result]))
}

test('no shell is told of a profile that could not be written', async () => {
  expect(await outcomes(['aws-config'])).toEqual({
    'sso-session/personal': 'failed',
    'profile/a': 'failed',
    'shell/zsh': 'skipped',
  })
})

test('a shell that cannot be set up keeps no profile from being written', async () => {
  expect(await outcomes(['zsh'])).toEqual({
    'sso-session/personal': 'done',
    'profile/a': 'done',
    'shell/zsh': 'failed',
  })
})
