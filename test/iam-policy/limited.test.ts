import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Contents } from '../../src/sandbox/content-types.ts'
import { type Call, json, startRelay } from '../scenarios/e2e/support/relay.ts'
import { centerIn, management } from '../scenarios/regions/support/center.ts'
import { run } from '../support/here.ts'

const admin = 'arn:aws:iam::aws:policy/AdministratorAccess'
const contents: Contents = {
  users: [
    { userName: 'taro', email: 'taro@example.com' },
    { userName: 'hanako', email: 'hanako@example.com' },
    { userName: 'old', email: 'old@example.com' },
  ],
  groups: [
    { displayName: 'admins', members: ['taro', 'old'] },
    { displayName: 'others', members: ['hanako', 'old'] },
  ],
  permissionSets: [
    { name: 'Admin', managedPolicies: [admin], tags: { 'managed-by': 'sso-reconcile' } },
    { name: 'Theirs', managedPolicies: [admin] },
  ],
  assignments: [
    { permissionSet: 'Admin', account: management, group: 'admins' },
    { permissionSet: 'Theirs', account: management, group: 'others' },
    { permissionSet: 'Theirs', account: management, user: 'old' },
  ],
}

/** Manifests that lead to different reads: what a guard asks follows from what a plan would change. */
const manifests: readonly (readonly [string, string])[] = [
  ['that declares nobody', ''],
  [
    'that takes the last administrator away, as far as it says',
    'groups: { admins: { members: [] } }\npermission_sets: { Admin: { managed_policies: [AdministratorAccess] } }',
  ],
  ['that prunes sets and assignments', 'permission_sets: {}\nassignments: []'],
  ['that removes people', 'absent: { users: [old], groups: [others], permission_sets: [Theirs] }'],
  ['that revokes', 'users: { old: { external: true } }\nrevoked: { old: 2026-11-22T10:00:00Z }'],
  [
    'that selects accounts by unit and tag',
    'users: { taro: { external: true } }\npermission_sets: { Admin: { managed_policies: [AdministratorAccess] } }\nassignments: [{ users: [taro], permission_sets: [Admin], accounts: [management, { ou: Workloads }, { tag: { env: dev } }] }]',
  ],
]

/** The IAM action of a call; two services share the name of one. */
function actionOf({ operation, body }: Call): string {
  return operation === 'ListTagsForResource' && body.includes('ResourceId')
    ? 'organizations:ListTagsForResource'
    : operation
}

/** A desk whose caller is allowed what a policy that is printed for its manifest allows, and the calls that were denied. */
async function limited(manifest: string, words: readonly string[]) {
  const center = await centerIn('ap-northeast-1', contents)
  const relay = await startRelay(center.url)
  onTestFinished(() => relay.close())
  const desk = { ...center.desk('ap-northeast-1'), endpoint: relay.url }
  writeFileSync(join(desk.work, 'sso.yaml'), `version: 1\nidentity_center: { region: ap-northeast-1 }\n${manifest}\n`)
  const policy = JSON.parse((await run(desk, ['iam-policy', '--kms-key', 'none', ...words])).stdout)
  const allowed = new Set(
    (policy.Statement as { Action: string[] }[]).flatMap(({ Action }) =>
      Action.flatMap((one) => [one, one.split(':')[1]]),
    ),
  )
  const denied: string[] = []
  relay.pass = (call, forward) => {
    if (call.operation === '' || allowed.has(actionOf(call))) return forward()
    denied.push(call.operation)
    return Promise.resolve(json({ __type: 'AccessDeniedException', Message: 'not in the policy' }, 400))
  }
  return { desk, denied, relay }
}

// Only whom a manifest knows can be revoked.
function revoking(manifest: string): readonly string[][] {
  return manifest.startsWith('users: { old') ? [['revoke', 'old']] : []
}

describe.each(manifests)('a manifest %s', (_what, manifest) => {
  it('is planned and reported by a caller with the read-only policy', async () => {
    const { desk, denied, relay } = await limited(manifest, ['--read-only'])
    for (const words of [['plan', '--thorough'], ['access'], ['doctor', '--only', 'cloud'], ...revoking(manifest)]) {
      relay.forget()
      await run(desk, words)
      expect({ words, denied }).toEqual({ words, denied: [] })
      expect(relay.calls.length).toBeGreaterThan(0)
    }
  })

  it('is applied by a caller with the whole policy', async () => {
    const { desk, denied } = await limited(manifest, [])
    const { code, stdout, stderr } = await run(desk, ['apply', '--yes', '--max-deletes', '20', '--allow-lockout'])
    expect({ code, denied }, stdout + stderr).toEqual({ code: 0, denied: [] })
  })
})
