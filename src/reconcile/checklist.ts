import { readTextFile } from '../local/files/file.ts'
import { recorded, stillToDo } from '../manifest/edit/checklist.ts'
import type { Plan } from '../model/plan.ts'
import { editManifest } from '../session/manifest.ts'
import type { Session } from '../session/runtime.ts'
import { shown } from '../text/shown.ts'

/**
 * Offers a person at a terminal to write today's date behind checklist steps that are done. Only steps that the manifest names as
 * `todo` are offered, and only what is chosen is written.
 */
export async function offerToRecord({ byHand }: Plan, { runtime, options, route }: Session): Promise<void> {
  if (!runtime.terminal.interactive || options.format !== 'text' || options.quiet) return
  const { text } = await readTextFile(options.file)
  if (text === undefined) return
  const open = stillToDo(
    text,
    byHand.map(({ key }) => key),
  )
  if (open.length === 0) return
  const done = await runtime.terminal.choose(
    `Which of these are done? Today's date is written into ${options.file}. (Enter for none)`,
    open,
  )
  if (done === undefined || done.length === 0) return
  const today = route.clock.now().toISOString().slice(0, 10)
  await editManifest(options.file, (now) => recorded(now, done, today), runtime)
  runtime.err(`${shown(`recorded in ${options.file}: ${done.join(', ')}`)}\n`)
}
