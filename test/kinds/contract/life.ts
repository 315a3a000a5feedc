import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Reader, Writer } from '../../../src/aws/port.ts'
import type { ReadContext } from '../../../src/kinds/contexts.ts'
import { kindNamed } from '../../../src/kinds/index.ts'
import type { CloudKind } from '../../../src/kinds/kind.ts'
import { planScope } from '../../../src/kinds/scopes.ts'
import { desiredState } from '../../../src/kinds/states.ts'
import type { Manifest } from '../../../src/manifest/types.ts'
import { error, Refusal } from '../../../src/model/diagnostic.ts'
import type { Operation } from '../../../src/model/operation.ts'
import type { KindName } from '../../../src/model/specs.ts'
import type { Run } from '../../scenarios/e2e/support/binary.ts'
import { runAt } from '../../support/here.ts'
import { ourTime } from '../../support/time.ts'
import type { Example } from './example.ts'
import { facts, instance, read, whole } from './paper.ts'

/**
 * Takes the thing of an example through its life with the commands a person would use, against the embedded Identity Center over its
 * socket: create, nothing left to do, change, init, delete. Gives what went wrong, in sentences.
 */
export async function problemsInLife(name: KindName, example: Example): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'))
  const kind = kindNamed(name)
  const sent = kind.side === 'cloud' ? recording(kind) : undefined
  try {
    const told = await live(example, folder)
    const undeclared = [...(sent?.names.keys() ?? [])].filter(
      (one) => !(kind.side === 'cloud' && one in kind.operations),
    )
    const unneeded = [...(sent?.unneeded ?? [])].map(
      (one) => `operations: it sends ${one} for a manifest that does not need it as it declares`,
    )
    const unknown = undeclared.map((one) => `operations: it sends ${one}, which it does not declare`)
    return [...told, ...unknown, ...unneeded].map((problem) => `${name}: ${problem}`)
  } finally {
    sent?.restore()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Reads by which it is told whose a permission set is; all others are of what a manifest concerns. */
const ofStrangers = ['DescribePermissionSet', 'ListTagsForResource']

/** Which reads of a kind grow with what others keep in the same instance, and must not. */
export async function problemsInCrowd(name: KindName, example: Example): Promise<readonly string[]> {
  const kind = kindNamed(name)
  if (kind.side !== 'cloud') return []
  const [few, many] = [await readsAmong(12, kind, example), await readsAmong(24, kind, example)]
  const grown = [...many].filter(([operation, count]) => count > (few.get(operation) ?? 0))
  return grown
    .filter(([operation]) => !ofStrangers.includes(operation))
    .map(
      ([operation, count]) =>
        `observe: ${operation} is sent ${few.get(operation) ?? 0} times among 12 strangers, ${count} times among 24`,
    )
}

async function readsAmong(strangers: number, kind: CloudKind, example: Example): Promise<ReadonlyMap<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'))
  try {
    await writeFile(join(folder, 'sso.yaml'), whole(crowd(strangers, example.applications)))
    const before = await run(['plan'], folder)
    const sent = recording(kind)
    await writeFile(join(folder, 'sso.yaml'), whole(example.with))
    const after = await run(['plan'], folder).finally(sent.restore)
    // What was not read cannot grow.
    if (before.code !== 0 || after.code !== 0 || sent.names.size === 0) throw new Error(before.stderr + after.stderr)
    return sent.names
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

// Whatever a manifest presupposes, a new sandbox has.
function crowd(size: number, applications: readonly string[] = []): string {
  const rows = Array.from({ length: size }, (_, index) => `  stranger-${index}: { external: true }\n`).join('')
  const further = Array.from({ length: size }, (_, index) => `stranger-${index}`)
  const named = [...applications, ...further].map((name) => `  ${name}: {}\n`).join('')
  return `users:\n${rows}groups:\n${rows}permission_sets:\n${rows}applications:\n${named}`
}

async function live(example: Example, folder: string): Promise<readonly string[]> {
  const stages = [
    ['without', example.without],
    ['with', example.with],
    ...(example.changed === undefined ? [] : [['changed', example.changed]]),
  ] as const
  const problems: string[] = []
  for (const [stage, manifest] of stages) problems.push(...(await carriedOut(stage ?? '', manifest ?? '', folder)))
  if (example.adopted !== undefined) problems.push(...(await adopted(example, example.adopted, folder)))
  problems.push(...(await carriedOut('gone', example.gone ?? example.without, folder)))
  const { operations } = await planned(folder)
  return [...problems, ...operations.map((one) => `${one.address} is still to ${one.verb} when it is gone`)]
}

async function carriedOut(stage: string, manifest: string, folder: string): Promise<readonly string[]> {
  await writeFile(join(folder, 'sso.yaml'), whole(manifest))
  const { code, stdout, stderr } = await run(['apply', '--yes'], folder)
  if (code !== 0) return [`apply of "${stage}" ended with ${code}:\n${stdout}${stderr}`]
  const again = await run(['plan'], folder)
  return /^No changes\./m.test(again.stdout)
    ? []
    : [`after apply of "${stage}" a plan says:\n${again.stdout}${again.stderr}`]
}

async function adopted(example: Example, words: string, folder: string): Promise<readonly string[]> {
  const { code, stderr } = await run(['init', '--force'], folder)
  if (code !== 0) return [`adopt: init ended with ${code}:\n${stderr}`]
  const text = await readFile(join(folder, 'sso.yaml'), 'utf8')
  const { operations } = await planned(folder)
  return [
    ...(text.includes(words) ? [] : [`adopt: init does not write "${words}" for ${example.address}:\n${text}`]),
    ...operations.map((one) => `adopt: the plan of what init wrote would ${one.verb} ${one.address}`),
  ]
}

async function planned(folder: string): Promise<{ readonly operations: readonly Operation[] }> {
  const { stdout } = await run(['plan', '--json'], folder)
  return JSON.parse(stdout)
}

function run(words: readonly string[], folder: string): Promise<Run> {
  const desk = { folder, home: folder, work: folder }
  return runAt(ourTime, desk, [...words, '--sandbox-dir', join(folder, 'sandbox')])
}

/** Notes the operations that a kind reads and writes with, until it is restored. */
function recording(kind: CloudKind) {
  const names = new Map<string, number>()
  const unneeded = new Set<string>()
  const { observe, apply } = kind
  let manifest: Manifest | undefined
  const note = (operation: string) => {
    names.set(operation, (names.get(operation) ?? 0) + 1)
    const use = new Map(Object.entries(kind.operations)).get(operation)
    if (manifest && typeof use === 'function' && !use(manifest)) unneeded.add(operation)
  }
  Object.assign(kind, {
    observe: (context: ReadContext) => {
      // Whoever runs init asks for more than a manifest needs.
      manifest = context.scope.settings ? undefined : context.manifest.manifest
      return observe.call(kind, { ...context, reader: noting(context.reader, note) })
    },
    apply: (operation: Parameters<typeof apply>[0], context: Parameters<typeof apply>[1]) =>
      apply.call(kind, operation, {
        ...context,
        writer: { ...context.writer, ...notingWriter(context.writer, note) },
      }),
  })
  return { names, unneeded, restore: () => Object.assign(kind, { observe, apply }) }
}

function noting(reader: Reader, note: Note): Reader {
  return {
    get: (operation, input) => reader.get(noted(note, operation), input),
    list: (operation, input) => reader.list(noted(note, operation), input),
  }
}

function notingWriter(writer: Writer, note: Note): Writer {
  return {
    ...noting(writer, note),
    send: (operation, input, look) => writer.send(noted(note, operation), input, look),
    settle: (change, holds) => writer.settle(change, holds),
    follow: (...how) => writer.follow(...how),
    until: (what, look) => writer.until(what, look),
  }
}

type Note = (operation: string) => void

function noted<N extends string>(note: Note, operation: N): N {
  note(operation)
  return operation
}

/** What goes wrong where AWS lets the caller read nothing of a kind: that must never pass for an empty account. */
export async function problemsWhenDenied(name: KindName, example: Example): Promise<readonly string[]> {
  const kind = kindNamed(name)
  if (kind.side !== 'cloud') return []
  const manifest = await read(example.with)
  const desired = desiredState(manifest, facts)
  const denied = () => Promise.reject(new Refusal(error('aws-access-denied', 'AWS says no')))
  const scope = planScope(manifest, { thorough: false, mustKnow: () => true })
  const context = { reader: { get: denied, list: denied }, facts: { ...facts, instance }, manifest, desired, scope }
  return kind.observe(context).then(
    () => ['observe: it takes a denial for nothing'],
    () => [],
  )
}
