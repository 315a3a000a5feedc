import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Far, type Latency, startFar } from '../support/far.ts'
import { organizationSizes } from '../support/organization.ts'

// What each look at a large organization takes: calls, requests under way, seconds and the largest size of the process.
const binary = resolve(process.env.SSO_RECONCILE_CLI || 'dist/cli.js')
const latencies: readonly Latency[] = [[50, 150]]
const looks = {
  plan: ['plan', '--check'],
  'plan --thorough': ['plan', '--check', '--thorough'],
  'init --dry-run': ['init', '--dry-run', '--region', 'eu-west-1', '-f', 'new.yaml'],
  access: ['access', '--format', 'json'],
} as const

// Told at the end: how large the process became.
const telling =
  'data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,String(process.resourceUsage().maxRSS)))'

const named = process.argv.slice(2)
const isChosen = (name: string) => named.length === 0 || named.includes(name)

process.stdout.write('| organization | look | calls | at a time | seconds | MB |\n')
process.stdout.write('| --- | --- | ---: | ---: | ---: | ---: |\n')
for (const [name, size] of Object.entries(organizationSizes)) {
  if (!isChosen(name)) continue
  for (const latency of latencies) await measure(name, size, latency)
}

async function measure(name: string, size: (typeof organizationSizes)[keyof typeof organizationSizes], late: Latency) {
  const folder = mkdtempSync(join(tmpdir(), 'sso-reconcile-large-'))
  const far = await startFar(folder, size, late)
  mkdirSync(join(folder, 'home'))
  writeFileSync(join(folder, 'sso.yaml'), JSON.stringify(far.organization.manifest))
  try {
    for (const [look, words] of Object.entries(looks)) {
      const { code, seconds, megabytes } = await run(folder, far, words)
      const { calls, most } = far.traffic()
      const ended = code === 0 ? '' : ` (ended with ${code})`
      process.stdout.write(
        `| ${name} | ${look}${ended} | ${calls} | ${most} | ${seconds.toFixed(1)} | ${megabytes} |\n`,
      )
    }
  } finally {
    await far.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function run(folder: string, far: Far, words: readonly string[]) {
  far.forget()
  const started = performance.now()
  const child = spawn(process.execPath, ['--import', telling, binary, ...words], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: join(folder, 'home'),
      AWS_ENDPOINT_URL: far.url,
      AWS_ACCESS_KEY_ID: 'AKIABENCH00000000000',
      AWS_SECRET_ACCESS_KEY: 'bench',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  })
  let size = ''
  child.stdio[3]?.on('data', (text) => {
    size += text
  })
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, seconds: (performance.now() - started) / 1000, megabytes: Math.round(Number(size) / 1024) }
}
