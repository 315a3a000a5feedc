import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { main } from '../../../../src/cli/main.ts'
import { thisMachine } from '../../../../src/local/files/disk.ts'
import type { Runtime } from '../../../../src/session/runtime.ts'
import { credentials, type Run, type Variables } from '../../e2e/support/binary.ts'
import { newFolder } from '../../e2e/support/desk.ts'

/** Time that a test moves on. */
export interface Time {
  now(): Date
  pass(hours: number): void
}

/** Time that begins now and goes on by itself, besides what a test adds. */
export function newTime(): Time {
  let ahead = 0
  return {
    now: () => new Date(Date.now() + ahead),
    pass: (hours) => {
      ahead += hours * 3_600_000
    },
  }
}

/** Commands that run in this process, with the time of a test; one at a time, because the SDK reads the variables of the process. */
export function inside(url: string, time: Time) {
  const folder = newFolder()
  const [home, work] = [join(folder, 'home'), join(folder, 'work')]
  for (const one of [home, work]) mkdirSync(one)
  const file = join(work, 'sso.yaml')
  return {
    file,
    write: (text: string) => writeFileSync(file, text),
    async run(words: readonly string[], caller: Variables = {}): Promise<Run> {
      const said = { stdout: '', stderr: '' }
      const env = { ...credentials, AWS_ENDPOINT_URL: url, AWS_EC2_METADATA_DISABLED: 'true', ...caller }
      Object.assign(process.env, env)
      for (const [name, value] of Object.entries(env)) if (value === undefined) delete process.env[name]
      const runtime = shellOf({ env, home, time, said })
      return { code: await main([...words, '-f', file], runtime), ...said }
    },
  }
}

interface Outside {
  readonly env: Runtime['env']
  readonly home: string
  readonly time: Time
  readonly said: { stdout: string; stderr: string }
}

function shellOf({ env, home, time, said }: Outside): Runtime {
  return {
    env,
    home,
    machine: thisMachine(process),
    clock: {
      now: () => time.now(),
      // Nobody waits here, and time has passed all the same.
      sleep: (milliseconds) => {
        time.pass(milliseconds / 3_600_000)
        return new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 5)))
      },
      every: () => () => undefined,
      random: () => 0.5,
    },
    random: (bytes) => randomBytes(bytes),
    out: (text) => {
      said.stdout += text
    },
    err: (text) => {
      said.stderr += text
    },
    terminal: {
      interactive: false,
      width: 100,
      color: { out: false, err: false },
      statusLine: async () => undefined,
      choose: async () => [],
      ask: async () => undefined,
    },
    interrupted: new AbortController().signal,
    unhurried: (task) => task(),
    attended: (_onSignal, task) => task(),
  }
}
