// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are manifests, not templates
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadManifest, readManifestFile } from '../../src/manifest/load.ts'
import { readPolicyFile } from '../../src/manifest/source.ts'
import { Refusal } from '../../src/model/diagnostic.ts'
import type { Json } from '../../src/model/json.ts'
import { knownNames } from '../../src/policies/known-names.ts'
import { head, load, placeOf, refusal } from './load.ts'

describe('values', () => {
  test('unquoted account ids keep their digits, with a warning at each', async () => {
    const loaded = await load(`${head}accounts: { dev: 012345678901, prod: 111122223333, quoted: "222233334444" }
permission_sets: { A: {} }
users: { t: { external: true } }
assignments: [{ users: [t], permission_sets: [A], accounts: [000000000012, 1111_2222, all] }]
`).catch((cause: unknown) => cause)
    expect(loaded).toBeInstanceOf(Refusal)
    const { manifest, warnings } = await load(
      `${head}accounts: { dev: 012345678901, prod: 111122223333, quoted: "222233334444" }\n`,
    )
    expect(manifest.accounts).toEqual({ dev: '012345678901', prod: '111122223333', quoted: '222233334444' })
    expect(warnings.map((one) => [one.code, one.at?.column])).toEqual([
      ['account-id-unquoted', 18],
      ['account-id-unquoted', 38],
    ])
  })

  test('variables are filled in, literals kept, and what they give is not filled in again', async () => {
    const text = `${head}accounts: { dev: "\${DEV}" }
groups: { "g-\${DEV}": { description: "\${EMAIL} $\${EMAIL} \${TWICE}" } }
`
    const options = {
      env: { DEV: '012345678901', EMAIL: 'a@b.c', TWICE: '${EMAIL}' },
      allowed: new Set(['DEV', 'EMAIL', 'TWICE']),
      readPolicy: (named: string) => readPolicyFile('sso.yaml', named),
    }
    const { manifest } = await loadManifest({ file: 'sso.yaml', text }, options)
    expect(manifest.accounts).toEqual({ dev: '012345678901' })
    expect(manifest.groups).toEqual({ 'g-012345678901': { description: 'a@b.c ${EMAIL} ${EMAIL}' } })
  })

  test('policies keep ${…} and the digits of account ids', async () => {
    const { manifest } = await load(`${head}permission_sets:
  A:
    inline_policy:
      Version: 2012-10-17
      Statement:
        Effect: Allow
        Action: s3:*
        Resource: arn:aws:s3:::home/\${aws:username}/*
        Condition:
          StringEquals: { aws:ResourceAccount: 012345678901 }
          NumericLessThan: { s3:max-keys: 10 }
          Bool: { aws:MultiFactorAuthPresent: true }
`)
    expect(manifest.permission_sets?.A?.inline_policy).toEqual({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 's3:*',
        Resource: 'arn:aws:s3:::home/${aws:username}/*',
        Condition: {
          StringEquals: { 'aws:ResourceAccount': '012345678901' },
          NumericLessThan: { 's3:max-keys': 10 },
          Bool: { 'aws:MultiFactorAuthPresent': true },
        },
      },
    })
  })

  test.each<[string, Json]>([
    ['3600', 3600],
    ['1.2', 1.2],
    ['+5', 5],
    ['.5', 0.5],
    ['0x10', 16],
    ['9007199254740993', '9007199254740993'],
    ['123456789012345678901', '123456789012345678901'],
    ['1.0', '1.0'],
    ['1e400', '1e400'],
  ])('the number %s in a policy is read as %j', async (written, value) => {
    const { manifest, warnings } = await load(`${head}permission_sets:
  A: { inline_policy: { Version: "2012-10-17", Statement: { Effect: Deny, Action: "*", Resource: "*", Condition: { NumericEquals: { s3:max-keys: ${written} } } } } }
`)
    const Condition = { NumericEquals: { 's3:max-keys': value } }
    expect(manifest.permission_sets?.A?.inline_policy).toMatchObject({ Statement: { Condition } })
    expect(warnings).toEqual([])
  })

  test('settings are texts as they are written; yes, no and dates are texts; keys are texts', async () => {
    const { manifest } = await load(`${head}users: { 007: { external: true }, true: { external: true } }
groups: { g: { description: no } }
local:
  sso_session: s
  profiles:
    p:
      account: management
      permission_set: Any
      settings: { max_attempts: 0x10, cli_auto_prompt: off, flag: true, s3: { max_queue_size: 1_000 } }
`)
    expect(Object.keys(manifest.users ?? {})).toEqual(['007', 'true'])
    expect(manifest.groups?.g?.description).toBe('no')
    expect(manifest.local?.profiles?.p?.settings).toEqual({
      max_attempts: '0x10',
      cli_auto_prompt: 'off',
      flag: 'true',
      s3: { max_queue_size: '1_000' },
    })
  })

  test('empty sections are present, absent ones are not', async () => {
    const { manifest } = await load(`${head}users: {}\nassignments: []\nlocal: {}\n`)
    expect(Object.keys(manifest)).toEqual(['version', 'identity_center', 'users', 'assignments', 'local'])
  })

  test('byte order mark and CRLF change neither values nor positions', async () => {
    const text = `${head}users: { taro: { external: true } }\n`
    const [plain, windows] = [await load(text), await load(`\uFEFF${text.replaceAll('\n', '\r\n')}`)]
    expect(windows.manifest).toEqual(plain.manifest)
    expect(windows.position(['users', 'taro'])).toEqual(plain.position(['users', 'taro']))
  })
})

