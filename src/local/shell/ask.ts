import { type ChildProcess, spawn } from 'node:child_process'
import type { Environment } from '../aws-config/paths.ts'
import { errorCode } from '../files/disk.ts'
import type { ProcessGroups } from '../files/groups.ts'
import type { Answer } from './answers.ts'
import { answerIn } from './question.ts'
import { askedVariable, endStrays } from './strays.ts'
import type { ShellName } from './syntax.ts'

/** How shells are asked. */
export interface Asking {
  readonly env: Environment
  /** Where they start: the home, as in a new terminal. */
  readonly folder: string
  readonly groups: ProcessGroups
  /** How long each may take, in milliseconds. */
  readonly limit: number
}

/** Milliseconds for a shell that has answered, or is told to go, to end by itself. */
const grace = 500

/** Only the end of what a shell prints is kept: the answer comes last. */
const keptOutput = 65_536

/**
 * Starts a shell with a question and gives its answer. It runs without a terminal and with nothing to read, in a session of its own, so
 * that it can ask nobody anything; what it leaves running is told to go as by a terminal that closes, and services that have left its
 * session for good are ended as far as they can be found, so that no plan adds another agent to those of a person. Never throws.
 */
export async function ask(shell: ShellName, words: readonly string[], asking: Asking): Promise<Answer> {
  const { folder, groups, limit } = asking
  const mark = groups.mark()
  const env = { ...asking.env, [askedVariable]: mark }
  const child = spawn(shell, [...words], { env, cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  const { pid } = child
  if (pid !== undefined) groups.add(pid)
  const answer = await firstAnswer(child, limit)
  if (pid !== undefined) {
    if (answer !== 'late') await ended(child)
    groups.hangUp(pid)
    if (!(await ended(child)) || answer === 'late') groups.end(pid)
    await endStrays(groups, mark)
    groups.forget(pid)
  }
  child.stdout?.destroy()
  return answer
}

function firstAnswer(child: ChildProcess, limit: number): Promise<Answer> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve('late'), limit)
    const settle = (answer: Answer) => {
      clearTimeout(late)
      resolve(answer)
    }
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output = `${output}${text}`.slice(-keptOutput)
      const value = answerIn(output)
      if (value !== undefined) settle({ value })
    })
    child.once('error', (cause) => settle(errorCode(cause) === 'ENOENT' ? 'missing' : 'silent'))
    child.once('close', () => settle('silent'))
    // What it started may hold the pipe open for ever; what it wrote itself is here soon.
    child.once('exit', () => setTimeout(() => settle('silent'), grace))
  })
}

/** Waits for a program to end, for some time, and says whether it did. */
function ended(child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(true)
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), grace)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}
