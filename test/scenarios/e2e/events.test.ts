import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import events from '../../../schema/apply-events.schema.json' with { type: 'json' }
import plan from '../../../schema/plan.schema.json' with { type: 'json' }
import type { ApplyEvent } from '../../../src/apply/events.ts'
import type { TablesJson } from '../../../src/sandbox/state/state.ts'
import { type Run, run, start } from './support/binary.ts'
import { type Center, startCenter } from './support/center.ts'
import { configPath, type Desk, newDesk } from './support/desk.ts'

const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false })
const validate = ajv.addSchema(plan).compile(events)

let center: Center
let empty: TablesJson
let desk: Desk
beforeAll(async () => {
  center = await startCenter()
  empty = await center.export()
})
beforeEach(async () => {
  await center.restore(empty)
  await center.faults({ seconds: 0.2 })
  center.relay.pass = undefined
  desk = newDesk(center.relay.url)
})
afterAll(() => center.close())

interface Event {
  readonly type: string
  readonly [field: string]: unknown
}

const seen = new Set<string>()

/** The events of an apply, one a line, each held to the schema. */
function eventsOf({ stdout }: Run): readonly Event[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const event = JSON.parse(line) as Event
      expect(validate(event), `${line}\n${JSON.stringify(validate.errors)}`).toBe(true)
      for (const field of Object.keys(event)) seen.add(`${event.type}.${field}`)
      return event
    })
}

/** Takes everything away, also from the last administrator. */
const emptied = `version: 1
identity_center: { region: ap-northeast-1 }
permission_sets: {}
assignments: []
`

const typesOf = (list: readonly Event[]) => [...new Set(list.map(({ type }) => type))]
const apply = ['apply', '--yes', '--json']

describe('every event of an apply is as its schema says', () => {
  test('when all is done, with a file that was there before', async () => {
    mkdirSync(dirname(configPath(desk.home)), { recursive: true })
    writeFileSync(configPath(desk.home), '[profile mine]\nregion = eu-west-1\n')
    const list = eventsOf(await run(desk, apply))
    expect(typesOf(list)).toEqual(['plan', 'started', 'done', 'file', 'finished'])
    expect(list.at(-1)).toMatchObject({ type: 'finished', failed: 0, proven: true })
    expect(typesOf(eventsOf(await run(desk, apply)))).toEqual(['plan'])
  })

  test('when a change fails and others depend on it', async () => {
    await center.faults({ seconds: 0.2, rules: [{ kind: 'deny', operations: ['CreateUser'] }] })
    const failed = await run(desk, apply)
    expect(failed.code).toBe(1)
    const list = eventsOf(failed)
    expect(typesOf(list)).toEqual(expect.arrayContaining(['failed', 'skipped', 'finished']))
    // What was not made needs no proof.
    expect(list.at(-1)).toMatchObject({ type: 'finished', failed: 1, proven: true })
  })

  test('when the answer of AWS is lost', async () => {
    center.relay.pass = async ({ operation }, forward) => {
      const answer = await forward()
      return operation === 'CreateUser' ? undefined : answer
    }
    const list = eventsOf(await run(desk, apply, { AWS_MAX_ATTEMPTS: '1' }))
    expect(list).toContainEqual(expect.objectContaining({ address: 'user/taro', how: 'answer lost' }))
  })

  test('when it is interrupted', async () => {
    let release: () => void = () => undefined
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const reached = new Promise<void>((resolve) => {
      center.relay.pass = async ({ operation }, forward) => {
        if (operation === 'CreateUser') {
          resolve()
          await released
        }
        return forward()
      }
    })
    const { child, ended } = start(desk, apply)
    await reached
    child.kill('SIGINT')
    await new Promise((resolve) => child.stderr?.on('data', (text) => /finishing/.test(text) && resolve(undefined)))
    release()
    const stopped = await ended
    expect(stopped.code).toBe(130)
    const list = eventsOf(stopped)
    expect(list).toContainEqual(expect.objectContaining({ type: 'skipped', message: 'interrupted' }))
    expect(list.at(-1)).toMatchObject({ type: 'finished', proven: false })
  })

  test('when the plan is refused, and when nobody approved it', async () => {
    expect(await run(desk, ['apply', '--yes'])).toMatchObject({ code: 0 })
    writeFileSync(join(desk.work, 'sso.yaml'), emptied)
    const refused = await run(desk, apply)
    expect(refused.code).toBe(1)
    expect(eventsOf(refused)).toMatchObject([{ type: 'plan', plan: { refusals: [{ severity: 'error' }] } }])
    await center.restore(empty)
    const unasked = await run(newDesk(center.relay.url), ['apply', '--json'])
    expect(unasked.code).toBe(1)
    expect(typesOf(eventsOf(unasked))).toEqual(['plan'])
  })

  test.each([
    ['the command line', ['--nonsense'], {}],
    ['the manifest', ['-f', 'no.yaml'], {}],
    ['AWS', [], { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' }],
  ])('when %s allows no plan', async (_what, words, env) => {
    const failed = await run(desk, [...apply, ...words], env)
    expect(failed.code).toBe(1)
    expect(eventsOf(failed)).toMatchObject([{ type: 'error', plan: { complete: false } }])
  })

  test('and no field of the schema is one that no apply has', () => {
    const shapes = Object.values(events.definitions).flatMap((one) =>
      'properties' in one ? [one.properties as unknown as { readonly type: { readonly const: string } }] : [],
    )
    const fields = shapes.flatMap((one) => Object.keys(one).map((field) => `${one.type.const}.${field}`))
    expect(fields.filter((field) => !seen.has(field))).toEqual([])
  })
})

describe('the schema', () => {
  const types = events.oneOf.map(({ $ref }) => $ref.replace('#/definitions/', '')).sort()

  test('has every type of event that the sources have, and no other', () => {
    // Each type of an event that happens in between; a new one does not compile without a line here.
    const between: Readonly<Record<ApplyEvent['type'], true>> = {
      ...{ started: true, done: true, failed: true, skipped: true, file: true },
    }
    const files = ['src/apply/events.ts', 'src/reconcile/progress.ts', 'src/cli/main.ts']
    const written = files.flatMap((file) =>
      [...readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8').matchAll(/\btype: '([a-z-]+)'/g)].map(
        ([, type = '']) => type,
      ),
    )
    expect([...new Set([...Object.keys(between), ...written])].sort()).toEqual(types)
  })

  test('refuses what is no event', () => {
    for (const event of [{}, { type: 'other' }, { type: 'file' }, { type: 'file', path: 'x', more: 1 }])
      expect(validate(event)).toBe(false)
    expect(validate({ type: 'file', path: 'x' })).toBe(true)
  })

  test('is printed, and is what the package exports', async () => {
    const { code, stdout } = await run(desk, ['schema', 'events'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual(events)
    const { exports: exported } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
    for (const [name, file] of [
      ['./schema', 'sso'],
      ['./schema/plan', 'plan'],
      ['./schema/events', 'apply-events'],
    ])
      expect(exported[name ?? '']).toBe(`./schema/${file}.schema.json`)
  })
})
