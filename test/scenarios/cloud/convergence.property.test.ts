import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { isoDuration, parseDuration } from '../../../src/manifest/duration.ts'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import type { TablesJson } from '../../../src/sandbox/state/state.ts'
import { isFull, tries } from '../../support/effort.ts'
import { manifest, world } from '../../support/planning/arbitrary.ts'
import { dev, management, type World } from '../../support/planning/world.ts'
import { newCloud } from './support/cloud.ts'
import { expectSettled, newOffice, type Sections } from './support/office.ts'

const settings = tries(12, 300)
vi.setConfig({ testTimeout: isFull ? 3_600_000 : 240_000 })

const arn = (policy: string) => `arn:aws:iam::aws:policy/${policy}`

/** A world of the pure tests as contents of an Identity Center. */
function contentsOf({ users = {}, groups = {}, permission_sets = {}, assignments = [] }: World): Contents {
  return {
    users: Object.entries(users).map(([userName, { email, disabled }]) => ({
      userName,
      ...(typeof email === 'string' ? { email } : {}),
      ...(disabled ? { disabled } : {}),
    })),
    groups: Object.entries(groups).map(([displayName, group]) => ({ displayName, ...group })),
    permissionSets: Object.entries(permission_sets).map(([name, set]) => ({
      name,
      ...(set.description ? { description: set.description } : {}),
      sessionDuration: isoDuration(parseDuration(set.session_duration ?? '1h') ?? 0),
      managedPolicies: (set.managed_policies ?? []).map(arn),
      ...(set.inline_policy ? { inlinePolicy: set.inline_policy } : {}),
      ...(set.permissions_boundary ? { permissionsBoundary: { ManagedPolicyArn: arn('PowerUserAccess') } } : {}),
      tags: set.mark ? { 'managed-by': set.mark } : {},
    })),
    assignments: assignments.map((text) => {
      const [, permissionSet = '', type = '', name = '', account = ''] =
        /^(.+):(user|group):(.+)@(\d+)$/.exec(text) ?? []
      return { permissionSet, account, [type]: name }
    }),
  }
}

/** What the manifest has no say in, by names: it must be the same afterwards. */
function foreign(tables: TablesJson, sections: Sections): object {
  const of = (section: string) => sections[section] as Record<string, { members?: unknown }> | undefined
  const absent = (sections.absent ?? {}) as Record<string, string[] | undefined>
  const spoken = (section: string, name: string) =>
    of(section)?.[name] !== undefined || Boolean(absent[section]?.includes(name))
  const user = (id: string) => tables.users?.[id]?.UserName ?? id
  const group = (id: string) => tables.groups?.[id]?.DisplayName ?? id
  const rows = <T extends object>(table: Readonly<Record<string, T>> | undefined) => Object.values(table ?? {})
  const pruned = (tags: Readonly<Record<string, string>>) =>
    Boolean(of('permission_sets')) && tags['managed-by'] === 'sso-reconcile'
  const touched = (name: string, tags: Readonly<Record<string, string>>) =>
    spoken('permission_sets', name) || pruned(tags)
  const gone = (section: string, name: string) => Boolean(absent[section]?.includes(name))
  return {
    users: rows(tables.users)
      .filter(({ UserName }) => !spoken('users', UserName))
      .map(({ stamp: _stamp, ...row }) => row),
    groups: rows(tables.groups)
      .filter(({ DisplayName }) => !spoken('groups', DisplayName))
      .map(({ stamp: _stamp, ...row }) => row),
    memberships: rows(tables.memberships)
      .map(({ GroupId, UserId }) => [group(GroupId), user(UserId)] as const)
      .filter(([team, who]) => !of('groups')?.[team]?.members && !gone('groups', team) && !gone('users', who)),
    sets: rows(tables.permissionSets).filter(({ name, tags }) => !touched(name, tags)),
    assignments: rows(tables.assignments).filter(({ permissionSet, principal }) => {
      const set = tables.permissionSets?.[permissionSet]
      const declared = Boolean(of('permission_sets')?.[set?.name ?? ''])
      const leaves = gone('users', user(principal)) || gone('groups', group(principal))
      return !leaves && (declared ? !sections.assignments : !touched(set?.name ?? '', set?.tags ?? {}))
    }),
  }
}

/** Marks of the sets that are there before and after: an adopted set stays without one. */
function marks(tables: TablesJson, others: TablesJson): object {
  const kept = Object.keys(others.permissionSets ?? {}).filter((key) => tables.permissionSets?.[key])
  return Object.fromEntries(kept.map((key) => [key, tables.permissionSets?.[key]?.tags['managed-by'] ?? 'none']))
}

it('any manifest on any live state: one apply converges, and nothing unowned is touched', async () => {
  const cloud = await newCloud({ accounts: [{ id: dev, name: 'Dev' }] })
  const empty = await cloud.export()
  expect(Object.keys(empty.accounts ?? {})).toContain(management)
  const seen = { changes: 0, foreign: 0 }
  await fc.assert(
    fc.asyncProperty(manifest, world, async (text, live) => {
      await cloud.restore(empty)
      await cloud.add(contentsOf(live))
      const sections = parse(text) as Sections
      const office = newOffice(cloud.url, sections)
      const before = await cloud.export()
      const told = await office.outcomes('--max-deletes', '99', '--allow-lockout')
      expect({ code: told.code, failed: told.failed, skipped: told.skipped }, told.stderr).toEqual({
        code: 0,
        failed: {},
        skipped: {},
      })
      seen.changes += told.done.length
      seen.foreign += Object.values(foreign(before, sections)).flat().length
      await expectSettled(office, '--allow-lockout')
      const after = await cloud.export()
      expect(foreign(after, sections)).toEqual(foreign(before, sections))
      expect(marks(before, after)).toEqual(marks(after, before))
    }),
    settings,
  )
  // Worlds in which nothing happens, or nothing is somebody else's, would prove nothing.
  expect(Math.min(seen.changes, seen.foreign)).toBeGreaterThan(settings.numRuns)
})
