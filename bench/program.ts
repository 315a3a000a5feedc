import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

/** The built program, or the build that SSO_RECONCILE_CLI names. */
export const binary = resolve(process.env.SSO_RECONCILE_CLI || 'dist/cli.js')

/** What a process took from its start to its end. */
export interface Usage {
  /** Wall time in seconds. */
  readonly seconds: number
  /** Its own CPU time in seconds, in its own code and in the system's. */
  readonly cpu: number
  /** Largest size in memory, in MB. */
  readonly megabytes: number
  readonly stdout: string
}

/** Where a program runs. */
export interface Place {
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  /** Exit codes that are no failure; 0 where left out. */
  readonly codes?: readonly number[]
}

// Node.js tells nobody what its children took, so each tells it at its end.
const telling = `data:text/javascript,${encodeURIComponent(
  'import{writeSync}from"node:fs";process.on("exit",()=>{const{userCPUTime:u,systemCPUTime:s,maxRSS:m}=process.resourceUsage();writeSync(3,JSON.stringify([(u+s)/1e6,m/1024]))})',
)}`

/** Runs a program of Node.js to its end, which must be a good one. */
export async function runNode(words: readonly string[], { folder, env, codes = [0] }: Place): Promise<Usage> {
  const started = performance.now()
  const child = spawn(process.execPath, ['--import', telling, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const said = ['', '', '', '']
  for (const at of [1, 2, 3])
    child.stdio[at]?.on('data', (text) => {
      said[at] += text
    })
  const code = await new Promise<number | null>((done) => child.once('close', done))
  const seconds = (performance.now() - started) / 1000
  if (code === null || !codes.includes(code)) throw new Error(`${words.join(' ')} ended with ${code}: ${said[2]}`)
  const [cpu = 0, megabytes = 0] = JSON.parse(said[3] || '[]') as number[]
  return { seconds, cpu, megabytes: Math.round(megabytes), stdout: said[1] ?? '' }
}
