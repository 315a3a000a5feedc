import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { openAtOnce } from '../../../src/aws/turns.ts'
import { isFull } from '../../support/effort.ts'
import { run, start } from '../e2e/support/binary.ts'
import { type Desk, newDesk, newFolder } from '../e2e/support/desk.ts'
import { type Far, startFar } from './support/far.ts'
import { type OrganizationSize, organizationSizes } from './support/organization.ts'

vi.setConfig({ testTimeout: 1_800_000, hookTimeout: 600_000 })

const medium: OrganizationSize = { accounts: 40, sets: 20, users: 120, groups: 20, everywhere: 0 }
const [small, large] = [organizationSizes['300 accounts'], organizationSizes['3,000 accounts']]
const sizes: readonly (readonly [string, OrganizationSize])[] = [
  ['300 accounts', small],
  ...(isFull ? [['3,000 accounts', large] as const] : []),
]
if (!isFull) process.stdout.write('3,000 accounts: left out (SSO_RECONCILE_TESTS=full)\n')

/** Every call of a look that reads all of a number of sets and of groups, but for those that read assignments. */
function groundCalls({ sets, groups, accounts, users }: OrganizationSize, perSet: number): number {
  const pages = (rows: number, size: number) => Math.max(1, Math.ceil(rows / size))
  const directory = pages(users, 100) + pages(groups, 100) + pages(accounts, 20) + pages(sets, 100)
  return directory + perSet * sets + groups
}

describe.each(sizes)('an organization of %s whose answers take 50 to 150 ms', (_name, size) => {
  let far: Far
  let desk: Desk

  beforeAll(async () => {
    far = await startFar(newFolder(), size, [50, 150])
    desk = newDesk(far.url, JSON.stringify(far.organization.manifest))
  })
  afterAll(() => far.close())

  /** Looks at it with the binary; every look ends well, and never has more under way than there are turns. */
  async function look(...words: string[]) {
    far.forget()
    const { code, stdout, stderr } = await run(desk, words)
    const traffic = far.traffic()
    expect(stderr).not.toMatch(/^error/m)
    expect(code).toBe(0)
    expect(traffic.most).toBeLessThanOrEqual(openAtOnce.read)
    return { stdout, stderr, ...traffic }
  }

  const everybody = size.users + size.groups

  it('is planned by asking each user and group once, where that is fewer than the places of the sets', async () => {
    const { stdout, calls, counts } = await look('plan', '--check')
    expect(stdout).toMatch(/^No changes\. .* \(\d+ checked\)\.$/m)
    expect(counts.ListAccountAssignments).toBeUndefined()
    // Whoever is in groups with more than a hundred assignments has an answer of several pages.
    const asked = counts.ListAccountAssignmentsForPrincipal ?? 0
    expect(asked).toBeGreaterThanOrEqual(everybody)
    expect(asked).toBeLessThan(everybody * (size.everywhere === 0 ? 1.1 : 1.5))
    const further = asked + (counts.ListAccountsForProvisionedPermissionSet ?? 0)
    expect(calls - further).toBeLessThanOrEqual(groundCalls(size, 6) + 10)
  })

  it('is planned with what is left behind by asking in each place', async () => {
    const { stdout, counts } = await look('plan', '--check', '--thorough')
    expect(stdout).toMatch(/^No changes\. /m)
    expect(counts.ListAccountAssignments).toBe(far.organization.pairs)
  })

  it('is adopted by asking each user and group too, and says what it did not look for', async () => {
    const { stdout, stderr, counts } = await look('init', '--dry-run', '--region', 'eu-west-1', '-f', 'new.yaml')
    expect(counts.ListAccountAssignments).toBeUndefined()
    expect(stderr).toContain('orphaned assignments (deleted user or group) were not checked')
    const { assignments } = parse(stdout) as {
      assignments: { users?: []; groups?: []; permission_sets: []; accounts: [] }[]
    }
    const written = assignments.map(({ users = [], groups = [], permission_sets, accounts }) => {
      return (users.length + groups.length) * permission_sets.length * accounts.length
    })
    expect(written.reduce((sum, rows) => sum + rows, 0)).toBe(far.organization.contents.assignments?.length)
  })

  it('is shown with everybody’s access', async () => {
    const { stdout, stderr } = await look('access', '--format', 'json')
    const { access: rows } = JSON.parse(stdout) as { access: unknown[] }
    const { groups = [], assignments = [] } = far.organization.contents
    const members = new Map(groups.map(({ displayName, members: inside = [] }) => [displayName, inside.length]))
    const expected = assignments.map(({ group }) => (group === undefined ? 1 : (members.get(group) ?? 0)))
    expect(rows).toHaveLength(expected.reduce((sum, count) => sum + count, 0))
    expect(stderr).toContain('add --thorough to check them too')
  })
})

describe('a look that has hundreds of requests before it', () => {
  it('ends at once at Ctrl-C', async () => {
    const far = await startFar(newFolder(), medium, [400, 500])
    try {
      const desk = newDesk(far.url, JSON.stringify(far.organization.manifest))
      const { child, ended } = start(desk, ['plan'])
      await vi.waitUntil(() => far.traffic().calls > 60, { timeout: 60_000, interval: 20 })
      child.kill('SIGINT')
      const { code, stdout } = await ended
      expect([code, stdout]).toEqual([130, ''])
      expect(far.traffic().calls).toBeLessThan(200)
    } finally {
      await far.close()
    }
  })
})

describe('an organization that AWS answers 20 calls a second of', () => {
  it('is planned at that rate, from the first second on: hardly any call is refused', async () => {
    const far = await startFar(newFolder(), medium, [1, 5])
    try {
      await far.faults({ rules: [{ kind: 'throttle', perSecond: 20 }] })
      const desk = newDesk(far.url, JSON.stringify(far.organization.manifest))
      const { code, stdout, stderr } = await run(desk, ['plan', '--check'])
      expect([code, stdout.split('.')[0]]).toEqual([0, 'No changes'])
      expect(stderr).not.toContain('throttled')
      const { calls, refused } = await far.throttled()
      expect(calls).toBeGreaterThan(300)
      expect(refused / calls).toBeLessThan(0.02)
    } finally {
      await far.close()
    }
  })
})

describe('a service that fails inside for one moment', () => {
  it('is planned all the same, however many requests were under way', async () => {
    const far = await startFar(newFolder(), medium, [50, 100])
    try {
      await far.faults({ rules: [{ kind: 'internal', skip: 100, times: 80 }] })
      const desk = newDesk(far.url, JSON.stringify(far.organization.manifest))
      const { code, stdout, stderr } = await run(desk, ['plan', '--check'])
      expect([code, stdout.split('.')[0], stderr]).toEqual([0, 'No changes', expect.not.stringContaining('error')])
    } finally {
      await far.close()
    }
  })
})
