import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { awsConfig, readSections } from '../../../src/kinds/shared/aws-config.ts'
import { desiredState } from '../../../src/kinds/states.ts'
import { isProfileName } from '../../../src/local/aws-config/values.ts'
import { loadManifest } from '../../../src/manifest/load.ts'
import { Refusal } from '../../../src/model/diagnostic.ts'
import {
  configValueProblem,
  isConfigKey,
  nestedKeyPattern,
  nestedKeyProblem,
  settingKeyPattern,
  settingKeyProblem,
  settingValuePattern,
} from '../../../src/model/setting.ts'
import { diff } from '../../../src/plan/diff.ts'
import { tries } from '../../support/effort.ts'
import { newLaptop } from '../../support/machine.ts'
import { factsOf, liveState } from '../../support/planning/world.ts'

const words = [
  'cli_pager',
  's3',
  'api',
  'region',
  'output',
  'services',
  'role_arn',
  'sso_session',
  'aws_x',
  'x-y',
  'S3',
  '',
]
const awkward = [
  'a.b',
  '_a',
  '1a',
  'a b',
  'a=b',
  'a:b',
  '[a]',
  '#a',
  '__proto__',
  'constructor',
  'ä',
  'my_token',
  'passwd',
  'a\n',
]
const key = fc.oneof(
  fc.constantFrom(...words, ...awkward),
  fc.stringMatching(/^[a-z][a-z0-9_.-]{0,6}$/),
  fc.string({ maxLength: 4 }),
)
const text = fc.oneof(
  fc.constantFrom(
    '',
    'x',
    '10',
    'true',
    'a # b',
    'a#b',
    '#a',
    ';a',
    'a ;b',
    ' a',
    'a ',
    'a\tb',
    '\t',
    'a\nb',
    'a\r',
    '[x]',
    '= y',
    '"q"',
  ),
  fc.constantFrom(
    '\0',
    '\u0085',
    '\u2028',
    'a\u00a0#',
    '\ufeffa',
    '\ud800',
    '😀',
    '日本 語',
    '$&',
    '\\',
    'a: b',
    '\u3000a',
    '\u001ca',
    'null',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.string({ maxLength: 8 }),
)
const value = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.dictionary(key, fc.oneof(text, fc.integer()), { maxKeys: 3 }),
)
const settings = fc.dictionary(key, value, { maxKeys: 4 })

/** The manifest with these settings, or the codes and lines it is refused with. */
async function manifestWith(settings: unknown) {
  // JSON is YAML, but for what would be a variable.
  const json = JSON.stringify(settings).replaceAll('${', () => '$${')
  const text = `version: 1
identity_center: { region: eu-west-1, start_url: "https://d-1234567890.awsapps.com/start" }
accounts: { dev: "444455556666" }
local: { sso_session: main, profiles: { a: { account: dev, permission_set: Admin, settings:
  ${json} } } }
`
  try {
    return await loadManifest({ file: 'sso.yaml', text }, { env: {}, readPolicy: async () => '' })
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return thrown.diagnostics.map(({ code, at }) => `${at?.line} ${code}`)
  }
}

/** What is to be done to the text of a config for a manifest. */
function changes(loaded: Exclude<Awaited<ReturnType<typeof manifestWith>>, string[]>, config: string) {
  const facts = factsOf(loaded, {}, '2026-11-22T10:00:00Z')
  const live = {
    ...liveState({}),
    profile: readSections('profile', config, 'c'),
    'sso-session': readSections('sso-session', config, 'c'),
  }
  const selected = new Set(['sso-session', 'profile'] as const)
  return diff({ manifest: loaded, facts, desired: desiredState(loaded, facts), live, selected }).operations
}

const before = fc.constantFrom(
  '',
  '[profile a]\ncli_pager = less\ns3 =\n  region = x\n',
  '# managed by sso-reconcile\n[profile a]\nx-y = 1\n',
)

