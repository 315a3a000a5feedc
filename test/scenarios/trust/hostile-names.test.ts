import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commands } from '../../../src/commands/index.ts'
import { run } from '../../support/here.ts'
import { resourcesOf, stateText } from '../../terraform/support/show.ts'
import { type Cloud, management, newCloud } from '../cloud/support/cloud.ts'
import { newOffice, type Office } from '../cloud/support/office.ts'
import { configPath } from '../e2e/support/desk.ts'

const member = '222233334444'

/** AWS takes line ends in the names of groups; the other names may come from a service that takes more. */
const hostile = {
  group: 'devs\n::stop-commands::x\nNo changes. All is well.',
  order: '::error::pwned',
  user: 'eve\u202e@acme\u200b.example',
  stale: 'old\n  - permission-set/Admin                               DELETE  not in sso.yaml\u200d',
  screen: 'mallory\u001b[2J\u001b]0;title\u0007\u009b31m\r',
  account: '\u001b[31mProd\u2028##[error]no\u2066',
  note: 'two\n  ::error::x ##[endgroup] and ::warning::y',
  text: 'two\nlines \u202eand\u001b[2J ##vso[task.setvariable]x @everyone https://evil.example',
}

/** What a manifest may say, as AWS takes it too. */
const sections = {
  users: { [hostile.order]: { external: true }, EVE: { external: true } },
  groups: { [hostile.group]: { description: hostile.note, members: [hostile.order] } },
  permission_sets: {
    Look: { managed_policies: ['ReadOnlyAccess'], description: 'two\nlines\r\tof it', session_duration: '2h' },
    Deny: {
      inline_policy: {
        Version: '2012-10-17',
        Statement: [{ Sid: 'No', Effect: 'Deny', Action: 's3:Get*', Resource: 'arn:aws:s3:::soft\u00ad##[error]x' }],
      },
    },
  },
  assignments: [
    { users: [hostile.order], permission_sets: ['Look'], accounts: [member] },
    { groups: [hostile.group], permission_sets: ['Deny', 'Look'], accounts: ['management', member] },
  ],
}

let cloud: Cloud
let office: Office

