import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Desk } from './desk.ts'

/** The built binary; SSO_RECONCILE_CLI names another build to test. */
export const binary =
  process.env.SSO_RECONCILE_CLI || fileURLToPath(new URL('../../../../dist/cli.js', import.meta.url))

/** Credentials whose parts can be told apart from anything else in an output. */
export const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIAE2EACCESSKEY0001',
  AWS_SECRET_ACCESS_KEY: 'e2e/SECRET+ACCESS+KEY/0123456789',
  AWS_SESSION_TOKEN: 'e2e-SESSION-TOKEN-0123456789==',
}

/** How a run of the binary ended and what it said. */
export interface Run {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Variables of a run; undefined takes one away. */
export type Variables = Readonly<Record<string, string | undefined>>

/** The environment of a run: nothing of the machine but PATH, a home of its own, dummy credentials. */
export function environment({ home, endpoint }: Desk, extra: Variables = {}): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: home,
    ...credentials,
    ...(endpoint ? { AWS_ENDPOINT_URL: endpoint } : {}),
    // Nothing outside the test may be asked for credentials.
    AWS_EC2_METADATA_DISABLED: 'true',
    ...extra,
  }
}

/** Starts the binary at a desk, without a terminal and with an empty standard input. */
export function start(desk: Desk, words: readonly string[], extra: Variables = {}, command = [binary]) {
  const child = spawn(process.execPath, [...command, ...words], {
    cwd: desk.work,
    env: environment(desk, extra),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { child, ended: outcome(child) }
}

/** Runs the binary at a desk to its end. */
export function run(desk: Desk, words: readonly string[], extra: Variables = {}): Promise<Run> {
  return start(desk, words, extra).ended
}

/** Collects what a child says until it has ended. */
export function outcome(child: ChildProcess): Promise<Run> {
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text
    })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...said }))
  })
}
