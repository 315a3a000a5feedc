import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import type { Screen } from '../../support/here.ts'
import { runAt } from '../../support/here.ts'
import { newTime } from '../../support/time.ts'
import { type Desk, newDesk, newFolder } from '../e2e/support/desk.ts'
import { type Answer, json, type Relay, startRelay } from '../e2e/support/relay.ts'

// A person at a terminal with a new AWS account. What happens in the console happens before a certain look.
let server: Sandbox
let relay: Relay
let desk: Desk
beforeEach(async () => {
  server = await startSandbox({
    stateFile: join(newFolder(), 'state.json'),
    seed: { region: 'ap-northeast-1', managementAccount: '111122223333', accounts: [], fresh: true },
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
  })
  relay = await startRelay(server.url)
  desk = newDesk(relay.url)
})
afterEach(async () => {
  await relay.close()
  await server.close()
})

const enable = (body: object = {}) =>
  fetch(`${server.url}/_sandbox/enable`, { method: 'POST', body: JSON.stringify(body) })

/** Does things before the looks with these numbers, counted from 1. */
function beforeLooks(clicks: Readonly<Record<number, () => Promise<unknown>>>): void {
  let looks = 0
  relay.pass = async ({ operation }, forward) => {
    if (operation === 'ListInstances') {
      looks += 1
      await clicks[looks]?.()
    }
    return forward()
  }
}

async function deleteInstance(): Promise<void> {
  const { tables } = (await (await fetch(`${server.url}/_sandbox/state`)).json()) as { tables: object }
  const body = JSON.stringify({ format: 1, tables: { ...tables, instances: {} } })
  await fetch(`${server.url}/_sandbox/state`, { method: 'PUT', body })
}

/** Applies at a terminal where every question gets this answer. */
function applying(answer: string, words: readonly string[] = [], terminal: Screen = {}) {
  const time = newTime()
  return runAt(time, desk, ['apply', ...words], {}, { interactive: true, ...terminal, ask: async () => answer })
}

const times = (text: string, part: string) => text.split(part).length - 1

describe('apply in a new AWS account, at a terminal', () => {
  it('says at once that Identity Center is to be enabled by hand, waits for it, and goes on', async () => {
    beforeLooks({ 6: () => enable() })
    const { code, stdout, stderr } = await applying('yes', [], { width: 80 })
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('organization  created')
    expect(times(stderr, 'IAM Identity Center is not enabled in ap-northeast-1')).toBe(1)
    expect(stderr).toContain('https://ap-northeast-1.console.aws.amazon.com/singlesignon/home?region=ap-northeast-1')
    expect(stderr).toContain(
      'waiting until this is done, checking every 5 seconds; press Ctrl-C to stop\nwaiting, and run apply again at any time\n',
    )
    expect(stdout).toContain('assignment/AdministratorAccess:user:taro@111122223333')
  })

  it('tells again when something else is missing, and goes on when that is mended', async () => {
    beforeLooks({
      3: () => enable({ kind: 'account' }),
      6: deleteInstance,
      8: () => enable(),
    })
    const { code, stderr } = await applying('yes')
    expect(code, stderr).toBe(0)
    const told = [...stderr.matchAll(/error {2}(.*)/g)].map(([, message]) => message)
    expect(told).toEqual([
      expect.stringContaining('IAM Identity Center is not enabled in ap-northeast-1'),
      expect.stringContaining('only an account instance of Identity Center exists in ap-northeast-1'),
      expect.stringContaining('IAM Identity Center is not enabled in ap-northeast-1'),
    ])
  })

  it('waits on while what was clicked is under way, and says that', async () => {
    let looks = 0
    relay.pass = async ({ operation }, forward) => {
      if (operation !== 'DescribeInstance') return forward()
      looks += 1
      return looks < 3 ? asBeingEnabled(await forward()) : forward()
    }
    await enable()
    const { code, stderr } = await applying('yes')
    expect(code, stderr).toBe(0)
    expect(times(stderr, 'Identity Center is being enabled (CREATE_IN_PROGRESS)')).toBe(1)
  })

  it('looks into the other Regions after a minute, and names the one to write', async () => {
    beforeLooks({ 3: () => enable({ region: 'us-east-1' }) })
    const { code, stderr } = await applying('yes')
    expect(code).toBe(1)
    expect(stderr).toContain('IAM Identity Center was enabled in us-east-1, not in ap-northeast-1')
    expect(stderr).toContain('write identity_center.region: us-east-1')
    expect(stderr).toMatch(/sso\.yaml:\d+:\d+/)
  })

  it('asks once where AWS does not know at once what it has just made', async () => {
    let looks = 0
    let asked = 0
    relay.pass = async ({ operation }, forward) => {
      if (operation !== 'DescribeOrganization') return forward()
      looks += 1
      const notInUse = {
        __type: 'AWSOrganizationsNotInUseException',
        Message: 'Your account is not a member of an organization.',
      }
      return looks < 4 ? json(notInUse, 400) : forward()
    }
    const { stderr } = await runAt(
      newTime(),
      desk,
      ['apply', '--no-wait'],
      {},
      {
        interactive: true,
        ask: async () => {
          asked += 1
          return 'yes'
        },
      },
    )
    expect(asked).toBe(1)
    expect(stderr).toContain('IAM Identity Center is not enabled in ap-northeast-1')
  })
})

describe('who does not agree to an organization', () => {
  it.each([
    ['an answer that is not the whole word', 'y', [], 'not confirmed; the organization was not created'],
    ['a reviewed plan', 'yes', ['--expect', '0123456789abcdef'], 'the reviewed plan does not create the organization'],
  ])('is told what was not done: %s', async (_what, answer, words, sentence) => {
    const { code, stderr } = await applying(answer, words)
    expect(code).toBe(1)
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('DescribeOrganization')
    expect(relay.calls).not.toContain('CreateOrganization')
  })

  it('is told so without a terminal too, and JSON still lists what is missing', async () => {
    const { code, stdout } = await runAt(newTime(), desk, ['apply', '--json'])
    expect(code).toBe(1)
    const { plan } = JSON.parse(stdout)
    expect(plan.operations).toMatchObject([{ address: 'organization', verb: 'create' }])
    expect(plan.diagnostics[0].message).toContain('the organization was not created')
    expect(plan.diagnostics[0].hint).toContain('--yes')
  })
})

function asBeingEnabled(answer: Answer): Answer {
  return { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), Status: 'CREATE_IN_PROGRESS' }) }
}
