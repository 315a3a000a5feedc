import type { Outcomes } from '../apply/progress.ts'
import { kindNamed } from '../kinds/index.ts'
import { doneBefore, missingKeys, todoLine, withSteps, withTodo } from '../manifest/edit/checklist.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Plan } from '../model/plan.ts'
import { editManifest, readManifest, readsAs } from '../session/manifest.ts'
import type { CommonOptions, Runtime, Session } from '../session/runtime.ts'
import { tell } from '../session/tell.ts'
import { listed } from '../text/list.ts'

/** So many steps are told as the checklist has them; the rest of a hundred looks alike. */
const few = 5

/**
 * Writes the steps that a run has made necessary into the checklist as `todo`, so that every plan lists them until they are done, and
 * says so. Where the manifest has no checklist, or one that cannot be added to, it says what to add. Asks nothing and never fails.
 */
export async function recordSteps({ operations }: Plan, outcomes: Outcomes, session: Session): Promise<void> {
  const { manifest, runtime, options } = session
  const caused = operations.flatMap(({ kind, verb, address }) => {
    const isDone = outcomes.get(address)?.result === 'done'
    return isDone ? (kindNamed(kind).byHand?.(verb, address, manifest.manifest.identity_center.region)?.key ?? []) : []
  })
  const old = doneBefore(manifest.manifest, caused)
  if (old.length > 0) {
    const told = `${options.file} lists as done: ${listed(old)}, which was before this run created the user; it has to be done again, so replace the date with todo until it is`
    tell(runtime, told)
  }
  const keys = missingKeys(manifest.manifest, caused)
  if (keys.length === 0) return
  const words = (await isRecorded(keys, runtime, options))
    ? `recorded in ${options.file}, under checklist: ${todoLine(keys, few)}; plans list this until todo is replaced with the date it was done`
    : `${listed(keys)} ${keys.length === 1 ? 'is' : 'are'} still to do; to have every plan list ${keys.length === 1 ? 'it' : 'them'}, add to ${options.file}: checklist: { ${todoLine(keys, few)} }`
  tell(runtime, words)
}

async function isRecorded(keys: readonly string[], runtime: Runtime, options: CommonOptions): Promise<boolean> {
  try {
    await editManifest(options.file, (text) => edited(keys, text, runtime, options), runtime)
    return true
  } catch (thrown) {
    if (thrown instanceof Refusal) return false
    throw thrown
  }
}

async function edited(keys: readonly string[], text: string, runtime: Runtime, options: CommonOptions) {
  const next = withTodo(text, keys)
  const { manifest } = await readManifest(runtime, options, new Map(), text)
  if (next !== undefined && (await readsAs(runtime, options, next, withSteps(manifest.manifest, keys)))) return next
  throw new Refusal(error('checklist-no-place', `${options.file} has no checklist to add to`))
}