beforeAll(async () => {
  cloud = await newCloud({
    accounts: [{ id: member, name: 'PROD' }],
    contents: {
      users: [{ userName: 'EVE' }, { userName: 'MALLORY' }, { userName: hostile.order }],
      groups: [
        { displayName: 'CREW', description: 'NOTE', members: ['MALLORY', hostile.order] },
        { displayName: 'STALE', description: 'x', members: ['EVE'] },
      ],
      permissionSets: [
        { name: 'Old', description: 'TEXT' },
        { name: 'Root', managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      ],
      assignments: [
        { permissionSet: 'Old', account: member, user: 'MALLORY' },
        { permissionSet: 'Old', account: member, group: 'STALE' },
        { permissionSet: 'Root', account: management, user: 'EVE' },
      ],
    },
  })
  // The sandbox refuses what AWS refuses; these come from a server that does not.
  const names = {
    MALLORY: hostile.screen,
    EVE: hostile.user,
    CREW: hostile.group,
    NOTE: hostile.note,
    STALE: hostile.stale,
    PROD: hostile.account,
    TEXT: hostile.text,
  }
  const tables = Object.entries(names).reduce(
    (text, [from, to]) => text.replaceAll(JSON.stringify(from), JSON.stringify(to)),
    JSON.stringify(await cloud.export()),
  )
  await cloud.restore(JSON.parse(tables))
  const { EVE: _none, ...users } = sections.users
  office = newOffice(cloud.url, { ...sections, users })
  mkdirSync(dirname(configPath(office.desk.home)), { recursive: true })
  const managed = resourcesOf(await cloud.export()).map((one, index) => ({
    ...one,
    address: `${one.type}.r[${JSON.stringify(`${index} ${hostile.text}`)}]`,
    values: { ...one.values, ...(index % 2 === 0 ? { description: hostile.note, display_name: hostile.screen } : {}) },
  }))
  writeFileSync(join(office.desk.work, 'state.json'), stateText(managed))
  writeFileSync(configPath(office.desk.home), `[profile p${hostile.order}]\nregion = \u202eus-east-1\n`)
})

/** What in an output steers a terminal or a log, or says what only the tool itself may say. */
function forged(text: string): readonly string[] {
  const steering = [...text.matchAll(/(?!\n|\t|\r\n)[\p{Cc}\p{Cf}\u2028\u2029\p{Cs}]/gu)].map(([sign]) =>
    JSON.stringify(sign),
  )
  const order = /^\s*::|##\[|##vso\[|^\s*No changes\. All is well|^ {2}- permission-set\/Admin/
  const lines = text.split('\n').filter((line) => order.test(line))
  return [...steering, ...lines]
}

/** Command lines that meet those names. Each command that there is has to be among them. */
const lines: readonly (readonly [title: string, words: readonly string[]])[] = [
  ['validate', ['validate']],
  ['validate --json', ['validate', '--json']],
  ['plan', ['plan']],
  ['plan --verbose', ['plan', '--verbose']],
  ['plan --json', ['plan', '--json']],
  ['plan --format markdown --verbose', ['plan', '--format', 'markdown', '--verbose']],
  ['plan --format html', ['plan', '--format', 'html', '--verbose']],
  ['plan -o', ['plan', '-o', 'plan.json']],
  ['adopt', ['adopt']],
  ['adopt of such an address', ['adopt', `group/${hostile.text}`]],
  ['adopt of a group, unwritten', ['adopt', `group/${hostile.group}`, '--dry-run']],
  ['ignore of a group, as JSON', ['ignore', `group/${hostile.group}`, '--dry-run', '--json']],
  ['show', ['show', 'plan.json', '--verbose']],
  ['show --format markdown', ['show', 'plan.json', '--format', 'markdown']],
  ['show --format html', ['show', 'plan.json', '--format', 'html']],
  ['show of such a file', ['show', `no\n::error::\u202e.json`]],
  ['plan with such a target', ['plan', '--target', hostile.text]],
  ['plan with such a file', ['plan', '-f', `no\n::error::\u202e.yaml`]],
  ['plan with such an option', ['plan', `--\u001b[31m\n::error::x`]],
  ['plan with such a number, as JSON', ['plan', '--max-deletes', '\n::error::x\u202e', '--json']],
  ['init --force --dry-run', ['init', '--force', '--dry-run']],
  ['init --force --dry-run --json', ['init', '--force', '--dry-run', '--json']],
  ['apply --yes', ['apply', '--yes']],
  ['apply --yes --json', ['apply', '--yes', '--json']],
  ['access', ['access']],
  ['access --format text', ['access', '--format', 'text']],
  ['access --user order', ['access', '--user', hostile.order]],
  ['access --json', ['access', '--json']],
  ['access --format csv', ['access', '--format', 'csv']],
  ['access --format markdown', ['access', '--format', 'markdown']],
  ['access --format html', ['access', '--format', 'html']],
  ['access --can', ['access', '--can', 's3:GetObject']],
  ['access --can --format text', ['access', '--can', 's3:GetObject', '--format', 'text']],
  ['access --can --json', ['access', '--can', 's3:GetObject', '--json']],
  ['access --can --format csv', ['access', '--can', 's3:GetObject', '--format', 'csv']],
  ['access --can --format markdown', ['access', '--can', 's3:GetObject', '--format', 'markdown']],
  ['access --can --format html', ['access', '--can', 's3:GetObject', '--format', 'html']],
  ['access --can of such an action', ['access', '--can', hostile.text]],
  [
    'access --can on such a resource',
    ['access', '--can', 's3:GetObject', '--resource', `arn:aws:s3:::${hostile.user}/x`],
  ],
  [
    'access --can on such a resource of another type',
    ['access', '--can', 's3:GetObject', '--resource', `arn:aws:sqs:::${hostile.user}`],
  ],
  ['doctor', ['doctor']],
  ['doctor --json', ['doctor', '--json']],
  ['doctor with such a message', ['doctor', '--explain', `The config profile (${hostile.text}) could not be found`]],
  ['grant order --yes', ['grant', hostile.order, 'Look', management, '--for', '1h', '--yes']],
  ['revoke order --yes', ['revoke', hostile.order, '--yes']],
  ['revoke order --undo --yes', ['revoke', hostile.order, '--undo', '--yes']],
  ['revoke screen --yes --json', ['revoke', hostile.screen, '--yes', '--json']],
  ['revoke screen --undo --yes --json', ['revoke', hostile.screen, '--undo', '--yes', '--json']],
  ['console text', ['console', hostile.text]],
  ['login text', ['login', hostile.text]],
  ['iam-policy', ['iam-policy']],
  ['export terraform', ['export', 'terraform']],
  ['init --from-terraform', ['init', '--from-terraform', 'state.json', '-f', 'taken.yaml', '--verbose']],
  ['init --from-terraform --json', ['init', '--from-terraform', 'state.json', '-f', 'told.yaml', '--json']],
  ['init --from-terraform --dry-run', ['init', '--from-terraform', 'state.json', '-f', 'dry.yaml', '--dry-run']],
  ['completion zsh', ['completion', 'zsh']],
  ['schema', ['schema']],
  ['sandbox --export', ['sandbox', '--export']],
]

describe('names of others', () => {
  it.each(lines)('forge nothing and steer nothing: %s', async (_title, words) => {
    const { stdout, stderr } = await office.run(words)
    expect(forged(stdout)).toEqual([])
    expect(forged(stderr)).toEqual([])
    expect(stdout + stderr).not.toBe('')
  })

  it('are tried with every command', () => {
    expect([...new Set(lines.map(([, [command]]) => command))].sort()).toEqual(commands.map(({ name }) => name).sort())
  })

  it('are written out where they stand', async () => {
    const { stdout: text } = await office.run(['access', '--format', 'text'])
    expect(text).toContain('eve\\u{202e}@acme\\u{200b}.example')
    expect(text).toContain('\\u{3a}:error::pwned')
    expect(text).toContain('group devs\\u{a}::stop-commands::x\\u{a}No changes. All is well.')
    const { stdout: csv } = await office.run(['access', '--format', 'csv'])
    expect(csv).toContain('\\u{1b}[31mProd\\u{2028}\\u{23}#[error]no\\u{2066}')
    const rows = csv.split('\r\n')
    expect(rows).toEqual(csv.split('\n').map((row) => row.replace(/\r$/, '')))
  })

  it('are exact in JSON', async () => {
    const { stdout } = await office.run(['access', '--json'])
    const { access } = JSON.parse(stdout) as { access: readonly Readonly<Record<string, string>>[] }
    expect(new Set(access.map(({ user }) => user))).toEqual(new Set([hostile.user, hostile.screen, hostile.order]))
    expect(new Set(access.map(({ group }) => group))).toEqual(new Set([undefined, hostile.group, hostile.stale]))
  })

  it('are exact in what init writes', async () => {
    const { stdout } = await office.run(['init', '--force', '--dry-run'])
    const { users, groups, ignore } = parse(stdout)
    expect(Object.keys(users)).toEqual([hostile.order])
    expect(groups).toEqual({ [hostile.group]: { description: hostile.note, members: [hostile.order] } })
    expect(ignore.assignments).toContainEqual({ user: hostile.user })
    expect(ignore.assignments).toContainEqual({ user: hostile.screen })
  })

  it('leave nothing to do once they are applied', async () => {
    expect((await office.run(['apply', '--yes'])).code).toBe(0)
    const { stdout } = await run(office.desk, ['plan'])
    expect(stdout).toMatch(/^No changes\. IAM Identity Center/m)
  })
})

it('a message that quotes the account in charge is one line too', async () => {
  const { code, stderr } = await office.run(['plan', '--target', `assignment/Look:user:x@${management}\n::error::x`])
  expect(code).toBe(1)
  expect(forged(stderr)).toEqual([])
})
