import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { TablesJson } from '../../../src/sandbox/state/state.ts'
import { isFull, tries } from '../../support/effort.ts'
import { newTime } from '../../support/time.ts'
import { type Cloud, endClouds, management, members, newCloud } from './support/cloud.ts'
import { entitled, holds } from './support/entitled.ts'
import { inside } from './support/inside.ts'
import { closing, type Living, living, wishes } from './support/living.ts'
import { manifestText } from './support/office.ts'

vi.setConfig({ testTimeout: isFull ? 3_600_000 : 240_000 })

interface Row {
  readonly user: string
  readonly account: string
  readonly account_label: string
  readonly permission_set: string
  readonly session_duration: string
  readonly group?: string
  readonly orphan: boolean
}

async function scene({ contents, closes, caller, outdated }: Living, wish: Readonly<Record<string, unknown>>) {
  const cloud = await newCloud({ contents, faults: { looks: 0, seconds: 0 } })
  await outdate(cloud, outdated)
  if (closes) await cloud.put(members.map((one) => (one.id === closing ? { ...one, state: 'SUSPENDED' } : one)))
  const as = caller ? await cloud.signedIn(caller[0], caller[1], management) : {}
  const desk = inside(cloud.url, newTime())
  desk.write(manifestText(wish))
  const access = async () => {
    const { stdout } = await desk.run(['access', '--json'])
    return (JSON.parse(stdout) as { access: Row[] }).access.filter(({ orphan }) => !orphan)
  }
  const plan = async () => {
    const { stdout } = await desk.run(['plan', '--json', '--max-deletes', '99'], as)
    return JSON.parse(stdout) as { access: { gained: string[]; lost: string[] }; operations: unknown[] }
  }
  return { cloud, access, plan, apply: () => desk.run(['apply', '--yes', '--max-deletes', '99'], as) }
}

/** Changes sets without bringing the accounts up to date that hold them. */
async function outdate(cloud: Cloud, names: readonly string[]): Promise<void> {
  const tables = await cloud.export()
  const sets = Object.entries(tables.permissionSets ?? {}).map(([key, row]) => {
    const version = row.version + Number(names.includes(row.name))
    return [key, { ...row, version }]
  })
  await cloud.restore({ ...tables, permissionSets: Object.fromEntries(sets) })
}

it('takes the last administrator or the access of whoever runs it only with a refusal, and tells numbers and names as access does', async () => {
  let applied = 0
  let refused = 0
  await fc.assert(
    fc
      .asyncProperty(living, wishes, async (live, wish) => {
        const { cloud, access, plan, apply } = await scene(live, wish)
        const [tables, rows, planned] = [await cloud.export(), await access(), await plan()]
        const { code, stderr } = await apply()
        const after = await cloud.export()
        const revoked = Object.keys((wish.revoked ?? {}) as object)
        if (entitled(after, revoked).sure.size === 0) expect(losers(tables, after), stderr).toEqual([])
        if (live.caller && holds(tables, ...live.caller, management))
          expect(holds(after, ...live.caller, management), stderr).toBe(true)
        if (code !== 0) {
          if (/leave nobody with|removes the access/.test(stderr)) refused += 1
          return
        }
        applied += 1
        const now = await access()
        expect(toldRows(planned.access.lost, rows), planned.access.lost.join('\n')).toEqual(missing(rows, now))
        expect(toldRows(planned.access.gained, now), planned.access.gained.join('\n')).toEqual(missing(now, rows))
      })
      .afterEach(endClouds),
    { ...tries(20, 300), endOnFailure: true },
  )
  // Both ends must have been reached, or the test has proven nothing.
  expect({ applied: applied > 0, refused: refused > 0 }).toEqual({ applied: true, refused: true })
})

/** Users who could do everything in the management account, or could do so for sure, and can no longer. */
function losers(before: TablesJson, after: TablesJson): readonly string[] {
  const [was, is] = [entitled(before), entitled(after)]
  return [...was.possible].filter((user) => !is.possible.has(user) || (was.sure.has(user) && !is.sure.has(user)))
}

/** Rows that are in one report and not in the other, as words. */
function missing(these: readonly Row[], those: readonly Row[]): readonly string[] {
  const others = new Set(those.map(words))
  return these
    .filter((row) => !others.has(words(row)))
    .map(words)
    .sort()
}

function words({ user, permission_set, session_duration, account_label, group = '' }: Row): string {
  return [user, permission_set, session_duration, account_label, group].join(' | ')
}

/** The rows that sentences of a plan speak of; a sentence about a group has to name the number of its members in the report. */
function toldRows(sentences: readonly string[], report: readonly Row[]): readonly string[] {
  const form =
    /^(?:members of (?<group>\S+) \((?<count>\d+)\)|(?<user>\S+)) (?:lose|get)s? (?<set>\S+) \((?<duration>\S+)\) on (?<label>.+?)(?: through (?<through>\S+))?$/
  const told = sentences.flatMap((sentence) => {
    const { group, count, user, set, duration, label, through } = form.exec(sentence)?.groups ?? {}
    const rows = report.filter(
      (row) =>
        row.permission_set === set &&
        row.session_duration === duration &&
        row.account_label === label &&
        row.group === (group ?? through) &&
        (group !== undefined || row.user === user),
    )
    expect(rows, `${sentence}\n${report.map(words).join('\n')}`).toHaveLength(Number(count ?? 1))
    return rows.map(words)
  })
  return [...new Set(told)].sort()
}
