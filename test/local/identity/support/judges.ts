import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Identity } from '../../../../src/local/identity/identity.ts'

/** One situation for a tool: the files and variables it finds. */
export interface Situation {
  readonly config: string
  readonly credentials: string
  readonly env: Readonly<Record<string, string>>
  /** Named explicitly, as with `--profile`. */
  readonly profile?: string
}

const probe = spawnSync('python3', ['-c', 'import botocore'])

/** Why botocore cannot be asked here; undefined when it can. */
export const botocoreMissing: string | undefined =
  probe.status === 0 ? undefined : 'skipped: python3 with botocore is not installed'

if (botocoreMissing) process.stderr.write(`${botocoreMissing}\n`)

/** The access keys botocore ends up with, situation by situation; an error where it gives up. */
export function askBotocore(home: string, situations: readonly Situation[]): Promise<string[]> {
  return ask('python3', ['-X', 'utf8', script('ask_botocore.py')], home, situations)
}

/** The access keys the SDK for JavaScript ends up with. */
export function askSdk(home: string, situations: readonly Situation[]): Promise<string[]> {
  return ask(process.execPath, [script('ask-sdk.mjs')], home, situations)
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

// The server that answers runs in this process, so that nothing here may wait for a child without serving.
function ask(program: string, words: readonly string[], home: string, situations: readonly Situation[]) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:AWS|VITEST|NODE_OPTIONS)/.test(name)),
  )
  const child = spawn(program, words, { env: { ...env, TEST_HOME: home }, stdio: ['pipe', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stdout.on('data', (part) => {
    said.out += String(part)
  })
  child.stderr.on('data', (part) => {
    said.err += String(part)
  })
  child.stdin.end(JSON.stringify(situations))
  return new Promise<string[]>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(JSON.parse(said.out)) : reject(new Error(said.err))))
  })
}

/** An identity of the model in the words in which the server tells whose a key is. */
export function told(identity: Identity): string {
  switch (identity.provider) {
    case 'sso':
      return `sso ${identity.account} ${identity.role}`
    case 'keys':
      return `keys ${identity.from}`
    case 'assume-role':
      return `role ${identity.roleArn} (${told(identity.source)})`
    case 'web-identity':
      return `web ${identity.roleArn}`
    default:
      return identity.provider
  }
}
