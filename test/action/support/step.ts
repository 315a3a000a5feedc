import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { binary, environment, outcome, type Variables } from '../../scenarios/e2e/support/binary.ts'
import { type Desk, newFolder } from '../../scenarios/e2e/support/desk.ts'
import { token } from './github.ts'

export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** `action.yml`, as far as the runner looks at it. */
export interface Action {
  readonly [field: string]: unknown
  readonly inputs: Readonly<Record<string, { readonly default: string; readonly description: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string; readonly description: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

interface Step {
  readonly id: string
  readonly shell: string
  readonly run: string
  readonly env: Readonly<Record<string, string>>
}

export const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action

/** How a step ended: its log, the summary of its job, and its outputs. */
export interface Ended {
  readonly code: number | null
  readonly log: string
  readonly summary: string
  readonly outputs: Readonly<Record<string, string>>
}

/** What happened in the repository, and where the action runs. */
export interface Occasion {
  readonly desk: Desk
  readonly api: string
  readonly event: string
  readonly payload?: object
  readonly variables?: Variables
  /** A folder before all others on PATH; one with sso-reconcile by default. */
  readonly programs?: string
}

/** Runs the steps of the action as the runner does: inputs are put in place of expressions, variables name the files for what it says. */
export async function act(occasion: Occasion, inputs: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const given = Object.fromEntries(Object.entries(action.inputs).map(([name, one]) => [name, String(one.default)]))
  const folder = newFolder()
  const files = { output: join(folder, 'output'), summary: join(folder, 'summary'), event: join(folder, 'event') }
  writeFileSync(files.event, JSON.stringify(occasion.payload ?? {}))
  let [code, log]: [number | null, string] = [0, '']
  for (const step of action.runs.steps) {
    const env = { ...variablesOf(occasion, files), ...resolved(step.env, { ...given, ...inputs }) }
    const ended = await shell(step, occasion.desk, env)
    code = ended.code
    log += ended.log
  }
  const said = outputsIn(read(files.output))
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, said[outputNamed(value)] ?? ''])
  return { code, log, summary: read(files.summary), outputs: Object.fromEntries(outputs) }
}

function variablesOf({ desk, api, event, variables, programs = shims() }: Occasion, files: Record<string, string>) {
  return environment(desk, {
    PATH: [programs, dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
    CI: 'true',
    GITHUB_ACTION_PATH: root.replace(/\/$/, ''),
    GITHUB_EVENT_PATH: files.event,
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_EVENT_NAME: event,
    GITHUB_REPOSITORY: 'acme/aws',
    GITHUB_SHA: 'c0ffee',
    GITHUB_REF_NAME: 'main',
    GITHUB_RUN_ID: '77',
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_API_URL: api,
    ...variables,
  })
}

function resolved(env: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>>) {
  const value = (text: string) =>
    text
      .replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_all, name) => inputs[name] ?? '')
      .replace(/\$\{\{ github\.token \}\}/g, token)
  return Object.fromEntries(Object.entries(env).map(([name, text]) => [name, value(text)]))
}

async function shell({ run, shell }: Step, { work }: Desk, env: NodeJS.ProcessEnv) {
  if (shell !== 'bash' || run.includes('$' + '{{')) throw new Error(`a step that this does not run: ${run}`)
  const words = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run]
  const { code, stdout, stderr } = await outcome(spawn('/bin/bash', words, { cwd: work, env }))
  return { code, log: stdout + stderr }
}

/** The file of a step's outputs, by the rules of the runner: `name<<END`, lines, `END`. */
function outputsIn(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2\n/gm)]
  return Object.fromEntries(found.map(([, name, , value]) => [name, value]))
}

function outputNamed(value: string): string {
  return /^\$\{\{ steps\.run\.outputs\.([\w-]+) \}\}$/.exec(value)?.[1] ?? ''
}

/** A folder with nothing in it but a sso-reconcile that is the one under test. */
export function shims(): string {
  const folder = newFolder()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'sso-reconcile'), `#!/bin/sh\nexec '${process.execPath}' '${binary}' "$@"\n`, {
    mode: 0o755,
  })
  return folder
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
