import type { Transport } from '../aws/connect.ts'
import { offlineFacts } from '../aws/facts.ts'
import type { ReadContext } from '../kinds/contexts.ts'
import type { LocalFileName } from '../kinds/local-file.ts'
import type { NotesContext } from '../kinds/notes.ts'
import { asksAws } from '../kinds/sections.ts'
import { desiredState, refinedDesired, unseenState } from '../kinds/states.ts'
import type { FileSnapshot } from '../local/files/file.ts'
import { together } from '../model/coverage.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { PlanInput } from '../plan/diff.ts'
import { timelyWarnings } from '../session/clock.ts'
import type { Session } from '../session/runtime.ts'
import { type Beside, machineNotes, readBeside } from './machine-notes.ts'
import { type ObserveOptions, observeAws, selectsCloud } from './observe-cloud.ts'
import { observeFiles, readFiles, withoutUnread } from './observe-local.ts'
import { withPortal } from './observe-portal.ts'
import { observeShells } from './shells.ts'

/** Both sides, with what is needed to look further and to change the live one. */
export interface Observed {
  readonly input: PlanInput
  /** Absent when nothing was read from AWS. */
  readonly cloud?: { readonly transport: Transport; readonly context: ReadContext }
  /** The files of this machine as they were read. */
  readonly files: ReadonlyMap<LocalFileName, FileSnapshot>
  /** Files of this machine that decide besides, and are never written. */
  readonly beside: Beside
  /** What shells said that were asked. */
  readonly shells: NotesContext['shells']
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads everything once: a new look at AWS and at this machine. */
export async function observe(session: Session, viewing?: ObserveOptions): Promise<Observed> {
  const { manifest, selected } = session
  const { busy } = session.runtime
  const reading = readMachine(session, viewing)
  // Whoever waits for it later gets the failure; a failure before that must not end the process.
  reading.catch(() => undefined)
  const aws = needsAws(session) ? await observeAws(session, viewing) : undefined
  const known = aws?.context.facts ?? offlineFacts(manifest, session.runtime.clock.now())
  const { files, diagnostics, missed, unread, shells } = await reading
  const lengths = [...files.values()].map(({ text = '' }) => text.length)
  const here = await busy(() => observeFiles(files, known), Math.max(0, ...lengths))
  const facts = await withPortal(session, known, here)
  const seen = aws?.live ?? unseenState()
  const live = { ...seen, ...here, covers: together([seen.covers, { unread: missed }]) }
  const isSame = facts === known
  const whole = (isSame && aws?.context.desired) || (await busy(() => desiredState(manifest, facts)))
  const readable = await busy(() => withoutUnread(whole, unread))
  const allDesired = readable.desired
  const cloud = aws && {
    ...aws,
    context: { ...aws.context, facts: { ...aws.context.facts, ...facts }, desired: allDesired },
  }
  const all = viewing?.user === undefined ? { allDesired, isWhole: isWhole(session) } : {}
  const desired = await busy(() => refinedDesired(allDesired, { manifest, facts, live, ...all }))
  const beside = await readBeside(session, desired)
  const notes = await busy(() => machineNotes(session, files, beside, { desired, live, facts, shells }))
  return {
    input: { manifest, facts, desired, live, selected },
    ...(cloud ? { cloud } : {}),
    files,
    beside,
    shells,
    diagnostics: [
      ...timelyWarnings(manifest, facts),
      ...(cloud?.diagnostics ?? []),
      ...diagnostics,
      ...readable.diagnostics,
      ...notes,
    ],
  }
}

// What shells do when they start may touch their files, so these are read afterwards.
async function readMachine(session: Session, viewing: ObserveOptions | undefined) {
  const { paths, looks } = await observeShells(session, viewing)
  return { ...(await readFiles(session, viewing, paths)), shells: looks }
}

/** True when nothing narrows down what is planned. */
function isWhole({ options: { only, target } }: Session): boolean {
  return only === undefined && target === undefined
}

// A manifest for a laptop that says everything a profile needs works without a connection and without credentials.
function needsAws(session: Session): boolean {
  return selectsCloud(session) && asksAws(session.manifest)
}