test('positions of keys and values, and of the nearest ancestor of what is not there', async () => {
  const { position } = await load(`${head}users:\n  taro: &t { external: true }\n  jiro: *t\n`)
  const at = (path: readonly (string | number)[], of?: 'key' | 'value') => {
    const { line, column, endColumn } = position(path, of) ?? {}
    return [line, column, endColumn]
  }
  expect(at(['users', 'taro'], 'key')).toEqual([4, 3, 7])
  expect(at(['users', 'taro'])).toEqual([4, 12, 30])
  expect(at(['users', 'taro', 'external'])).toEqual([4, 24, 28])
  expect(at(['users', 'jiro', 'external'])).toEqual([4, 24, 28])
  expect(at(['users', 'taro', 'email'])).toEqual([4, 3, 7])
  expect(at(['groups', 'x'])).toEqual([1, 1, undefined])
})

test('warnings do not refuse', async () => {
  const { warnings } = await load(`${head}permission_sets:
  A: { inline_policy: { Statement: [] }, managed_policies: [${[...(await knownNames()).policies].slice(0, 11).join(', ')}] }
users: { t: { external: true } }
assignments:
  - { users: [t], permission_sets: [A], accounts: [all], except: [management], until: 2026-11-21 }
  - { users: [t], permission_sets: [A], accounts: [management], until: 2026-11-22 }
local:
  sso_session: s
  profiles: { p: { account: management, permission_set: A } }
  shell: { aws_profile: q, shells: [] }
`)
  expect(warnings.map(({ code }) => code)).toEqual([
    'policy-version',
    'policy-count',
    'except-unmatched',
    'until-passed',
    'profile-undeclared',
  ])
})

test('a customer managed policy in two spellings is one policy, and that is said', async () => {
  const policies = '[{ name: B, path: / }, { name: C }, { name: B }]'
  const { warnings } = await load(`${head}permission_sets: { A: { customer_managed_policies: ${policies} } }\n`)
  expect(warnings.map((one) => [one.code, one.message])).toEqual([
    ['list-duplicate', '{"name":"B"} and {"name":"B","path":"/"} are the same policy'],
  ])
})

test('a kept field with a value is what a new set starts with, and that is said', async () => {
  const text = `${head}permission_sets:
  A:
    keep: [relay_state, inline_policy, tags, session_duration]
    session_duration: 8h
    inline_policy_file: p.json
    tags: {}
  B: { keep: [inline_policy], inline_policy: { Version: "2012-10-17", Statement: [] } }
`
  const { warnings } = await load(text, { 'p.json': '{"Version":"2012-10-17","Statement":[]}' })
  expect(warnings.map((one) => [one.code, one.message, one.at?.line, one.at?.column])).toEqual([
    [
      'keep-declared',
      'inline_policy is listed under keep; the value of inline_policy_file is used only when the set is created',
      5,
      25,
    ],
    ['keep-declared', 'tags is listed under keep; the value of tags is used only when the set is created', 5, 40],
    [
      'keep-declared',
      'session_duration is listed under keep; the value of session_duration is used only when the set is created',
      5,
      46,
    ],
    [
      'keep-declared',
      'inline_policy is listed under keep; the value of inline_policy is used only when the set is created',
      9,
      15,
    ],
  ])
})

