import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runAt } from '../../../support/here.ts'
import type { Time } from '../../../support/time.ts'
import type { Run, Variables } from '../../e2e/support/binary.ts'
import { newDesk } from '../../e2e/support/desk.ts'

/** A desk whose commands run in this process, with the time of a test. */
export function inside(url: string, time: Time) {
  const desk = newDesk(url)
  const file = join(desk.work, 'sso.yaml')
  return {
    file,
    write: (text: string) => writeFileSync(file, text),
    run: (words: readonly string[], caller: Variables = {}): Promise<Run> => runAt(time, desk, words, caller),
  }
}
