import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Faults } from '../src/sandbox/faults/faults.ts'
import type { Counts } from './least.ts'
import { binary, type Place, runNode, type Usage } from './program.ts'
import { manifestText, region, type World } from './worlds.ts'

/** A run of the program against an Identity Center: what it took, and what it asked. */
export interface Run extends Usage {
  readonly counts: Counts
  readonly calls: number
  /** Calls that were refused because there were too many in a second. */
  readonly refused: number
}

/** An embedded Identity Center in a process of its own, beside a folder with a manifest and a home. */
export interface Center {
  readonly place: Place
  faults(faults: Faults): Promise<void>
  /** Runs a program with calls counted from nothing. */
  run(words: readonly string[]): Promise<Run>
  /** Does something else with calls counted from nothing. */
  counted<T>(task: () => Promise<T>): Promise<T & Pick<Run, 'counts' | 'calls' | 'refused'>>
  close(): void
}

/** Starts one with the accounts of a world, and with all the rest of it where it is not to be empty. */
export async function openCenter(world: World, isEmpty = false): Promise<Center> {
  const { accounts, contents } = world
  const folder = mkdtempSync(join(tmpdir(), 'sso-reconcile-bench-'))
  mkdirSync(join(folder, 'home'))
  writeFileSync(join(folder, 'sso.yaml'), manifestText(world))
  const { child, url } = await serve(folder)
  const admin = (method: string, page: string, body?: unknown) => ask(`${url}/_sandbox/${page}`, method, body)
  await admin('POST', 'accounts', accounts)
  if (!isEmpty) await admin('POST', 'contents', contents)
  const env = {
    HOME: join(folder, 'home'),
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'AKIABENCH00000000000',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  }
  const place = { folder, env }
  const counted: Center['counted'] = async (task) => {
    await admin('DELETE', 'calls')
    const done = await task()
    if (child.exitCode !== null || child.signalCode) throw new Error('the embedded Identity Center ended by itself')
    return { ...done, ...tally((await admin('GET', 'calls')) as Told) }
  }
  return {
    place,
    faults: async (faults) => void (await admin('PUT', 'faults', faults)),
    counted,
    run: (words) => counted(() => runNode(words, place)),
    close: () => {
      child.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Told {
  readonly counts: Counts
  readonly calls: readonly { readonly error?: string }[]
}

function tally({ counts: told, calls }: Told): Pick<Run, 'counts' | 'calls' | 'refused'> {
  const counts = Object.fromEntries(Object.entries(told).map(([name, count]) => [name.replace(/^.*:/, ''), count]))
  return {
    counts,
    calls: Object.values(counts).reduce((all, count) => all + count, 0),
    refused: calls.filter(({ error = '' }) => /Throttling|TooManyRequests/.test(error)).length,
  }
}

async function serve(folder: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const words = ['sandbox', '--port', '0', '--state', join(folder, 'state.json'), '--region', region]
  const child = spawn(process.execPath, [binary, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /^export AWS_ENDPOINT_URL=(.*)$/.exec(line) ?? []
    if (url) return { child, url }
  }
  throw new Error('the embedded Identity Center ended before it listened')
}

async function ask(url: string, method: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  if (!answer.ok) throw new Error(`${method} ${url}: ${await answer.text()}`)
  return answer.json()
}
