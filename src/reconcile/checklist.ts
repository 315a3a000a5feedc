import { readTextFile } from '../local/files/file.ts'
import { recorded, stillToDo } from '../manifest/edit/checklist.ts'
import type { Plan } from '../model/plan.ts'
import { editManifest } from '../session/manifest.ts'
import type { Session } from '../session/runtime.ts'
import { shown } from '../text/shown.ts'

/**
 * Offers a person at a terminal to write today's date behind checklist steps that are done. Only steps that the manifest names as
 * `todo` are offered, and only what is chosen is written. Tells when the person gave up, who then is asked nothing more.
 */
export async function offerToRecord(
  { byHand }: Plan,
  { runtime, options, route }: Session,
): Promise<'given up' | undefined> {
  if (!runtime.terminal.interactive || options.format !== 'text' || options.quiet) return undefined
  // In a rehearsal nothing of AWS was done by hand.
  if (options.sandbox !== undefined) return undefined
  const { text } = await readTextFile(options.file)
  if (text === undefined) return undefined
  const open = stillToDo(
    text,
    byHand.map(({ key }) => key),
  )
  if (open.length === 0) return undefined
  const done = await runtime.terminal.choose(
    `Which of these are done? Today's date is written into ${options.file}. (Enter for none)`,
    open,
  )
  if (done === undefined) return 'given up'
  if (done.length === 0) return undefined
  const today = route.clock.now().toISOString().slice(0, 10)
  await editManifest(options.file, (now) => recorded(now, done, today), runtime)
  runtime.err(`${shown(`recorded in ${options.file}: ${done.join(', ')}`)}\n`)
  return undefined
}
