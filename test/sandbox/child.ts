import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { onTestFinished } from 'vitest'

/** Bundles a script of `children/` so that plain Node runs it; gives the path of the bundle. */
export async function bundled(name: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`)
  const entry = join(import.meta.dirname, 'children', `${name}.ts`)
  await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' })
  return outfile
}

/** A process of our own that the test may kill; its lines of output come one by one. */
export interface Child {
  readonly lines: AsyncIterator<string>
  /** Ends it as `kill -9` does, and waits until it is gone. */
  kill(): Promise<void>
  /** Waits for its end and gives the exit code. */
  ended(): Promise<number | null>
}

/** Runs a bundle with Node; it is killed at the end of the test if it still runs. */
export function run(script: string, ...args: readonly string[]): Child {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  onTestFinished(() => stop(child, exit))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    lines,
    kill: () => stop(child, exit),
    ended: async () => {
      const [code] = await exit
      return code
    },
  }
}

async function stop(child: ChildProcess, exit: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL')
  await exit
}
