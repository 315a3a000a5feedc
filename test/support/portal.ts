import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Contents } from '../../src/sandbox/content-types.ts'
import type { Faults } from '../../src/sandbox/faults/faults.ts'
import type { Seed } from '../../src/sandbox/seed.ts'
import { startSandbox } from '../../src/sandbox/server.ts'
import { signIn } from '../login/support/machine.ts'
import { configOf, type Desk, newDesk, newFolder } from '../scenarios/e2e/support/desk.ts'
import { run } from './here.ts'
import { ourTime } from './time.ts'

const management = '111122223333'

/** No credentials of AWS: whatever asks AWS fails. */
export const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }

/** An Identity Center that somebody else runs, and a laptop of one of its users, without credentials. */
export interface Portal {
  readonly desk: Desk
  readonly startUrl: string
  readonly url: string
  /** A command at the laptop. */
  run(words: readonly string[]): ReturnType<typeof run>
  /** Logs in to the session `work`, as another tool would. */
  login(user?: string): Promise<Record<string, string>>
  /** Puts a login into the cache of the session `work`. */
  cache(login: object): void
  /** Takes all that is assigned for these permission sets away; all without. */
  takeAway(...sets: readonly string[]): Promise<void>
  faults(faults: Faults): Promise<void>
  /** What was asked since the last time, by service and operation. */
  asked(): Promise<Readonly<Record<string, number>>>
  /** Names of the profiles of the config. */
  profiles(): readonly string[]
}

/** The manifest of the laptop; `rest` belongs to `local`. */
export function manifestFor(startUrl: string, rest = '', head = ''): string {
  return `version: 1
identity_center: { region: ap-northeast-1, start_url: "${startUrl}" }
${head}local:
  sso_session: work
  generate: { from: portal }
${rest}`
}

/** Starts an Identity Center with these accounts beside its management account, and puts a laptop beside it. */
export async function startPortal(
  accounts: Seed['accounts'],
  contents: Contents,
  atEnd: (close: () => Promise<void>) => void,
): Promise<Portal> {
  const sandbox = await startSandbox({
    stateFile: join(newFolder(), 'state.json'),
    seed: {
      region: 'ap-northeast-1',
      instanceId: 'ssoins-0123456789abcdef',
      managementAccount: management,
      accounts: [{ id: management, name: 'Home' }, ...accounts],
    },
    contents,
    now: () => ourTime.now(),
    random: (bytes) => randomBytes(bytes),
  })
  atEnd(() => sandbox.close())
  const admin = async (method: string, page: string, body?: object) => {
    const answer = await fetch(`${sandbox.url}/_sandbox/${page}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${page}: ${await answer.text()}`)
    return (await answer.json()) as Tables
  }
  const { tables } = await admin('GET', 'state')
  const [instance] = Object.values(tables.instances ?? {}) as { identityStoreId: string }[]
  const startUrl = `https://${instance?.identityStoreId}.awsapps.com/start`
  const desk = newDesk(sandbox.url, manifestFor(startUrl))
  const cache = (login: object) => {
    mkdirSync(join(desk.home, '.aws', 'sso', 'cache'), { recursive: true })
    writeFileSync(cachePath(desk.home, 'work'), JSON.stringify(login))
  }
  return {
    desk,
    startUrl,
    url: sandbox.url,
    cache,
    run: (words) => run(desk, words, nobody),
    login: async (user) => {
      const login = await signIn(sandbox.url, startUrl, user)
      cache(login)
      return login
    },
    takeAway: async (...sets) => {
      const state = await admin('GET', 'state')
      const names = Object.entries(state.tables.permissionSets ?? {}) as [string, { name: string }][]
      const going = new Set(
        names.filter(([, { name }]) => sets.length === 0 || sets.includes(name)).map(([arn]) => arn),
      )
      const kept = Object.entries(state.tables.assignments ?? {}) as [string, { permissionSet: string }][]
      const assignments = Object.fromEntries(kept.filter(([, { permissionSet }]) => !going.has(permissionSet)))
      await admin('PUT', 'state', { format: 1, tables: { ...state.tables, assignments } })
    },
    faults: async (faults) => void (await admin('PUT', 'faults', faults)),
    asked: async () => {
      const calls = (await admin('GET', 'calls')) as unknown as { counts: Record<string, number> }
      await admin('DELETE', 'calls')
      return calls.counts
    },
    profiles: () => [...configOf(desk.home).matchAll(/^\[profile (.*)\]$/gm)].map(([, name = '']) => name),
  }
}

interface Tables {
  readonly tables: Readonly<Record<string, object>>
}

/** Where the login of a session is kept. */
export function cachePath(home: string, session: string): string {
  return join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update(session).digest('hex')}.json`)
}

/** The manifest of the laptop. */
export function manifestOf({ work }: Desk): string {
  return readFileSync(join(work, 'sso.yaml'), 'utf8')
}

/** Replaces the manifest of the laptop. */
export function rewrite({ work }: Desk, text: string): void {
  writeFileSync(join(work, 'sso.yaml'), text)
}
