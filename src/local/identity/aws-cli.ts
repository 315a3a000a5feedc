import { type ChildProcess, type ExecFileException, execFile, spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Environment } from '../aws-config/paths.ts'
import { errorCode } from '../files/disk.ts'

/** An AWS CLI on PATH that does not say its version: its own words, or what the system says of it, in one line. */
export interface BrokenCli {
  readonly words: string
}

/** The AWS CLI found on PATH: its version as numbers, `missing`, or what it said instead of a version. */
export type AwsCli = readonly [major: number, minor: number, patch: number] | 'missing' | BrokenCli

/** True for an AWS CLI that said its version. */
export function isVersion(cli: AwsCli): cli is readonly [number, number, number] {
  return Array.isArray(cli)
}

/** An AWS CLI that has to load much from a slow disk answers within this time. */
const patience = 30_000

/** Asks the AWS CLI which version it is. Never throws. */
export function awsCliVersion(env: Environment): Promise<AwsCli> {
  return new Promise((resolve) => {
    execFile('aws', ['--version'], { env, timeout: patience }, (cause, stdout, stderr) => {
      // Version 1 wrote it to stderr once.
      const found = /aws-cli\/(\d+)\.(\d+)\.(\d+)/.exec(`${stdout}${stderr}`)
      if (found && !cause) return resolve([Number(found[1]), Number(found[2]), Number(found[3])])
      if (errorCode(cause) === 'ENOENT') return isOnPath(env).then((path) => resolve(path ? lost(path) : 'missing'))
      resolve({ words: oneLine(`${stderr} ${stdout}`) || howItEnded(cause) })
    })
  })
}

/** A script whose interpreter is gone fails as if there were no script. */
function lost(path: string): BrokenCli {
  return { words: `${path} exists, but its interpreter (named in its first line) does not` }
}

function howItEnded(cause: ExecFileException | null): string {
  if (cause?.killed) return `it did not answer within ${patience / 1000} seconds`
  if (typeof cause?.code === 'string') return `the system says ${cause.code}`
  return cause ? `it exited with ${cause.signal ?? cause.code} and no output` : 'it had no output'
}

async function isOnPath({ PATH = '' }: Environment): Promise<string | undefined> {
  for (const folder of PATH.split(delimiter)) {
    const path = join(folder || '.', 'aws')
    if ((await stat(path).catch(() => undefined))?.isFile()) return path
  }
  return undefined
}

/** The last lines say what is wrong, as Python prints its trace first. */
function oneLine(text: string): string {
  const flat = text.replace(/\s+/gu, ' ').trim()
  return flat.length > 300 ? `…${flat.slice(-300)}` : flat
}

/** What a child needs from whoever starts it. */
export interface Surroundings {
  readonly env: Environment
  /** True when a person sits at the terminal, which then sends Ctrl-C to the child by itself. */
  readonly interactive: boolean
  /** Hands signals to a listener for as long as a task runs. */
  attended<T>(onSignal: (signal: NodeJS.Signals) => void, task: () => Promise<T>): Promise<T>
}

/** How a child ended: its exit code, 128 and the signal's number when a signal ended it, and what it wrote to stderr. */
export interface Ending {
  readonly code: number
  /** Somebody stopped it, so that it is no failure of its own. */
  readonly interrupted: boolean
  readonly stderr: string
}

/** A program that could not be started at all; `code` is the system's word for why, such as `ENOENT`. */
export interface NotStarted {
  readonly code: string
}

/** Runs a program with our own input and outputs. */
export function runProgram(words: readonly string[], around: Surroundings): Promise<Ending | NotStarted> {
  const [program = '', ...rest] = words
  return attend(() => spawn(program, rest, { env: around.env, stdio: 'inherit' }), around)
}

/**
 * Runs the AWS CLI for a person to watch. All it says goes to our stderr, since stdout belongs to what runs after it, and
 * its own stderr is kept as well, to be explained.
 */
export function runAwsCli(
  words: readonly string[],
  around: Surroundings,
  show: (text: string) => void,
): Promise<Ending | NotStarted> {
  return attend(() => spawn('aws', [...words], { env: around.env, stdio: ['inherit', 2, 'pipe'] }), around, show)
}

function attend(
  start: () => ChildProcess,
  { interactive, attended }: Surroundings,
  show?: (text: string) => void,
): Promise<Ending | NotStarted> {
  const child = start()
  const pass = (signal: NodeJS.Signals) => {
    if (!(interactive && signal === 'SIGINT')) child.kill(signal)
  }
  return attended(pass, () => ending(child, show))
}

function ending(child: ChildProcess, show: ((text: string) => void) | undefined): Promise<Ending | NotStarted> {
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    show?.(text)
  })
  return new Promise((resolve) => {
    child.once('error', (cause) => resolve({ code: errorCode(cause) ?? 'UNKNOWN' }))
    child.once('close', (code, signal) => {
      // The AWS CLI catches Ctrl-C and ends with the code that a shell would give it.
      const interrupted = signal !== null || code === 130
      resolve({ code: code ?? 128 + signalNumber(signal), interrupted, stderr })
    })
  })
}

function signalNumber(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : constants.signals[signal]
}