test.each([
  ['a group whose name changes in case alone', 'groups: { Admins: { was: admins } }'],
  ['permission sets that differ in case alone', 'permission_sets: { Admin: {}, admin: { was: ADMIN } }'],
  [
    'a revocation of somebody who is not declared, with what was taken',
    'revoked: { "a:b": { since: 2026-11-22T10:00:00Z, taken: ["membership/x%20y:a%3Ab", "assignment/A:user:a%3Ab@111122223333"] } }',
  ],
  ['a pattern that does not match the earlier name', 'groups: { new: { was: old } }\nignore: { groups: [olds, AWS*] }'],
])('%s is fine', async (_what, body) => {
  expect((await load(`${head}${body}\n`)).warnings).toEqual([])
})

describe('inline_policy_file', () => {
  const manifestOf = (name: string) => `${head}permission_sets:\n  A: { inline_policy_file: ${name} }\n`
  const good =
    '{\n  "Version": "2012-10-17",\n\t"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "${aws:x}"}]\n}\n'

  test.each(['policy.json', 'policy.yaml'])('%s is put in place and keeps its positions', async (name) => {
    const loaded = await load(manifestOf(name), { [name]: good })
    expect(loaded.manifest.permission_sets?.A).toEqual({ inline_policy_file: name, inline_policy: JSON.parse(good) })
    const path = ['permission_sets', 'A', 'inline_policy', 'Statement', 0, 'Effect']
    expect(loaded.position(path, 'key')).toEqual({ file: name, line: 3, column: 17, endColumn: 25 })
  })

  test('JSON in a file keeps the digits of its numbers', async () => {
    const text =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NumericEquals":{"aws:x":[9007199254740993,1.0,1e400,2,"1.0"]}}}]}'
    const { manifest } = await load(manifestOf('p.json'), { 'p.json': text })
    const Condition = { NumericEquals: { 'aws:x': ['9007199254740993', '1.0', '1e400', 2, '1.0'] } }
    expect(manifest.permission_sets?.A?.inline_policy).toMatchObject({ Statement: [{ Condition }] })
  })

  test('errors in the file stand in the file, and its text is there for the code frame', async () => {
    const sources = new Map<string, string>()
    const [one, ...others] = await refusal(manifestOf('p.json'), { 'p.json': good.replace('Deny', 'deny') }, sources)
    expect([one?.message, one?.at, others]).toEqual([
      'Effect: "deny" is neither Allow nor Deny',
      { file: 'p.json', line: 3, column: 27, endColumn: 33 },
      [],
    ])
    expect([...sources.keys()]).toEqual(['sso.yaml', 'p.json'])
  })

  test.each([
    ['a missing file', 'gone.json', '', 'file-unreadable', 'sso.yaml'],
    ['JSON with a trailing comma', 'p.json', '{"Statement": [],}', 'policy-json', 'p.json'],
    ['JSON with an account id that starts with 0', 'p.json', '{"Statement": [012345678901]}', 'policy-json', 'p.json'],
    ['broken YAML', 'p.yml', 'Statement: [', 'yaml-syntax', 'p.yml'],
    ['a list', 'p.json', '[]', 'value-type', 'p.json'],
    ['an empty file', 'p.yaml', '', 'value-empty', 'p.yaml'],
    ['an empty JSON file', 'p.json', '', 'policy-json', 'p.json'],
  ])('%s', async (_what, name, text, code, file) => {
    const errors = await refusal(manifestOf(name), name.startsWith('p') ? { [name]: text } : {})
    expect(errors.map((one) => [one.code, one.at?.file])).toEqual([[code, file]])
  })

  test('a document and a file are one too many', async () => {
    const text = `${head}permission_sets:\n  A: { inline_policy: { Version: "2012-10-17", Statement: [] }, inline_policy_file: p.json }\n`
    const errors = await refusal(text, { 'p.json': good })
    expect(errors.map((one) => [one.code, placeOf(one)])).toEqual([
      ['policy-both', { line: 4, column: 85, endColumn: 91 }],
    ])
  })
})

