import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { chosen } from '../../src/adopt/differing.ts'
import { edited, saysTheSame } from '../../src/adopt/edited.ts'
import { withLive } from '../../src/adopt/next.ts'
import { Refusal } from '../../src/model/diagnostic.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { KindName } from '../../src/model/specs.ts'
import { diff } from '../../src/plan/diff.ts'
import { withKeeping } from '../../src/plan/keeping.ts'
import { sidesOf } from '../support/planning/planning.ts'
import { dev, management } from '../support/planning/world.ts'

const only: readonly KindName[] = ['sso-session', 'profile']
const ids: Readonly<Record<string, string>> = { management, dev }
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined })
const regions = fc.constantFrom('eu-west-1', 'us-east-1', 'ap-northeast-1')
const names = ['a', 'b-c', 'default', 'on', 'x.y'] as const

/** A profile as the manifest says it, and whether in one line. */
const row = fc.record({
  account: fc.constantFrom('management', 'dev'),
  permission_set: fc.constantFrom('Look', 'Run', 'Pa-th@x'),
  region: maybe(regions),
  output: maybe(fc.constantFrom('json', 'yaml')),
  mode: maybe(fc.constantFrom('standard', 'legacy')),
  flat: fc.boolean(),
})
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never

/** What became of a profile in the file of this machine. */
const fate = fc.record({
  gone: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
  keys: fc.record(
    {
      sso_account_id: fc.constantFrom(management, dev),
      sso_role_name: fc.constantFrom('Look', 'a=b,c', '123', 'on', '1e3'),
      region: maybe(fc.constantFrom('eu-west-1', 'sa-east-1')),
      output: maybe(fc.constantFrom('json', 'text')),
      retry_mode: maybe(fc.constantFrom('standard', 'adaptive')),
      sso_session: fc.constantFrom(...Array(9).fill('home'), 'work'),
    },
    { requiredKeys: [] },
  ),
})
type Keys = Readonly<Record<string, string | undefined>>

const machine = fc.record({
  region: maybe(regions),
  profiles: fc.dictionary(
    fc.constantFrom(...names),
    fc.tuple(row, fc.oneof(fc.constant({ gone: false, keys: {} }), fate)),
    { minKeys: 1, noNullPrototype: true },
  ),
  others: fc.dictionary(fc.constantFrom('more', 'more+1'), fc.tuple(row, fc.boolean()), { noNullPrototype: true }),
  sessionRegion: fc.constantFrom('eu-west-1', 'eu-west-1', 'us-east-1'),
  ends: fc.constantFrom('\n', '\r\n'),
})
type Machine = typeof machine extends fc.Arbitrary<infer T> ? T : never

/** Lines of a profile of the manifest, with comments around them. */
function lines(name: string, { flat, mode, ...rest }: Row): string {
  const keys = Object.entries(rest).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]))
  const all = mode === undefined ? keys : [...keys, `settings: { retry_mode: ${mode} }`]
  const own = flat ? ` { ${all.join(', ')} } # beside ${name}` : all.map((line) => `\n      ${line}   # mine`).join('')
  return `    # above ${name}\n    ${name}:${own}\n`
}

