import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSharedConfigFiles } from '@smithy/core/config'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ConfigDocument, parseConfig } from '../../../src/local/aws-config/document.ts'
import { editConfig } from '../../../src/local/aws-config/edit.ts'
import type { SectionEdit } from '../../../src/local/aws-config/section-edit.ts'
import { Refusal } from '../../../src/model/diagnostic.ts'
import { botocoreMissing, botocoreReads, type Reading } from './botocore.ts'
import { goodText, LONG, RUNS } from './texts.ts'

const owner = 'sso-reconcile/home'
const own = fc.dictionary(
  fc.constantFrom('region', 'output', 'sso_session', 'sso_account_id', 'sso_role_name', 'ca_bundle'),
  fc.constantFrom('us-west-2', 'json', 'https://d-1.awsapps.com/start/#/', '012345678901', '$&', 'a b', 'ünïcode', ''),
  { maxKeys: 5 },
)
const nested = fc.dictionary(
  fc.constantFrom('s3.region', 's3.max_queue_size', 'api.retry', 'cli_pager.x', 'output.x'),
  fc.constantFrom('us-west-2', '10', 'a = b', 'https://x:1/'),
  { maxKeys: 3 },
)
const set = fc
  .tuple(own, fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, nested))
  .map(([keys, blocks]): Record<string, string> => {
    // A key is either a value or a block.
    const fitting = Object.entries(blocks).filter(([key]) => !Object.hasOwn(keys, key.split('.')[0] ?? ''))
    return { ...keys, ...Object.fromEntries(fitting) }
  })
const wish = fc.record({
  kind: fc.constantFrom('profile' as const, 'profile' as const, 'sso-session' as const),
  name: fc.constantFrom('a', 'b', 'c', 'default', 'my dev', 'my.dev', 'main', 'new', 'q', 'toString'),
  gone: fc.boolean(),
  set,
  unset: fc.subarray(['region', 'cli_pager', 's3', 's3.region', 's3.max', 'role_arn']),
})
type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never
const wishes = fc.uniqueArray(wish, { selector: ({ kind, name }) => `${kind}/${name}`, minLength: 1, maxLength: 4 })

/** The edits that bring about the wishes in this text; wishes for sections nobody could edit are left out. */
function editsFor(document: ConfigDocument, list: readonly Wish[]): SectionEdit[] {
  return list.flatMap(({ kind, name, gone, set, unset }): SectionEdit[] => {
    const [section, second] = document.index.get(`${kind}/${name}`) ?? []
    if (second || section?.header.startsWith('profiles')) return []
    if (section === undefined) return name.includes(' ') ? [] : [{ verb: 'create', kind, name, owner, set }]
    if (gone) return [{ verb: 'delete', kind, name }]
    const blocks = Object.keys(set).some((key) => section.options.get(key)?.nested)
    // A block is spoken of as a whole or by its properties.
    const whole = unset.includes('s3')
    const nested = Object.keys(set).filter((key) => key.includes('.'))
    if (blocks || (whole && nested.length > 0)) return []
    const clear = unset.filter(
      (key) => !(key in set || (whole && key.startsWith('s3.')) || nested.some((one) => one.startsWith(`${key}.`))),
    )
    return [{ verb: 'update', kind, name, set, unset: clear }]
  })
}

/** A text, edits for it and the text after them; undefined where the text or the edit is refused. */
function edited(text: string, list: readonly Wish[]): { edits: SectionEdit[]; after: string } | undefined {
  try {
    const edits = editsFor(parseConfig(text, 'config'), list)
    return { edits, after: editConfig(text, edits, 'config') }
  } catch (cause) {
    if (cause instanceof Refusal) return undefined
    throw cause
  }
}

const cases = (mixed: boolean) => fc.tuple(goodText(mixed), wishes)
const options = { numRuns: RUNS }

