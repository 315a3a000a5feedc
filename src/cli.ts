import { randomBytes } from 'node:crypto'
import { homedir } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { isatty } from 'node:tty'
import { main, mayChange } from './cli/main.ts'
import { signals } from './cli/signals.ts'
import { lostResult, outlet } from './cli/streams.ts'
import { thisMachine } from './local/files/disk.ts'
import { output } from './local/files/standard-output.ts'
import { isPipeline } from './session/pipeline.ts'
import type { Runtime, Terminal } from './session/runtime.ts'

// As the person set it: children get this one, without what is only meant for us.
const env: Runtime['env'] = { ...process.env }

// The SDK announces on every start which Node version it will ask for next year; the people who run this cannot act on it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

const [stdout, stderr] = [output(1, () => process.stdout), output(2, () => process.stderr)]
const results = outlet(stdout.take, { endsAtTrouble: true })
const progress = outlet(stderr.take, { endsAtTrouble: false })

const listening = signals({
  process,
  isFirst: process.pid === 1,
  // The global performance loads a tenth of what Node.js is.
  now: () => Number(process.hrtime.bigint()) / 1e6,
  say: (text) => progress.write(text),
  exit(code) {
    takeStatusAway()
    process.exit(code)
  },
})

/** What the shell writes next would stand behind a line that is rewritten in place. */
let takeStatusAway = (): unknown => undefined

/** How long a slow reader is waited for before something is asked, and when a signal has asked for the end; in milliseconds. */
const patience = { asking: 1_000, ending: 2_000 }

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
  out: (text) => results.write(text),
  err: (text) => progress.write(text),
  delivered: async () => {
    await Promise.race([results.settled(), delay(patience.asking, undefined, { ref: false })])
    return results.trouble === undefined
  },
  terminal: terminal(),
  ...listening,
}

void run()

async function run(): Promise<never> {
  const code = await main(process.argv.slice(2), runtime)
  await delivery(results.settled())
  if (results.trouble !== undefined) {
    progress.write(lostResult(results.trouble, mayChange(process.argv.slice(2))))
  }
  await delivery(progress.settled())
  return process.exit(listening.signalled ?? (results.trouble === undefined ? code : 1))
}

// Large results to a pipe are still on their way, and exiting would cut them off. Whoever asked for the end is not kept waiting by a
// reader that takes nothing.
async function delivery(settled: Promise<void>): Promise<void> {
  if (listening.signalled === undefined) return settled
  await Promise.race([settled, delay(patience.ending)])
}

function terminal(): Terminal {
  return {
    interactive: stderr.isTTY && isatty(0) && !isPipeline(env),
    piped: !stdout.isTTY,
    // A file looks the same whatever terminal it was made in.
    width: { out: stdout.columns ?? 100, err: stderr.columns ?? 100 },
    color: { out: takesColor(stdout.isTTY), err: takesColor(stderr.isTTY) },
    async statusLine() {
      if (!stderr.isTTY || isPipeline(env)) return undefined
      const { default: ora } = await import('ora')
      // Left alone, it would take over the keyboard, and Ctrl-C would no longer reach this process as a signal.
      // Its own idea of colour knows nothing of NO_COLOR.
      const color = takesColor(stderr.isTTY) ? 'cyan' : false
      const spinner = ora({ stream: stderr.stream(), color, discardStdin: false, hideCursor: false })
      takeStatusAway = () => spinner.stop()
      return {
        show(text) {
          if (text === '') spinner.stop()
          else if (spinner.isSpinning) spinner.text = text
          else spinner.start(text)
        },
      }
    },
    async choose(question, words, chosen = []) {
      if (progress.trouble !== undefined) return undefined
      const { isCancel, multiselect } = await import('@clack/prompts')
      const options = words.map((value) => ({ value }))
      for (let asked = question; ; asked = `${question} (Space chooses)`) {
        const initialValues = [...chosen]
        let isWord = false
        const picked = await prompted(
          (signal) =>
            multiselect({ message: asked, options, initialValues, required: false, output: stderr.stream(), signal }),
          (key) => {
            isWord ||= /^[ai]$/i.test(key)
          },
        )
        // The prompt takes two letters for "all" and "the others"; whoever types a word means neither.
        if (isCancel(picked) || !isWord) return isCancel(picked) ? undefined : picked
      }
    },
    async ask(question, { answer = '', example, trouble } = {}) {
      // What cannot be seen cannot be answered.
      if (progress.trouble !== undefined) return undefined
      const { isCancel, text } = await import('@clack/prompts')
      const typed = await prompted((signal) =>
        text({
          ...{ message: question, initialValue: answer, output: stderr.stream(), signal },
          ...(example ? { placeholder: `for example ${example}` } : {}),
          ...(trouble ? { validate: (value) => trouble(value ?? '') } : {}),
        }),
      )
      return isCancel(typed) || progress.trouble !== undefined ? undefined : typed
    },
  }
}

// A prompt reads keys, so Ctrl-C is no signal then, and for the prompt the same as giving up; so is the end of what can be typed, after
// which it would wait for ever.
async function prompted<T>(
  prompt: (signal: AbortSignal) => Promise<T>,
  onKey: (name: string) => void = () => undefined,
): Promise<T> {
  // To look at the keyboard takes milliseconds, so only who asks does.
  const { stdin } = process
  if (stdin.listenerCount('error') === 0) stdin.on('error', () => undefined)
  const end = new AbortController()
  const atEnd = () => end.abort()
  const key = (_: unknown, { ctrl, name = '' }: { readonly ctrl?: boolean; readonly name?: string } = {}) => {
    if (ctrl && name === 'c') listening.interruptedByKey()
    // On an empty line Ctrl-D stops the reading, elsewhere it is a key like others.
    if (ctrl && name === 'd') setImmediate(() => stdin.isPaused() && atEnd())
    if (!ctrl) onKey(name)
  }
  stdin.on('keypress', key).once('end', atEnd)
  return prompt(end.signal).finally(() => stdin.off('keypress', key).off('end', atEnd))
}

// no-color.org and force-color.org: any value that is not empty counts.
function takesColor(isTerminal: boolean): boolean {
  if (process.argv.includes('--no-color')) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0'
  return isTerminal && !env.NO_COLOR && env.TERM !== 'dumb'
}
