import type { ReadContext, WriteContext } from '../kinds/contexts.ts'
import { kinds } from '../kinds/index.ts'
import type { CloudKind } from '../kinds/kind.ts'
import { byAws } from '../model/aws-time.ts'
import { bell } from '../model/bell.ts'
import type { Circumstance, Operation, Outcome } from '../model/operation.ts'
import { entryAt } from '../model/state.ts'
import { failed } from './failed.ts'
import { begin, locksOut, obstacle, type Run, settle, waitsOf } from './progress.ts'

/** Operations in flight at a time: as many assignment creations as AWS lets be outstanding for an instance (UG/limits). */
const width = 15

/** Runs operations of one phase side by side, each as soon as what it waits for has ended. */
export async function runCloud(operations: readonly Operation[], current: Run): Promise<void> {
  const waiting = new Set(operations)
  // AWS counts fewer than there are of which is not known how they ended.
  const [running, counted] = [new Set<Operation>(), new Set<Operation>()]
  // Outcomes tell what failed; what is thrown all the same ends the run.
  const defects: unknown[] = []
  const room = bell()
  const start = (operation: Operation) => {
    const leave = () => {
      counted.delete(operation)
      room.ring()
    }
    waiting.delete(operation)
    counted.add(operation)
    running.add(operation)
    const end = () => {
      running.delete(operation)
      leave()
    }
    const over = () => {
      leave()
      current.options.onOver?.(operation.address)
    }
    runOne(operation, current, over)
      .catch((thrown: unknown) => defects.push(thrown))
      .finally(end)
  }
  const mayStart = (one: Operation) => hasRoom(one, counted) && isReady(one, current)
  while (waiting.size > 0 || running.size > 0) {
    for (const operation of [...waiting]) {
      // Thousands wait: none of them has to be looked at while there is no room for any.
      if (counted.size >= width) break
      if (mayStart(operation) && !locksOut(current, operation)) start(operation)
    }
    // What would lock people out now may do so no more when others have ended; when there are no others, it does.
    const last = running.size === 0 ? [...waiting].find(mayStart) : undefined
    if (last) start(last)
    if (running.size === 0) throw new Error('operations wait for each other')
    await room.rung()
    if (defects.length > 0) throw defects[0]
  }
}

function hasRoom({ kind, verb }: Operation, counted: ReadonlySet<Operation>): boolean {
  const limit = (kinds[kind] as CloudKind).atOnce?.[verb] ?? width
  const alike = [...counted].filter((other) => other.kind === kind && other.verb === verb)
  return counted.size < width && alike.length < limit
}

function isReady(operation: Operation, current: Run): boolean {
  return waitsOf(operation, current).every((at) => current.outcomes.has(at))
}

async function runOne(operation: Operation, current: Run, over: () => void): Promise<void> {
  const problem = obstacle(current, operation)
  if (problem) return settle(current, operation, { result: 'skipped', message: problem })
  const { clock } = current.options
  const started = clock.now().getTime()
  begin(current, operation)
  const outcome = await attempt(operation, current, over)
  settle(current, operation, outcome, Math.round((clock.now().getTime() - started) / 1000))
}

async function attempt(operation: Operation, current: Run, over: () => void): Promise<Outcome> {
  let how: Circumstance | undefined
  const note = (one: Circumstance) => {
    how = one
  }
  const context = { ...writeContextOf(current), note, over }
  try {
    const kind = kinds[operation.kind] as CloudKind
    const ref = await kind.apply(operation, context)
    return { result: 'done', ...(ref ? { ref } : {}), ...(how ? { how } : {}) }
  } catch (thrown) {
    return failed(thrown)
  }
}

function writeContextOf(current: Run): Omit<WriteContext, 'note' | 'over'> {
  const { writer, watch, clock, live } = current.options
  const { facts } = watch
  if (!writer || !facts.instance) throw new Error('operations of Identity Center were planned without a connection')
  return {
    writer,
    facts: facts as ReadContext['facts'],
    entry: (at) => entryAt(live, at),
    now: () => byAws(clock.now(), facts.time),
    ref(at) {
      // A delete in flight has left the state already, but its id is still what names it.
      const ref = (entryAt(current.state, at) ?? entryAt(live, at))?.ref
      if (!ref) throw new Error(`no id is known for ${at}`)
      return ref
    },
  }
}