describe('for any config text', { timeout: LONG }, () => {
  test('bytes of sections not named stay, in their order', () => {
    fc.assert(
      fc.property(cases(true), ([text, list]) => {
        const done = edited(text, list)
        if (done === undefined) return
        const named = new Set(done.edits.map(({ kind, name }) => `${kind}/${name}`))
        const others = (whole: string) => {
          const document = parseConfig(whole, 'config')
          return document.sections
            .filter(({ kind, name }) => !named.has(`${kind}/${name}`))
            .map(({ first, last }) => document.lines.slice(first, last + 1).map((line) => line.text))
        }
        expect(others(done.after)).toEqual(others(text))
      }),
      options,
    )
  })

  test('creating sections and deleting them gives the text back, byte for byte', () => {
    fc.assert(
      fc.property(
        goodText(true),
        fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }),
        set,
        (text, names, set) => {
          const create = names.map((name) => ({ verb: 'create', kind: 'profile', name, owner, set }) as const)
          const remove = names.map((name) => ({ verb: 'delete', kind: 'profile', name }) as const)
          try {
            const created = editConfig(text, create, 'config')
            const together = editConfig(created, remove, 'config')
            expect(together).toBe(text)
            // What is left between two deletions may join a lone CR and an LF, which is one line end less.
            if (/\r(?!\n)/.test(text)) return
            expect(remove.reduce((rest, edit) => editConfig(rest, [edit], 'config'), created)).toBe(together)
          } catch (cause) {
            if (!(cause instanceof Refusal)) throw cause
          }
        },
      ),
      options,
    )
  })

  test('the same update twice changes nothing the second time', () => {
    fc.assert(
      fc.property(cases(true), ([text, list]) => {
        const done = edited(text, list)
        if (done === undefined) return
        const again = done.edits.flatMap((edit): SectionEdit[] => {
          if (edit.verb === 'delete') return []
          return [edit.verb === 'update' ? edit : { ...edit, verb: 'update', unset: [] }]
        })
        expect(editConfig(done.after, again, 'config')).toBe(done.after)
      }),
      options,
    )
  })

  test.skipIf(botocoreMissing)('botocore reads the sections not named as before and the named ones as wanted', () => {
    const samples = fc.sample(cases(true), RUNS).flatMap(([text, list]) => {
      const done = edited(text, list)
      return done && done.edits.length > 0 ? [{ text, ...done }] : []
    })
    expect(samples.length).toBeGreaterThan(RUNS / 3)
    const before = botocoreReads(samples.map(({ text }) => text))
    const after = botocoreReads(samples.map((sample) => sample.after))
    samples.forEach(({ text, edits, after: whole }, n) => {
      const message = JSON.stringify({ text, edits, whole })
      const [was, is] = [before[n], after[n]]
      expect(is?.error, message).toBeUndefined()
      if (was === undefined || is === undefined) return
      expect(without(is, edits), message).toEqual(without(was, edits))
      for (const edit of edits) expectWanted(is, edit, message)
    })
  })

  test('the AWS SDK for JavaScript reads the sections not named as before and new ones as wanted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sso-reconcile-'))
    const read = async (text: string) => {
      const configFilepath = join(folder, 'config')
      await writeFile(configFilepath, text)
      const loaded = await loadSharedConfigFiles({ configFilepath, filepath: join(folder, 'none'), ignoreCache: true })
      return loaded.configFile
    }
    for (const [text, list] of fc.sample(cases(false), RUNS)) {
      const done = edited(text, list)
      if (done === undefined) continue
      const [was, is] = [await read(text), await read(done.after)]
      const named = new Set(done.edits.map(({ kind, name }) => (kind === 'profile' ? name : `${kind}.${name}`)))
      const message = JSON.stringify({ text, edits: done.edits, after: done.after })
      const others = (all: object) => Object.fromEntries(Object.entries(all).filter(([name]) => !named.has(name)))
      expect(others(is), message).toEqual(others(was))
      for (const edit of done.edits) {
        if (edit.verb !== 'create') continue
        const wanted = Object.entries(edit.set).filter(([, value]) => value !== '')
        const id = edit.kind === 'profile' ? edit.name : `${edit.kind}.${edit.name}`
        if (wanted.length > 0) expect(is[id], message).toEqual(Object.fromEntries(wanted))
      }
    }
    await rm(folder, { recursive: true })
  })
})

/** A reading without the sections named, by header and by name. */
function without(reading: Reading, edits: readonly SectionEdit[]): Pick<Reading, 'profiles' | 'sessions'> {
  const drop = (kind: SectionEdit['kind'], all: Reading['profiles']) => {
    const named = new Set(edits.filter((edit) => edit.kind === kind).map((edit) => edit.name))
    return Object.fromEntries(Object.entries(all).filter(([name]) => !named.has(name)))
  }
  return { profiles: drop('profile', reading.profiles), sessions: drop('sso-session', reading.sessions) }
}

function expectWanted(reading: Reading, edit: SectionEdit, message: string): void {
  const all = edit.kind === 'profile' ? reading.profiles : reading.sessions
  const values = Object.hasOwn(all, edit.name) ? all[edit.name] : undefined
  if (edit.verb === 'delete') expect(values, message).toBeUndefined()
  else expect(values, message).toMatchObject(asBlocks(edit.set))
}

/** `s3.region` as `{ s3: { region } }`, as botocore has it. */
function asBlocks(set: Readonly<Record<string, string>>): Record<string, unknown> {
  const result: Record<string, string | Record<string, string>> = {}
  for (const [key, value] of Object.entries(set)) {
    const [block = '', name] = key.split('.')
    if (name === undefined) result[block] = value
    else result[block] = { ...(result[block] as Record<string, string> | undefined), [name]: value }
  }
  return result
}
