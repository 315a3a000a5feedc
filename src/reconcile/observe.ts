import type { Transport } from '../aws/connect.ts'
import { offlineFacts } from '../aws/facts.ts'
import type { ReadContext } from '../kinds/contexts.ts'
import type { LocalFileName } from '../kinds/local-file.ts'
import { asksAws } from '../kinds/sections.ts'
import { desiredState, refinedDesired, unseenState } from '../kinds/states.ts'
import type { FileSnapshot } from '../local/files/file.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { PlanInput } from '../plan/diff.ts'
import type { Session } from '../session/runtime.ts'
import { machineNotes } from './machine-notes.ts'
import { type ObserveOptions, observeAws, selectsCloud } from './observe-cloud.ts'
import { observeFiles, readFiles } from './observe-local.ts'

/** Both sides, with what is needed to look further and to change the live one. */
export interface Observed {
  readonly input: PlanInput
  /** Absent when nothing was read from AWS. */
  readonly cloud?: { readonly transport: Transport; readonly context: ReadContext }
  /** The files of this machine as they were read. */
  readonly files: ReadonlyMap<LocalFileName, FileSnapshot>
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads everything once: a new look at AWS and at this machine. */
export async function observe(session: Session, viewing?: ObserveOptions): Promise<Observed> {
  const { manifest, selected } = session
  const reading = readFiles(session, viewing)
  // Whoever waits for it later gets the failure; a failure before that must not end the process.
  reading.catch(() => undefined)
  const cloud = needsAws(session) ? await observeAws(session, viewing) : undefined
  const facts = cloud?.context.facts ?? offlineFacts(manifest, session.runtime.clock.now())
  const { files, diagnostics } = await reading
  const live = { ...(cloud?.live ?? unseenState()), ...observeFiles(files, facts) }
  const allDesired = cloud?.context.desired ?? desiredState(manifest, facts)
  const all = viewing?.user === undefined ? { allDesired, isWhole: isWhole(session) } : {}
  const desired = refinedDesired(allDesired, { manifest, facts, live, ...all })
  return {
    input: { manifest, facts, desired, live, selected },
    ...(cloud ? { cloud } : {}),
    files,
    diagnostics: [
      ...manifest.warnings,
      ...(cloud?.diagnostics ?? []),
      ...diagnostics,
      ...(await machineNotes(session, files, { desired, live, facts })),
    ],
  }
}

/** True when nothing narrows down what is planned. */
function isWhole({ options: { only, target } }: Session): boolean {
  return only === undefined && target === undefined
}

// A manifest for a laptop that says everything a profile needs works without a connection and without credentials.
function needsAws(session: Session): boolean {
  return selectsCloud(session) && asksAws(session.manifest)
}
