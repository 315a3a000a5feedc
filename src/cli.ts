#!/usr/bin/env node
import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { main } from './cli/main.ts'
import { thisMachine } from './local/files/disk.ts'
import type { Runtime, Terminal } from './session/runtime.ts'

// As the person set it: children get this one, without what is only meant for us.
const env: Runtime['env'] = { ...process.env }

// The SDK announces on every start which Node version it will ask for next year; the people who run this cannot act on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

const { stdin, stdout, stderr } = process
const interruption = new AbortController()
let unhurried = 0
let signalled: number | undefined
let attendant: ((signal: NodeJS.Signals) => void) | undefined

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    if (attendant) return attendant(signal)
    if (unhurried === 0 || signalled !== undefined) process.exit(code)
    signalled = code
    stderr.write('\nfinishing what is in flight; press Ctrl-C again to stop at once\n')
    interruption.abort()
  })
}

// A reader that goes away (plan | head) is no error.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const runtime: Omit<Runtime, 'passOn'> = {
  env,
  home: env.HOME || homedir(),
  machine: thisMachine(process),
  clock: {
    now: () => new Date(),
    sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal ? { signal } : {}).catch(() => undefined),
    every(milliseconds, call) {
      const timer = setInterval(call, milliseconds).unref()
      return () => clearInterval(timer)
    },
    random: () => Math.random(),
  },
  random: (bytes) => randomBytes(bytes),
  out: (text) => stdout.write(text),
  err: (text) => stderr.write(text),
  terminal: terminal(),
  interrupted: interruption.signal,
  unhurried: async (task) => {
    unhurried += 1
    return task().finally(() => {
      unhurried -= 1
    })
  },
  attended: async (onSignal, task) => {
    attendant = onSignal
    process.on('SIGHUP', onSignal)
    return task().finally(() => {
      attendant = undefined
      process.off('SIGHUP', onSignal)
    })
  },
}

const code = await main(process.argv.slice(2), runtime)
// Large results to a pipe are still on their way; exiting would cut them off.
if (stdout.writableLength > 0) await new Promise((resolve) => stdout.once('drain', resolve))
process.exit(signalled ?? code)

function terminal(): Terminal {
  return {
    interactive: Boolean(stdin.isTTY && stderr.isTTY) && !env.CI,
    // Some pseudo-terminals say that they are 0 columns wide.
    width: stdout.columns || stderr.columns || 100,
    color: { out: takesColor(stdout.isTTY), err: takesColor(stderr.isTTY) },
    async statusLine() {
      if (!stderr.isTTY || env.CI) return undefined
      const { default: ora } = await import('ora')
      // Left alone, it would take over the keyboard, and Ctrl-C would no longer reach this process as a signal.
      // Its own idea of colour knows nothing of NO_COLOR.
      const color = takesColor(stderr.isTTY) ? 'cyan' : false
      const spinner = ora({ stream: stderr, color, discardStdin: false, hideCursor: false })
      return {
        show(text) {
          if (text === '') spinner.stop()
          else if (spinner.isSpinning) spinner.text = text
          else spinner.start(text)
        },
      }
    },
    async choose(question, words, chosen = []) {
      const { isCancel, multiselect } = await import('@clack/prompts')
      const options = words.map((value) => ({ value }))
      const initialValues = [...chosen]
      const picked = await multiselect({ message: question, options, initialValues, required: false, output: stderr })
      return isCancel(picked) ? undefined : picked
    },
    async ask(question, { answer = '', example, trouble } = {}) {
      const { isCancel, text } = await import('@clack/prompts')
      const typed = await text({
        ...{ message: question, initialValue: answer, output: stderr },
        ...(example ? { placeholder: example } : {}),
        ...(trouble ? { validate: (value) => trouble(value ?? '') } : {}),
      })
      return isCancel(typed) ? undefined : typed
    },
  }
}

// no-color.org and force-color.org: any value that is not empty counts.
function takesColor(isTerminal: boolean | undefined): boolean {
  if (process.argv.includes('--no-color')) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0'
  return Boolean(isTerminal) && !env.NO_COLOR && env.TERM !== 'dumb'
}
