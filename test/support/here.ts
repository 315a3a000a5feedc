import { randomBytes } from 'node:crypto'
import { main } from '../../src/cli/main.ts'
import { thisMachine } from '../../src/local/files/disk.ts'
import type { Runtime, Terminal } from '../../src/session/runtime.ts'
import { environment, type Run, run as runBinary, type Variables } from '../scenarios/e2e/support/binary.ts'
import type { Desk } from '../scenarios/e2e/support/desk.ts'
import { isFull } from './effort.ts'
import { ourTime, type Time } from './time.ts'

/**
 * Runs a command at a desk as `run` does, in this process and from the sources, which takes a tenth of the time. What only a
 * process of its own shows (the bundle, streams, signals, terminals) is proven with the binary in scenarios/e2e; where nothing is
 * left out, or another build is named, all of it goes through the binary.
 */
export function run(desk: Desk, words: readonly string[], extra: Variables = {}): Promise<Run> {
  if (isFull || process.env.SSO_RECONCILE_CLI) return runBinary(desk, words, extra)
  return runAt(ourTime, desk, words, extra)
}

let last: Promise<unknown> = Promise.resolve()

/**
 * Runs a command in this process, with the time of a test and where wished the terminal of one. One command runs at a time, because variables and folder belong to the
 * whole process: a test that holds one run while it makes another needs the binary.
 */
export function runAt(
  time: Time,
  desk: Desk,
  words: readonly string[],
  extra: Variables = {},
  { width = 100, ...screen }: Screen = {},
): Promise<Run> {
  const turn = last.then(() =>
    command(time, desk, words, environment(desk, extra), { ...nobody, width: { out: width, err: width }, ...screen }),
  )
  last = turn.catch(() => undefined)
  return turn
}

async function command(
  time: Time,
  desk: Desk,
  words: readonly string[],
  env: NodeJS.ProcessEnv,
  terminal: Terminal,
): Promise<Run> {
  const [outside, folder] = [{ ...process.env }, process.cwd()]
  const said = { stdout: '', stderr: '' }
  // The SDK reads the variables of the process by itself.
  enter(desk.work, { ...env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' })
  try {
    const code = await main([...words], runtime(env, desk.home, time, said, terminal))
    return { code, ...said }
  } finally {
    enter(folder, outside)
  }
}

function enter(folder: string, env: NodeJS.ProcessEnv): void {
  process.chdir(folder)
  for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name]
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value
}

/** What `src/cli.ts` makes of a process without a terminal, except that nobody waits. */
function runtime(
  env: Runtime['env'],
  home: string,
  time: Time,
  said: { stdout: string; stderr: string },
  terminal: Terminal,
): Omit<Runtime, 'passOn'> {
  return {
    env,
    home,
    machine: thisMachine(process),
    clock: clock(time),
    random: (bytes) => randomBytes(bytes),
    out: (text) => {
      said.stdout += text
    },
    err: (text) => {
      said.stderr += text
    },
    terminal,
    interrupted: new AbortController().signal,
    delivered: async () => true,
    unhurried: (task) => task(),
    busy: async (task) => task(),
    busyAtOnce: (task) => task(),
    attended: (_onSignal, task) => task(),
  }
}

function clock(time: Time): Runtime['clock'] {
  return {
    now: () => time.now(),
    // Nobody waits here, and time has passed all the same.
    sleep: (milliseconds) => {
      time.pass(milliseconds / 3_600_000)
      return new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 5)))
    },
    every: () => () => undefined,
    random: () => 0.5,
  }
}

/** What a terminal has that is another one than usual; both of its streams are as wide. */
export type Screen = Partial<Omit<Terminal, 'width'>> & { readonly width?: number }

const nobody: Terminal = {
  interactive: false,
  piped: true,
  width: { out: 100, err: 100 },
  color: { out: false, err: false },
  statusLine: async () => undefined,
  choose: async () => [],
  ask: async () => undefined,
}