describe('files', () => {
  const folder = mkdtemp(join(tmpdir(), 'manifest-'))
  afterAll(async () => rm(await folder, { recursive: true }))
  const within = async (name: string) => join(await folder, name)

  test('what cannot be read is refused with its reason', async () => {
    await writeFile(await within('latin1.yaml'), Buffer.from([0x6e, 0x3a, 0x20, 0xe9]))
    await symlink('loop.yaml', await within('loop.yaml'))
    const codes = ['missing.yaml', '.', 'latin1.yaml', 'loop.yaml', 'latin1.yaml/x'].map(async (name) => {
      const cause: unknown = await readManifestFile(await within(name)).catch((reason: unknown) => reason)
      return cause instanceof Refusal ? cause.diagnostics[0]?.code : cause
    })
    const expected = ['file-missing', 'file-folder', 'file-encoding', 'file-link', 'file-missing']
    expect(await Promise.all(codes)).toEqual(expected)
  })

  test('a device is refused without reading it', async () => {
    await expect(readManifestFile('/dev/null')).rejects.toThrow('/dev/null is not a regular file')
  })
})

test.each((await readdir('examples')).filter((name) => name.endsWith('.yaml')))(
  'examples/%s is valid',
  async (name) => {
    const file = `examples/${name}`
    const text = await readFile(file, 'utf8')
    const options = { env: {}, today: new Date(), readPolicy: (named: string) => readPolicyFile(file, named) }
    const { warnings } = await loadManifest({ file, text }, options)
    expect(warnings).toEqual([])
  },
)

test('every key of the contract is accepted', async () => {
  const { warnings } = await load(`version: 1
name: home
identity_center:
  region: ap-northeast-1
  instance: ssoins-1234567890abcdef
  start_url: https://d-1234567890.awsapps.com/start/#/
accounts: { management: "111122223333", dev: "444455556666" }
users:
  taro:
    { given_name: Taro, family_name: Yamada, email: taro@example.com, display_name: T, formatted: "", middle_name: M,
      honorific_prefix: Dr., honorific_suffix: "", nick_name: T, title: T, user_type: E, profile_url: "", locale: ja,
      preferred_language: ja, timezone: Asia/Tokyo, website: "", birthdate: 1990-04-01, phone: "+81 3", address: {} }
  jiro: { given_name: J, family_name: Y, email: j@example.com, address: { street: 1-2, locality: T, region: T, postal_code: "100", country: JP } }
  hanako: { external: true }
groups: { admins: { description: "", members: [taro] }, idp: { external: true }, loose: {} }
permission_sets:
  Full:
    description: Full äccess
    session_duration: 8h
    relay_state: https://ap-northeast-1.console.aws.amazon.com/
    managed_policies: [AdministratorAccess, job-function/Billing, "arn:aws-us-gov:iam::aws:policy/service-role/X"]
    customer_managed_policies: [{ name: Boundary, path: /team/ }, { name: Plain }]
    inline_policy: { Version: "2012-10-17", Id: x, Statement: [] }
    permissions_boundary: { customer_managed_policy: { name: B, path: /team/ } }
    tags: { team: platform, empty: "" }
    was: Admin
  Bound: { permissions_boundary: { managed_policy: PowerUserAccess } }
  AWSReadOnlyAccess: { external: true }
assignments:
  - users: [taro]
    groups: [admins]
    permission_sets: [Full]
    accounts: [management, "777788889999", dev, { name: My Sandbox }, { ou: Workloads/Prod }, { tag: { env: dev } }, all]
    except: [{ name: My Sandbox }, { ou: Old }, { tag: { x: "" } }]
    until: 2026-12-31T18:00:00.5+09:00
local:
  sso_session: personal
  region: ap-northeast-1
  output: json
  profiles:
    personal: { account: management, permission_set: Full }
    default: { account: { name: My Sandbox }, permission_set: Full, region: "", output: "", settings: { cli_pager: "" } }
  generate: { user: taro, name: "{account}.{account_id}-{permission_set}", lower_case: true, separator: _ }
  shell: { aws_profile: personal, shells: [zsh, bash, fish] }
checklist: { mfa_policy: 2026-11-22, send_email_otp: todo, portal_session: todo, activated: { taro: todo } }
revoked: { gone: 2026-11-22T10:00:00Z, taro: { sessions: 2026-11-22T10:00:00+09:00 } }
absent: { users: [old-user], groups: [], permission_sets: [], profiles: [], sso_sessions: [] }
ignore:
  users: [breakglass]
  groups: [AWSControlTower*]
  permission_sets: [AWSServiceCatalog*]
  assignments: [{ user: breakglass }, { group: AWS*, permission_set: AWS*, account: dev }]
`)
  expect(warnings).toEqual([])
})
