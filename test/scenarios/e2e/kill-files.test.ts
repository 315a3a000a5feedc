import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { moments } from '../../support/effort.ts'
import { run } from './support/binary.ts'
import { configPath, type Desk, laptop, newDesk } from './support/desk.ts'
import { apply, filesOf, foreign } from './support/kills.ts'

const hook = fileURLToPath(new URL('./support/kill-at-change.mjs', import.meta.url))

for (const { home, config, least } of [
  { home: 'empty', config: undefined, least: 6 },
  { home: 'in use', config: foreign, least: 10 },
])
  test.concurrent(`killed between any two file operations in a home that is ${home}, an apply is finished by the next one`, async () => {
    const deskWith = () => {
      const desk = newDesk(undefined, laptop)
      if (config === undefined) return desk
      mkdirSync(join(desk.home, '.aws'))
      writeFileSync(configPath(desk.home), config)
      return desk
    }
    const hooked = (desk: Desk, nth: number) =>
      run(desk, apply, { NODE_OPTIONS: `--import=${hook}`, KILL_AT: String(nth), KILL_BELOW: desk.home })
    const whole = deskWith()
    const undisturbed = await hooked(whole, 0)
    expect(undisturbed).toMatchObject({ code: 0 })
    const end = filesOf(whole.home)
    const count = Number(/^changes: (\d+)$/m.exec(undisturbed.stderr)?.[1])
    expect(count).toBeGreaterThanOrEqual(least)
    const proven = new Set<string>()
    for (const nth of moments(`an apply in a home that is ${home}, killed before changes`, count, 4)) {
      const desk = deskWith()
      expect(await hooked(desk, nth)).toMatchObject({ code: null })
      const left = JSON.stringify(filesOf(desk.home))
      if (proven.has(left)) continue
      proven.add(left)
      const again = await run(desk, apply)
      expect({ nth, code: again.code, home: filesOf(desk.home) }, again.stderr).toEqual({ nth, code: 0, home: end })
    }
  }, 600_000)
