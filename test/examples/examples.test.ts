import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, test } from 'vitest'
import { modeline } from '../../src/manifest/modeline.ts'
import { newDesk } from '../scenarios/e2e/support/desk.ts'
import { run } from '../support/here.ts'

const root = join(import.meta.dirname, '../..')
const examples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml') && !path.includes('.github') && !isPart(path))
  .toSorted()

/** Files that another example includes. */
function isPart(path: string): boolean {
  return /^teams\/(?!sso\.yaml$)/.test(path)
}

/** Examples that take back what another one did. */
const undoing: Readonly<Record<string, string>> = { 'undo.yaml': 'solo.yaml' }

/** What the examples that name variables take from the environment. */
const variables = { SSO_START_URL: 'https://d-1234567890.awsapps.com/start', SSO_ACCOUNT: '111122223333' }

/** A desk in a copy of the folder of examples, for policy files and the like. */
function deskWithExamples() {
  const desk = newDesk()
  cpSync(join(root, 'examples'), desk.work, { recursive: true })
  return desk
}

it('there is an example for each situation that README names', () => {
  expect(examples).toEqual(
    expect.arrayContaining([
      'delegated-administrator.yaml',
      'dotfiles/sso.yaml',
      'from-access-keys.yaml',
      'from-terraform.yaml',
      'identity-provider.yaml',
      ...['laptop.yaml', 'organization.yaml', 'portal.yaml', 'solo.yaml', 'team.yaml', 'teams/sso.yaml'],
    ]),
  )
})

test.each(['../sso.yaml', ...examples])('examples/%s begins with the modeline that works anywhere', (path) => {
  expect(readFileSync(join(root, 'examples', path), 'utf8').split('\n', 1)).toEqual([modeline])
})

test.each(['people', 'payments', 'data'])(
  'examples/teams/%s.yaml begins with the modeline of included files',
  (name) => {
    const [line = ''] = readFileSync(join(root, `examples/teams/${name}.yaml`), 'utf8').split('\n', 1)
    expect(line).toBe(modeline.replace('sso.schema', 'included.schema'))
  },
)

test.each(examples)('examples/%s is valid, is applied in one go, and then nothing is left to change', async (path) => {
  const desk = deskWithExamples()
  const words = ['--sandbox', '-f', path]
  expect(await run(desk, ['validate', ...words], variables)).toMatchObject({ code: 0, stderr: '' })
  const before = undoing[path]
  if (before)
    expect(await run(desk, ['apply', '--yes', '--sandbox', '-f', before], variables)).toMatchObject({ code: 0 })
  const applied = await run(desk, ['apply', '--yes', ...words], variables)
  expect(applied, applied.stderr).toMatchObject({ code: 0 })
  expect(applied.stdout).toMatch(
    before ? /\nApplied: 0 created, 0 updated, [1-9]\d* deleted/ : /\nApplied: [1-9]\d* created, 0 updated, 0 deleted/,
  )
  const again = await run(desk, ['plan', '--check', ...words], variables)
  expect(again, again.stdout).toMatchObject({ code: 0 })
  expect(again.stdout).toMatch(/^No changes/m)
})

test.each(examples)('examples/%s keeps the activation of each user it creates in its checklist', async (path) => {
  const desk = deskWithExamples()
  const { stdout } = await run(desk, ['plan', '--json', '--sandbox', '-f', path], variables)
  const plan: { operations: { kind: string; address: string }[] } = JSON.parse(stdout)
  const text = readFileSync(join(root, 'examples', path), 'utf8')
  for (const { kind, address } of plan.operations)
    if (kind === 'user') expect(text).toMatch(new RegExp(`activated: \\{.*\\b${address.slice('user/'.length)}: `))
})

it('the modeline names a file of the repository that package.json names', () => {
  const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { repository: { url: string } }
  const [, owner] = /github\.com\/(.+)\.git$/.exec(repository.url) ?? []
  expect(modeline).toBe(
    `# yaml-language-server: $schema=https://raw.githubusercontent.com/${owner}/main/schema/sso.schema.json`,
  )
})

it('what init writes begins with the modeline', async () => {
  const desk = newDesk()
  const { code, stdout } = await run(desk, [
    'init',
    '--dry-run',
    '--sandbox',
    '--region',
    'eu-west-1',
    '-f',
    'new.yaml',
  ])
  expect({ code, line: stdout.split('\n', 1)[0] }).toEqual({ code: 0, line: modeline })
})
