import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Environment } from '../aws-config/paths.ts'
import { errorCode } from '../files/disk.ts'

/** The AWS CLI found on PATH: its version as numbers, `missing`, or `broken` when it does not say one. */
export type AwsCli = readonly [major: number, minor: number, patch: number] | 'missing' | 'broken'

/** Asks the AWS CLI which version it is. Never throws. */
export function awsCliVersion(env: Environment): Promise<AwsCli> {
  return new Promise((resolve) => {
    execFile('aws', ['--version'], { env, timeout: 30_000 }, (cause, stdout, stderr) => {
      if (errorCode(cause) === 'ENOENT') return resolve('missing')
      // Version 1 wrote it to stderr once.
      const found = /aws-cli\/(\d+)\.(\d+)\.(\d+)/.exec(`${stdout}${stderr}`)
      resolve(found ? [Number(found[1]), Number(found[2]), Number(found[3])] : 'broken')
    })
  })
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
