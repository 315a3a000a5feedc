import { readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { moments } from '../../support/effort.ts'
import { run } from '../e2e/support/binary.ts'
import { filesOf } from '../e2e/support/kills.ts'
import { drifted, head, open } from './support.ts'

const hook = fileURLToPath(new URL('../e2e/support/kill-at-change.mjs', import.meta.url))
const declared = 'permission_sets: # all\n  Look: { description: Old } # one\n'
const extra = '  Tmp: {}\n'
const live = `${declared.replace('Old', 'New')}${extra}`

it.each([
  ['adopt', 'permission-set/Look', declared.replace('Old', 'New')],
  ['ignore', 'permission-set/Tmp', `${declared}ignore:\n  permission_sets: [Tmp]\n`],
])(
  '%s killed between its proof and the end of its writing leaves the old file or the new one, and the next run finishes it',
  async (command, address, becomes) => {
    const office = await drifted(live, declared)
    const { desk } = office
    const file = join(desk.work, 'sso.yaml')
    const before = filesOf(desk.work)
    const [old, next] = [head + declared, head + becomes]
    const hooked = (nth: number) =>
      run(desk, [command, address], {
        NODE_OPTIONS: `--import=${hook}`,
        KILL_AT: String(nth),
        KILL_BELOW: realpathSync(desk.work),
      })
    const undisturbed = await hooked(0)
    expect(undisturbed.code, undisturbed.stderr).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(next)
    const after = filesOf(desk.work)
    expect(after.filter((line) => !before.includes(line))).toHaveLength(1)
    const count = Number(/^changes: (\d+)$/m.exec(undisturbed.stderr)?.[1])
    expect(count).toBeGreaterThanOrEqual(4)
    const met = new Set<string>()
    for (const nth of moments(`${command} killed before changes`, count, 5)) {
      writeFileSync(file, old)
      expect(await hooked(nth)).toMatchObject({ code: null })
      const left = readFileSync(file, 'utf8')
      expect([old, next]).toContain(left)
      met.add(left)
      // A plan goes by the file, whatever is left beside it.
      expect((await open(office)).some((one) => one.endsWith(address))).toBe(left === old)
      const again = await run(desk, [command, address])
      expect({ nth, code: again.code, files: filesOf(desk.work) }, again.stderr).toEqual({ nth, code: 0, files: after })
    }
    expect(met).toContain(old)
  },
  600_000,
)
