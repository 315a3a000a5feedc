import type { Transport } from '../aws/connect.ts'
import type { Reader } from '../aws/port.ts'
import { accountIds, inactive, unresolved } from '../kinds/account.ts'
import { cloudKinds, kinds, localKinds } from '../kinds/index.ts'
import type { Look } from '../kinds/kind.ts'
import type { Sheet, SheetName } from '../kinds/sheet.ts'
import { sheets } from '../kinds/sheets.ts'
import { type FileSnapshot, readTextFile } from '../local/file.ts'
import type { Manifest } from '../manifest/types.ts'
import { type KindName, kindNames } from '../model/address.ts'
import { type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Entries, State } from '../model/state.ts'
import type { Sides } from '../plan/diff.ts'
import type { Session } from './context.ts'
import { machineNotes } from './machine-notes.ts'
import { inSandbox } from './sandbox-trouble.ts'

/** Both sides, with what is needed to change the live one. */
export interface Survey {
  readonly sides: Sides
  /** Absent when nothing was read from AWS. */
  readonly transport?: Transport
  /** The files of this machine as they were read. */
  readonly files: ReadonlyMap<SheetName, FileSnapshot>
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads everything once: a new look at AWS and at this machine. */
export async function survey(session: Session): Promise<Survey> {
  const { manifest, selected } = session
  const reading = readFiles(session)
  // Whoever waits for it later gets the failure; a failure before that must not end the process.
  reading.catch(() => undefined)
  const cloud = needsAws(session) ? await readCloud(session) : undefined
  const facts = cloud?.facts ?? (await offline(session))
  const desired = cloud?.desired ?? wantedState(session, facts)
  const { files, diagnostics } = await reading
  const live = { ...cloud?.live, ...readLocal(files, facts) } as State
  return {
    sides: { manifest, facts, desired, live: complete(live), selected },
    ...(cloud ? { transport: cloud.transport } : {}),
    files,
    diagnostics: [
      ...manifest.warnings,
      ...inactive(manifest, facts),
      ...diagnostics,
      ...(await machineNotes(session, files, { desired, live, facts })),
    ],
  }
}

async function offline({ manifest, shell }: Session): Promise<Facts> {
  const { offlineFacts } = await import('../aws/facts.ts')
  return offlineFacts(manifest, shell.clock.now())
}

async function readCloud(session: Session) {
  const [{ connect }, { look }, { readFacts }] = await Promise.all([
    import('../aws/connect.ts'),
    import('../aws/reader.ts'),
    import('../aws/facts.ts'),
  ])
  const transport = connect(session.route)
  const reader = look(transport)
  ahead(reader, session)
  const facts = await readFacts(reader, session.manifest, session.shell.clock.now()).catch((thrown) =>
    inSandbox(thrown, session),
  )
  const problems = unresolved(session.manifest, facts)
  if (problems.length > 0) throw new Refusal(problems)
  const desired = wantedState(session, facts)
  if (![...session.selected].some((name) => kinds[name].side === 'cloud'))
    return { transport, facts, desired, live: {} }
  const still = await settledReader(session, reader, transport, facts.instance.arn)
  const live = await readLive({
    reader: still,
    facts,
    manifest: session.manifest,
    desired,
    thorough: session.options.thorough,
  })
  return { transport, facts, desired, live }
}

// What every look needs is asked for as soon as the instance is known, so that it costs no round trip of its own.
function ahead(reader: Reader, { selected }: Session): void {
  if (![...selected].some((name) => kinds[name].side === 'cloud')) return
  const start = async () => {
    const [only, second] = await reader.list('ListInstances', {})
    if (!only?.InstanceArn || !only.IdentityStoreId || second) return
    const { inFlight } = await import('../aws/in-flight.ts')
    await Promise.allSettled([
      reader.get('DescribeInstance', { InstanceArn: only.InstanceArn }),
      reader.list('ListUsers', { IdentityStoreId: only.IdentityStoreId }),
      reader.list('ListGroups', { IdentityStoreId: only.IdentityStoreId }),
      reader.list('ListPermissionSets', { InstanceArn: only.InstanceArn }),
      inFlight(reader, only.InstanceArn),
    ])
  }
  // Whoever needs an answer asks again, gets the same promise, and reports its failure.
  start().catch(() => undefined)
}

/** The look to read with: this one when nothing is in flight, else a new one once everything has settled. */
async function settledReader(
  session: Session,
  reader: Reader,
  transport: Transport,
  instance: string,
): Promise<Reader> {
  const { settledLook } = await import('../aws/in-flight.ts')
  let told = 0
  const tell = (running: number) => {
    if (running === told || session.options.quiet) return
    told = running
    session.shell.err(
      `waiting for ${running} earlier request${running === 1 ? '' : 's'} of Identity Center to finish\n`,
    )
  }
  return settledLook(reader, () => transport, instance, session.shell.clock, tell)
}

async function readLive(look: Look): Promise<Partial<State>> {
  const entries = await Promise.all(cloudKinds.map(async (kind) => [kind.name, await kind.live(look)] as const))
  return Object.fromEntries(entries)
}

interface Reading {
  readonly files: ReadonlyMap<SheetName, FileSnapshot>
  readonly diagnostics: readonly Diagnostic[]
}

async function readFiles({ env, home, selected, manifest }: Session): Promise<Reading> {
  const names = new Set(localKinds.flatMap((kind) => (selected.has(kind.name) ? kind.sheets : [])))
  const all = [...names].map((name) => sheets[name]).filter((sheet) => sheet.concerns(manifest.manifest) !== 'no')
  const read = await Promise.all(all.map((sheet) => readSheet(sheet, sheet.path({ env, home }), manifest.manifest)))
  return {
    files: new Map(read.flatMap((one, index) => ('path' in one ? [[all[index]?.name as SheetName, one]] : []))),
    diagnostics: read.flatMap((one) => ('path' in one ? [] : one)),
  }
}

// A file the manifest wants nothing in can at most hold something of ours from before: that alone must not stop a run.
async function readSheet(sheet: Sheet, path: string, manifest: Manifest): Promise<FileSnapshot | Diagnostic[]> {
  try {
    return await readTextFile(path)
  } catch (thrown) {
    if (sheet.concerns(manifest) === 'yes' || !(thrown instanceof Refusal)) throw thrown
    return thrown.diagnostics.map((one) => ({ ...one, severity: 'warning' }))
  }
}

function readLocal(files: ReadonlyMap<SheetName, FileSnapshot>, { owner }: Facts): Partial<State> {
  return Object.fromEntries(
    localKinds.map((kind) => {
      const entries = kind.sheets.flatMap((sheet) => {
        const file = files.get(sheet)
        return file ? [...kind.live(file.text ?? '', file.path, sheet, owner)] : []
      })
      return [kind.name, new Map(entries)]
    }),
  )
}

function wantedState({ manifest }: Session, facts: Facts): State {
  return Object.fromEntries(kindNames.map((name) => [name, kinds[name].desired(manifest, facts)])) as unknown as State
}

function complete(state: Partial<State>): State {
  return Object.fromEntries(
    kindNames.map((name: KindName) => [name, (state[name] ?? new Map()) as Entries]),
  ) as unknown as State
}

// A manifest for a laptop that says everything a profile needs works without a connection and without credentials.
function needsAws({ manifest, selected, shell }: Session): boolean {
  if (![...selected].some((name) => kinds[name].side === 'cloud')) return false
  const { users, groups, permission_sets, assignments, absent, identity_center, local } = manifest.manifest
  if (users || groups || permission_sets || assignments || absent) return true
  const facts = { now: shell.clock.now(), region: '', owner: '', accounts: [] as Facts['accounts'] }
  const management = manifest.manifest.accounts?.management
  const known = { ...facts, ...(management ? { management } : {}) }
  const resolved = Object.values(local?.profiles ?? {}).every(
    (one) => accountIds(one.account, manifest, known).length === 1,
  )
  return !(resolved && identity_center.start_url)
}
