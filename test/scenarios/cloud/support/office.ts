import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { ApplyEvent } from '../../../../src/apply/events.ts'
import type { Json, JsonObject } from '../../../../src/model/json.ts'
import { run } from '../../../support/here.ts'
import type { Run, Variables } from '../../e2e/support/binary.ts'
import { type Desk, newDesk } from '../../e2e/support/desk.ts'

/** Sections of a manifest as data; the two fixed keys are added. */
export type Sections = Readonly<Record<string, unknown>>

/** Text of a manifest: JSON is YAML, and a section a line keeps positions readable. */
export function manifestText(sections: Sections): string {
  const all = { version: 1, identity_center: { region: 'us-east-1' }, ...sections }
  return `${Object.entries(all)
    .map(([section, value]) => `${section}: ${JSON.stringify(value)}`)
    .join('\n')}\n`
}

/** The documented form of a plan, as far as tests look at it. */
export interface PlanDocument {
  readonly complete: boolean
  readonly operations: readonly PlannedOperation[]
  readonly access: { readonly gained: readonly string[]; readonly lost: readonly string[] }
  readonly refusals: readonly Said[]
  readonly diagnostics: readonly Said[]
  readonly unmanaged: readonly string[]
  readonly digest: string
}

interface PlannedOperation {
  readonly address: string
  readonly kind: string
  readonly verb: string
  readonly reason: string
  readonly effect?: string
  readonly fields: readonly { readonly path: string; readonly before?: Json; readonly after?: Json }[]
}

interface Said {
  readonly severity: string
  readonly code: string
  readonly message: string
  readonly hint?: string
}

/** A desk at which commands are run with one manifest after the other. */
export interface Office {
  readonly desk: Desk
  write(sections: Sections): void
  writeText(text: string): void
  plan(...words: string[]): Promise<PlanDocument>
  apply(...words: string[]): Promise<Run>
  /** Applies with JSON events: how each address ended. */
  outcomes(...words: string[]): Promise<Outcomes>
  run(words: readonly string[], extra?: Variables): Promise<Run>
}

/** How each address of an apply ended, in the order of the events. */
export interface Outcomes {
  readonly code: number | null
  readonly stderr: string
  readonly events: readonly ApplyEvent[]
  readonly failed: Readonly<Record<string, string>>
  readonly skipped: Readonly<Record<string, string>>
  readonly done: readonly string[]
}

/** A new desk at an Identity Center. */
export function newOffice(url: string, sections: Sections = {}, variables: Variables = {}): Office {
  const desk = newDesk(url, manifestText(sections))
  const call = (words: readonly string[], extra: Variables = {}) => run(desk, words, { ...variables, ...extra })
  return {
    desk,
    write: (next) => writeFileSync(join(desk.work, 'sso.yaml'), manifestText(next)),
    writeText: (text) => writeFileSync(join(desk.work, 'sso.yaml'), text),
    async plan(...words) {
      const { stdout, stderr } = await call(['plan', '--json', ...words])
      expect(stdout, stderr).toMatch(/^\{/)
      return JSON.parse(stdout) as PlanDocument
    },
    apply: (...words) => call(['apply', '--yes', ...words]),
    async outcomes(...words) {
      const { code, stdout, stderr } = await call(['apply', '--yes', '--json', ...words])
      const events = stdout.split('\n').filter(Boolean)
      return told(
        code,
        stderr,
        events.map((line) => JSON.parse(line) as ApplyEvent),
      )
    },
    run: call,
  }
}

function told(code: number | null, stderr: string, events: readonly ApplyEvent[]): Outcomes {
  const messages = (type: 'failed' | 'skipped') =>
    Object.fromEntries(events.flatMap((event) => (event.type === type ? [[event.address, event.message]] : [])))
  return {
    code,
    stderr,
    events,
    failed: messages('failed'),
    skipped: messages('skipped'),
    done: events.flatMap((event) => (event.type === 'done' ? [event.address] : [])),
  }
}

/** Expects that nothing is left to do, and that nothing was said about it. */
export async function expectSettled(office: Office, ...words: string[]): Promise<void> {
  const { operations, complete, refusals } = await office.plan(...words)
  expect({ operations: operations.map(line), complete, refusals }).toEqual({
    operations: [],
    complete: true,
    refusals: [],
  })
}

/**
 * An operation on one line: `update permission-set/A session_duration: 1h -> 8h`. Fields of assignments and memberships are left
 * out, because the address says it all; so are those of deletes.
 */
export function line({ kind, verb, address, fields }: PlannedOperation): string {
  const inAddress = kind === 'assignment' || kind === 'membership' || verb === 'delete'
  const changes = fields.map(({ path, before, after }) =>
    verb === 'create' ? `${path}=${show(after)}` : `${path}: ${show(before)} -> ${show(after)}`,
  )
  return [`${verb} ${address}`, ...(inAddress || changes.length === 0 ? [] : [changes.join('; ')])].join(' ')
}

function show(value: Json | undefined): string {
  if (value === undefined) return '(none)'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Everything both say: objects merged, lists joined. */
export function merged(parts: readonly Sections[]): Sections {
  return parts.reduce((all, part) => mergeTwo(all as JsonObject, part as JsonObject), {} as JsonObject)
}

function mergeTwo(a: JsonObject, b: JsonObject): JsonObject {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries([...keys].map((key) => [key, mergeValues(a[key], b[key])]))
}

function mergeValues(a: Json | undefined, b: Json | undefined): Json {
  if (a === undefined) return b ?? null
  if (b === undefined) return a
  if (Array.isArray(a) && Array.isArray(b)) return [...(a as readonly Json[]), ...(b as readonly Json[])]
  return mergeTwo(a as JsonObject, b as JsonObject)
}
