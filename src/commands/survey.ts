import type { Transport } from '../aws/connect.ts'
import type { Look } from '../kinds/kind.ts'
import { asksAws } from '../kinds/sections.ts'
import type { SheetName } from '../kinds/sheet.ts'
import { desiredGiven, desiredState, unseenState } from '../kinds/states.ts'
import type { FileSnapshot } from '../local/file.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Sides } from '../plan/diff.ts'
import type { Session } from './context.ts'
import { machineNotes } from './machine-notes.ts'
import { observeAws, selectsCloud, type Viewing } from './observe-cloud.ts'
import { observeFiles, readFiles } from './observe-local.ts'

/** Both sides, with what is needed to look further and to change the live one. */
export interface Survey {
  readonly sides: Sides
  /** Absent when nothing was read from AWS. */
  readonly cloud?: { readonly transport: Transport; readonly look: Look }
  /** The files of this machine as they were read. */
  readonly files: ReadonlyMap<SheetName, FileSnapshot>
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads everything once: a new look at AWS and at this machine. */
export async function survey(session: Session, viewing?: Viewing): Promise<Survey> {
  const { manifest, selected } = session
  const reading = readFiles(session)
  // Whoever waits for it later gets the failure; a failure before that must not end the process.
  reading.catch(() => undefined)
  const cloud = needsAws(session) ? await observeAws(session, viewing) : undefined
  const facts = cloud?.look.facts ?? (await offline(session))
  const { files, diagnostics } = await reading
  const live = { ...(cloud?.live ?? unseenState()), ...observeFiles(files, facts) }
  const wanted = cloud?.look.desired ?? desiredState(manifest, facts)
  const all = viewing?.user === undefined ? { wanted, isWhole: isWhole(session) } : {}
  const desired = desiredGiven(wanted, { manifest, facts, live, ...all })
  return {
    sides: { manifest, facts, desired, live, selected },
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
function isWhole({ options: { onlyWords, target } }: Session): boolean {
  return onlyWords === undefined && target === undefined
}

async function offline({ manifest, shell }: Session): Promise<Facts> {
  const { offlineFacts } = await import('../aws/facts.ts')
  return offlineFacts(manifest, shell.clock.now())
}

// A manifest for a laptop that says everything a profile needs works without a connection and without credentials.
function needsAws(session: Session): boolean {
  return selectsCloud(session) && asksAws(session.manifest)
}
