import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binary, type Place, runNode, type Usage } from './program.ts'
import { management, manifestText, region, worlds } from './worlds.ts'

const rounds = 15

/** Median seconds by what was started. */
export type Starts = Readonly<Record<'node' | 'version' | 'validate', number>>

/** Starts an empty program of Node.js, `--version` and `validate` in turns, so that whatever else the machine does meets all of them. */
export function measureStart(): Promise<Starts> {
  return inFolder(async (place) => {
    const empty = join(place.folder, 'empty.mjs')
    writeFileSync(empty, '')
    writeFileSync(join(place.folder, 'sso.yaml'), manifestText(worlds.S()))
    const taken = { node: [] as number[], version: [] as number[], validate: [] as number[] }
    for (let round = 0; round < rounds; round += 1) {
      taken.node.push((await runNode([empty], place)).seconds)
      taken.version.push((await runNode([binary, '--version'], place)).seconds)
      taken.validate.push((await runNode([binary, 'validate'], place)).seconds)
    }
    return { node: median(taken.node), version: median(taken.version), validate: median(taken.validate) }
  })
}

/** What many profiles on this machine take. */
export interface Profiles {
  readonly count: number
  readonly apply: Usage
  readonly plan: Usage
}

/** Writes as many profiles, and plans when they are there; nothing is read from AWS. */
export function measureProfiles(count = 2_000): Promise<Profiles> {
  return inFolder(async (place) => {
    writeFileSync(join(place.folder, 'sso.yaml'), JSON.stringify(laptop(count)))
    const apply = await runNode([binary, 'apply', '--only', 'local', '--yes'], place)
    const plan = await runNode([binary, 'plan', '--only', 'local', '--check'], place)
    return { count, apply, plan }
  })
}

function laptop(count: number): object {
  const profile = (index: number) => ({ account: String(200_000_000_000 + index), permission_set: `Set${index % 20}` })
  return {
    version: 1,
    identity_center: { region, start_url: 'https://example.awsapps.com/start' },
    accounts: { management },
    local: {
      sso_session: 'work',
      profiles: Object.fromEntries(Array.from({ length: count }, (_, index) => [`profile${index}`, profile(index)])),
    },
  }
}

async function inFolder<T>(task: (place: Place) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sso-reconcile-bench-'))
  const home = join(folder, 'home')
  mkdirSync(home)
  try {
    return await task({ folder, env: { HOME: home } })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