function manifestOf({ region, profiles, ends }: Machine): string {
  const rows = Object.entries(profiles).map(([name, [one]]) => lines(name, one))
  return `# the beginning
version: 1
identity_center: { region: eu-west-1 } # region
accounts: { dev: "${dev}" }   # nick
local: # this machine
  sso_session: home # one
${region === undefined ? '' : `  region: ${region} # all\n`}  profiles: # mine
    stays: { account: dev, permission_set: Look, region: eu-west-1 }
${rows.join('')}# the end
`.replaceAll('\n', ends)
}

function keysOf({ account, permission_set, region, output, mode }: Row, common: string | undefined): Keys {
  const ids_ = { sso_session: 'home', sso_account_id: ids[account], sso_role_name: permission_set }
  return { ...ids_, region: region ?? common, output, retry_mode: mode }
}

function section(name: string, keys: Keys, isOurs = true): string[] {
  const given = Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [`${key} = ${value}`]))
  const header = name === 'default' ? '[default]' : `[profile ${name}]`
  return [...(isOurs ? ['# managed by sso-reconcile'] : []), header, ...given, '']
}

/** Lines of ~/.aws/config after what became of it. */
function configOf({ region, profiles, others, sessionRegion }: Machine): string[] {
  const scopes = 'sso_registration_scopes = sso:account:access'
  const url = 'sso_start_url = https://d-1234567890.awsapps.com/start'
  const session = ['# managed by sso-reconcile', '[sso-session home]', url, `sso_region = ${sessionRegion}`, scopes, '']
  return [
    ...session,
    // A session is not made for no profile.
    ...section('stays', { sso_session: 'home', sso_account_id: dev, sso_role_name: 'Look', region: 'eu-west-1' }),
    ...Object.entries(profiles).flatMap(([name, [one, { gone, keys }]]) =>
      gone ? [] : section(name, { ...keysOf(one, region), ...keys }),
    ),
    ...Object.entries(others).flatMap(([name, [one, isOurs]]) => section(name, keysOf(one, region), isOurs)),
  ]
}

type Sides = Awaited<ReturnType<typeof sidesOf>>

function profilesIn(sides: Sides) {
  return diff(sides).operations.filter(({ kind }) => kind === 'profile')
}

function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject
}

/** The text once all profiles that differ are adopted; undefined where that is refused with a reason. */
async function adopted(text: string, aws_config: readonly string[]): Promise<string | undefined> {
  const sides = await sidesOf({ manifest: text, live: { aws_config }, only })
  const { operations } = diff(sides)
  const { differing } = chosen(
    profilesIn(sides).map(({ address }) => address),
    operations,
    sides,
  )
  const value = plain(sides.manifest.manifest)
  try {
    const next = withLive(differing, operations, {
      value,
      loaded: sides.manifest,
      facts: sides.facts,
      command: () => '',
    })
    const { file } = sides.manifest
    const changed = edited(new Map([[file, text]]), sides.manifest, next).get(file) ?? ''
    const read = await sidesOf({ manifest: changed, live: { aws_config }, only })
    expect(saysTheSame(plain(read.manifest.manifest), next)).toBe(true)
    expect(profilesIn(read)).toEqual([])
    // What differs besides is as it was.
    const others = (of: Sides) => diff(of).operations.flatMap((one) => (one.kind === 'profile' ? [] : [one.address]))
    expect(others(read)).toEqual(others(sides))
    return changed
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    expect(thrown.diagnostics.map(({ code }) => code)).toEqual(['adopt-cannot-say'])
    return undefined
  }
}

it('profiles that differ are adopted, a plan then has nothing for them, and no other byte is touched', async () => {
  const met = { changed: 0, refused: 0, kept: 0, vanished: 0 }
  await fc.assert(
    fc.asyncProperty(machine, async (one) => {
      const text = manifestOf(one)
      const after = await adopted(text, configOf(one))
      if (after === undefined) {
        met.refused++
        return
      }
      if (after !== text) met.changed++
      const then = (parse(after) as { local: { profiles: JsonObject } }).local.profiles
      const before = (parse(text) as { local: { profiles: JsonObject } }).local.profiles
      for (const [name, [declared]] of Object.entries(one.profiles)) {
        const own = lines(name, declared).replaceAll('\n', one.ends)
        if (JSON.stringify(then[name]) === JSON.stringify(before[name])) {
          met.kept++
          expect(after).toContain(own)
        }
        if (!(name in then)) met.vanished++
      }
      // Without the profiles both say the same, byte for byte.
      const besides = (all: string) => all.replace(/^ {4}.*\r?\n/gm, '')
      expect(besides(after)).toBe(besides(text))
    }),
    { numRuns: 300 },
  )
  expect(Object.entries(met).filter(([, count]) => count < 5)).toEqual([])
})

it('a session that differs is offered to neither command, and is refused', async () => {
  let met = 0
  await fc.assert(
    fc.asyncProperty(machine, async (one) => {
      const sides = await sidesOf({ manifest: manifestOf(one), live: { aws_config: configOf(one) }, only })
      const { operations } = diff(sides)
      for (const operation of operations.filter(({ kind }) => kind === 'sso-session')) {
        met++
        const { differing } = chosen([operation.address], operations, sides)
        const value = plain(sides.manifest.manifest)
        const into = { value, loaded: sides.manifest, facts: sides.facts, command: () => '' }
        expect(withKeeping(operation, sides).keep?.by).toEqual([])
        expect(() => withLive(differing, operations, into)).toThrow('every profile uses it')
      }
    }),
    { numRuns: 60 },
  )
  expect(met).toBeGreaterThan(5)
})
