import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { format } from 'node:util'
import { vi } from 'vitest'
import type { TablesJson } from '../../../../src/sandbox/state/state.ts'
import { signIn } from '../../../login/support/machine.ts'
import type { Screen } from '../../../support/here.ts'
import { runAt } from '../../../support/here.ts'
import { cachePath } from '../../../support/portal.ts'
import { ourTime } from '../../../support/time.ts'
import { type Cloud, newCloud } from '../../cloud/support/cloud.ts'
import { manifestText } from '../../cloud/support/office.ts'
import type { Run, Variables } from '../../e2e/support/binary.ts'
import { configPath, type Desk, newDesk } from '../../e2e/support/desk.ts'
import type { Answer, Relay } from '../../e2e/support/relay.ts'
import { slots, type Texts } from './slots.ts'
import { accounts, allSections, config, contents, exampleUrl, replaced, told } from './world.ts'

/** A command in a world. */
export interface Scene {
  readonly desk: Desk
  run(words: readonly string[], extra?: Variables, screen?: Screen): Promise<Run>
  /** The address of the access portal. */
  readonly startUrl: string
  /** Gives the session of this machine the address of the access portal. */
  atPortal(): void
  /** Replaces the config of this machine, in which the names of the world are. */
  settle(config: string): void
  /** Signs in as a user at the portal, as another tool would. */
  signedIn(user: string): Promise<void>
  /** From now on somebody allows every code that is asked for, as this user. */
  allowing(user: string): void
  /** The tables of the Identity Center. */
  tables(): Promise<TablesJson>
  /** Replaces the manifest; the names of the world are in it. */
  write(parts: object): void
  /** Makes what is asynchronous end with a reason. */
  failing(operation: string, reason: string): Promise<void>
  /** Answers an operation in the place of the Identity Center. */
  answering(operation: string, answer: (own: Answer) => Answer): void
}

/** One Identity Center and one desk, which are put into one world after the other. */
export interface Stage {
  /** Everything as it is in the beginning, with these texts. */
  enter(texts: Texts): Promise<Scene>
}

/** Builds the stage with plain texts; the others take their places in its tables, where no rule of AWS is asked. */
export async function newStage(): Promise<Stage> {
  const cloud = await newCloud({ contents, accounts, faults: { seconds: 0.01 } })
  const tables = named(await cloud.export())
  const [instance] = Object.values(tables.instances ?? {})
  const startUrl = `https://${instance?.identityStoreId}.awsapps.com/start`
  const relay = await cloud.relay()
  const desk = newDesk(relay.url)
  return {
    enter: async (texts) => {
      await cloud.restore(told(tables, texts))
      await cloud.faults({ seconds: 0.01 })
      relay.pass = undefined
      writeDesk(desk, texts)
      return sceneOf({ cloud, relay, desk, startUrl }, texts)
    },
  }
}

interface Props {
  readonly cloud: Cloud
  readonly relay: Relay
  readonly desk: Desk
  readonly startUrl: string
}

function sceneOf({ cloud, relay, desk, startUrl }: Props, texts: Texts): Scene {
  return {
    ...{ desk, startUrl },
    atPortal: () => {
      const path = configPath(desk.home)
      writeFileSync(path, readFileSync(path, 'utf8').replace(exampleUrl, startUrl))
    },
    settle: (text) => writeFileSync(configPath(desk.home), replaced(text, texts)),
    signedIn: async (user) => {
      const path = cachePath(desk.home, texts.session)
      mkdirSync(dirname(path), { recursive: true })
      const login = await signIn(cloud.url, startUrl, user)
      writeFileSync(path, JSON.stringify({ ...login, region: 'us-east-1' }))
    },
    allowing: (user) => {
      relay.pass = async (_call, forward) => {
        const answer = await forward()
        const [, code] = /"userCode":"([^"]+)"/.exec(answer.body) ?? []
        const body = new URLSearchParams({ user_code: code ?? '', user, decision: 'allow' })
        if (code) await fetch(`${cloud.url}/device`, { method: 'POST', body })
        return answer
      }
    },
    tables: () => cloud.export(),
    write: (parts) => writeFileSync(join(desk.work, 'sso.yaml'), textIn(parts, texts)),
    // No program of this machine is asked, and no line is too long.
    run: (words, extra = {}, screen = {}) =>
      withLibraries(() => runAt(ourTime, desk, words, { PATH: desk.folder, ...extra }, { width: 20_000, ...screen })),
    failing: (operation, reason) =>
      cloud.faults({ seconds: 0.01, rules: [{ kind: 'fail', operations: [operation], reason }] }),
    answering: (operation, answer) => {
      relay.pass = async (call, forward) => (call.operation === operation ? answer(await forward()) : forward())
    },
  }
}

/** A run with what libraries say by themselves among its messages: they write past every filter. */
async function withLibraries(run: () => Promise<Run>): Promise<Run> {
  let said = ''
  const spies = (['log', 'info', 'warn', 'error'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...words) => {
      said += `${format(...words)}\n`
    }),
  )
  const heard = (warning: Error) => {
    said += `${warning.message}\n`
  }
  process.on('warning', heard)
  try {
    const ended = await run()
    return { ...ended, stderr: ended.stderr + said }
  } finally {
    process.off('warning', heard)
    for (const spy of spies) spy.mockRestore()
  }
}

// No request of the sandbox names accounts of the management, or an instance.
function named(tables: Awaited<ReturnType<Cloud['export']>>): typeof tables {
  const instances = Object.entries(tables.instances ?? {}).map(([arn, row]) => [
    arn,
    { ...row, name: slots.instanceName.token },
  ])
  const homes = Object.entries(tables.accounts ?? {}).map(([id, row]) => [
    id,
    row.name === 'Home' ? { ...row, name: slots.homeName.token } : row,
  ])
  return { ...tables, instances: Object.fromEntries(instances), accounts: Object.fromEntries(homes) }
}

function writeDesk(desk: Desk, texts: Texts): void {
  for (const folder of [desk.work, desk.home]) rmSync(folder, { recursive: true })
  mkdirSync(desk.work)
  mkdirSync(dirname(configPath(desk.home)), { recursive: true })
  writeFileSync(join(desk.work, 'sso.yaml'), textIn(allSections, texts))
  writeFileSync(configPath(desk.home), replaced(config, texts))
}

/** A manifest with the texts of a world. What would be a variable is written as the text it is. */
function textIn(parts: object, texts: Texts): string {
  const literal = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.replaceAll('${', '$${')]))
  const text = manifestText(told(parts, literal as Texts) as Readonly<Record<string, unknown>>)
  // The manifest takes controls as escapes only.
  return text
    .replaceAll('\\u0001{', '${')
    .replace(/(?!\n)\p{Cc}/gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