describe('settings', () => {
  test('any that are valid converge in one step, and all others are refused offline, with their place', {
    timeout: 600_000,
  }, async () => {
    const seen = { valid: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(settings, before, async (settings, before) => {
        const loaded = await manifestWith(settings)
        if (Array.isArray(loaded)) {
          seen.refused += 1
          expect(loaded.filter((one) => !/^[45] /.test(one))).toEqual([])
          return
        }
        seen.valid += 1
        const edit = (text: string) => awsConfig.edit(text, changes(loaded, text), 'sso-reconcile', 'config')
        // A file that holds a block where a value is to go, or the other way round, is somebody's to decide about.
        const blocks = (one: object) => Object.values(one).some((inner) => typeof inner === 'object')
        const differ = before.includes('s3') && ('s3' in settings || blocks({ cli_pager: settings.cli_pager }))
        if (differ) return
        const after = edit(before)
        expect(changes(loaded, after)).toEqual([])
        expect(edit(after)).toBe(after)
      }),
      { ...tries(400, 10_000) },
    )
    expect(Math.min(seen.valid, seen.refused)).toBeGreaterThan(20)
  })

  test('the schema and the editor of the file have one list of keys and values', async () => {
    const { definitions } = JSON.parse(await readFile('schema/sso.schema.json', 'utf8'))
    expect(definitions.SettingKey.pattern).toBe(settingKeyPattern)
    expect(definitions.NestedSettingKey.pattern).toBe(nestedKeyPattern)
    expect([definitions.SettingText.pattern, definitions.Setting.pattern]).toEqual([
      settingValuePattern,
      settingValuePattern,
    ])
    const names = new RegExp(definitions.ProfileName.pattern, 'u')
    fc.assert(
      fc.property(key, text, (key, text) => {
        expect(new RegExp(settingKeyPattern, 'u').test(key)).toBe(settingKeyProblem(key) === undefined)
        expect(new RegExp(nestedKeyPattern, 'u').test(key)).toBe(nestedKeyProblem(key) === undefined)
        expect(new RegExp(settingValuePattern, 'u').test(text)).toBe(configValueProblem(text) === undefined)
        expect(names.test(key)).toBe(isProfileName(key))
        if (!settingKeyProblem(key)) expect(isConfigKey(key)).toBe(true)
        if (!nestedKeyProblem(key)) expect(isConfigKey(`s3.${key}`)).toBe(true)
      }),
      { ...tries(2000, 50_000) },
    )
  })

  const identity = [
    'role_arn',
    'source_profile',
    'credential_source',
    'credential_process',
    'web_identity_token_file',
    'login_session',
  ]
  const more = [
    'aws_access_key_id',
    'aws_secret_access_key',
    'aws_session_token',
    'aws_account_id',
    'sso_session',
    'sso_start_url',
  ]
  const rest = ['sso_anything', 'role_session_name', 'external_id', 'mfa_serial', 'duration_seconds']
  test.each([...identity, ...more, ...rest])('%s decides who one is, as a value and as a block', (key) => {
    const found = { message: `${key} cannot be set under settings: it determines the identity of the profile` }
    expect(settingKeyProblem(key)).toMatchObject(found)
    return expect(manifestWith({ [key]: { a: 'x' } })).resolves.toEqual(['5 setting-key'])
  })

  test('what to write instead works', async () => {
    const laptop = newLaptop(
      'local: { sso_session: main, profiles: { a: { account: dev, permission_set: Admin, settings: { s3.region: x, region: y, my_token: z } } } }\n',
      { '.aws/config': '[profile a]\nmy_token = mine\n' },
    )
    const { code, stderr } = await laptop.run('plan')
    expect(code).toBe(1)
    expect(stderr).toMatch(/sso\.yaml:4:\d+ +error +"s3\.region" cannot be set[\s\S]*hint: write s3: \{ region: … \}/)
    expect(stderr).toMatch(/sso\.yaml:4:\d+ +error +region cannot be set[\s\S]*hint: write region: next to settings/)
    expect(stderr).toMatch(/"my_token" cannot be set under settings: its value may be a secret/)
    laptop.manifest(
      'local: { sso_session: main, profiles: { a: { account: dev, permission_set: Admin, region: eu-west-2, settings: { s3: { region: x } } } } }\n',
    )
    expect(await laptop.run('apply')).toMatchObject({ code: 0 })
    expect(laptop.config()).toContain('[profile a]\nmy_token = mine\n')
    expect(laptop.config()).toContain('region = eu-west-2\ns3 =\n    region = x\n')
    expect(await laptop.run('plan', ['--check'])).toMatchObject({ code: 0 })
  })
})
