import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { isFull, tries } from '../../support/effort.ts'
import { newTime } from '../../support/time.ts'
import { endClouds, members, newCloud } from '../cloud/support/cloud.ts'
import { inside } from '../cloud/support/inside.ts'
import { closing, dev, type Living, living, people, wishes } from '../cloud/support/living.ts'
import { manifestText } from '../cloud/support/office.ts'

vi.setConfig({ testTimeout: isFull ? 3_600_000 : 240_000 })

type Wish = Readonly<Record<string, unknown>>

/** The wish without revocations, with everybody in it, and with nobody and nothing that is to leave. */
function calm({ revoked: _revoked, absent: _absent, users: _users, permission_sets, ...wish }: Wish): Wish {
  // Only what is declared in full can deny anybody.
  const sets = permission_sets && { ...permission_sets, Admin: { managed_policies: ['AdministratorAccess'] } }
  const users = Object.fromEntries(people.map((name) => [name, { external: true }]))
  return { ...wish, ...(sets ? { permission_sets: sets } : {}), users }
}

async function scene({ contents, closes }: Living, wish: Wish) {
  const time = newTime()
  const cloud = await newCloud({ contents, faults: { looks: 0, seconds: 0 }, now: time.now })
  if (closes) await cloud.put(members.map((one) => (one.id === closing ? { ...one, state: 'SUSPENDED' } : one)))
  const desk = inside(cloud.url, time)
  desk.write(manifestText(calm(wish)))
  const accessOf = async (user: string) => {
    const { stdout } = await desk.run(['access', '--json', '--user', user])
    return (JSON.parse(stdout) as { access: Row[] }).access
  }
  return { time, desk, accessOf }
}

interface Row {
  readonly account: string
  readonly permission_set: string
  readonly group?: string
  readonly denied?: boolean
}

function path({ account, permission_set, group = '' }: Row): string {
  return `${permission_set} on ${account} ${group}`
}

/** The same world, in which the user holds a set through a group that only the identity provider can take them out of. */
function provided({ contents, ...live }: Living, user: string): Living {
  const grant = { permissionSet: 'Admin', group: 'idp', account: dev }
  const others = (contents.assignments ?? []).filter((one) => JSON.stringify(one) !== JSON.stringify(grant))
  const groups = (contents.groups ?? []).map((group) =>
    group.displayName === 'idp' ? { ...group, members: [...new Set([...(group.members ?? []), user])] } : group,
  )
  return { ...live, contents: { ...contents, groups, assignments: [...others, grant] } }
}

const worlds = fc
  .tuple(living, fc.constantFrom(...people), fc.boolean())
  .map(([live, user, isProvided]) => ({ live: isProvided ? provided(live, user) : live, user }))

it('a user whose revocation exits 0 has no access, now and 13 hours later, whatever is applied in between', async () => {
  const codes = { 0: 0, 1: 0 }
  let stayed = 0
  await fc.assert(
    fc
      .asyncProperty(worlds, wishes, fc.nat(2), async ({ live, user }, wish, applies) => {
        const { time, desk, accessOf } = await scene(live, wish)
        const { code, stdout, stderr } = await desk.run(['revoke', user, '--yes', '--allow-lockout'])
        codes[code === 0 ? 0 : 1] += 1
        if (code !== 0) {
          const left = await accessOf(user)
          expect(left, stdout + stderr).not.toEqual([])
          time.pass(13)
          await desk.run(['apply', '--yes', '--max-deletes', '99', '--allow-lockout'])
          const denied = new Set(left.filter((row) => row.denied).map(path))
          const open = (await accessOf(user)).filter((row) => denied.has(path(row)))
          // A denial stays for as long as its path does.
          expect(open.filter((row) => !row.denied)).toEqual([])
          stayed += open.length
        } else {
          expect(await accessOf(user), stdout).toEqual([])
          for (let count = 0; count < applies; count++) {
            await desk.run(['apply', '--yes', '--max-deletes', '99', '--allow-lockout'])
            time.pass(7)
            expect(await accessOf(user), stdout).toEqual([])
          }
          time.pass(13)
          expect(await accessOf(user), stdout).toEqual([])
        }
      })
      .afterEach(endClouds),
    { ...tries(15, 300), endOnFailure: true },
  )
  // All ends must have been reached, or the test has proven nothing.
  expect({ over: codes[0] > 0, left: codes[1] > 0, denied: stayed > 0 }).toEqual({
    over: true,
    left: true,
    denied: true,
  })
})

it('--undo gives back what was taken away, and leaves the manifest as it was', async () => {
  let given = 0
  await fc.assert(
    fc
      .asyncProperty(living, wishes, fc.constantFrom(...people), async (live, wish, user) => {
        const { desk, accessOf } = await scene(live, wish)
        const [text, rows] = [readFileSync(desk.file, 'utf8'), await accessOf(user)]
        await desk.run(['revoke', user, '--yes', '--allow-lockout'])
        const { code, stdout, stderr } = await desk.run(['revoke', user, '--undo', '--yes', '--allow-lockout'])
        expect(code, stdout + stderr).toBe(0)
        const again = (await accessOf(user)).map(path)
        expect(
          rows.map(path).filter((one) => !again.includes(one)),
          stdout + stderr,
        ).toEqual([])
        expect(readFileSync(desk.file, 'utf8')).toBe(text)
        if (rows.length > 0) given += 1
      })
      .afterEach(endClouds),
    { ...tries(6, 100), endOnFailure: true },
  )
  expect(given).toBeGreaterThan(0)
})
