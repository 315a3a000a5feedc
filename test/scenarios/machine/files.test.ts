import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { startSandbox } from '../../../src/sandbox/server.ts'
import { atEnd } from '../../support/at-end.ts'
import { run } from '../../support/here.ts'
import { newLaptop } from '../../support/machine.ts'
import { newDesk, newFolder } from '../e2e/support/desk.ts'

const session = 'sso_session: personal'
const prod = `local: { ${session}, profiles: { prod: { account: dev, permission_set: Admin } } }\n`
const none = 'local: { sso_session: personal, profiles: {} }\n'

/** What AWS_CONFIG_FILE can name, and how a plan that needs the file speaks of it. */
const places: readonly (readonly [what: string, make: (path: string) => string | undefined, found: RegExp])[] = [
  ['the null device', () => '/dev/null', /\/dev\/null is the null device; anything written to it is lost/],
  ['a folder', (path) => void mkdirSync(path), /is a folder; expected a file/],
  ['a dangling link', (path) => void symlinkSync('missing/config', path), /points into a folder that does not exist/],
  ['a link in a circle', (path) => void symlinkSync('config', path), /is a symbolic link loop/],
  [
    'a section twice',
    (path) => void writeFileSync(path, '[default]\n[default]\n'),
    /section \[default\] is already on line 1/,
  ],
  ['a line of junk', (path) => void writeFileSync(path, '[default]\njunk\n'), /neither \[section\] nor key = value/],
  ['a byte order mark', (path) => void writeFileSync(path, '\ufeff[default]\n'), /byte order mark/],
  [
    'the home of another user',
    () => '~somebody/config',
    /AWS_CONFIG_FILE is ~somebody\/config, a path in the home of another user/,
  ],
]

function variables(make: (path: string) => string | undefined): { AWS_CONFIG_FILE: string } {
  const path = join(newFolder(), 'config')
  return { AWS_CONFIG_FILE: make(path) ?? path }
}

describe('an AWS config that cannot be used', () => {
  test.each(places)('%s is refused with a plain word where the plan writes to it', async (_what, make, found) => {
    const laptop = newLaptop(prod)
    for (const command of ['plan', 'apply'] as const) {
      const { code, stderr } = await laptop.run(command, [], variables(make))
      expect(code).toBe(1)
      expect(stderr).toMatch(found)
      expect(stderr).not.toContain('defect')
    }
  })

  let url = ''
  beforeAll(async () => {
    const seed = { region: 'eu-west-1', managementAccount: '111122223333', accounts: [] }
    const stateFile = join(newFolder(), 'state.json')
    const server = await startSandbox({
      stateFile,
      seed,
      now: () => new Date(),
      random: (size) => randomBytes(size),
      faults: {},
    })
    url = server.url
    atEnd(() => server.close())
  })

  const cloud =
    'version: 1\nidentity_center: { region: eu-west-1 }\nusers: { taro: { given_name: T, family_name: Y, email: t@example.com } }\n'
  test.each(places)('%s blocks nothing that needs no file', async (_what, make) => {
    const env = { ...variables(make), AWS_SHARED_CREDENTIALS_FILE: '/dev/null' }
    const desk = newDesk(url, cloud)
    const both = newDesk(url, `${cloud}accounts: { dev: "111122223333" }\n${prod}`)
    const ended = [
      await run(desk, ['validate'], env),
      await run(desk, ['apply', '--yes'], env),
      await run(desk, ['plan', '--check'], env),
      await run(desk, ['access'], env),
      await run(both, ['plan', '--only', 'cloud', '--check'], env),
      await run(both, ['plan', '--target', 'user/taro', '--check'], env),
    ]
    expect(ended.map(({ code, stderr }) => `${code} ${code === 0 ? '' : stderr}`)).toEqual(ended.map(() => '0 '))
    for (const words of [['revoke', 'taro', '--yes'], ['doctor'], ['init', '--dry-run', '--force']]) {
      const { stdout, stderr } = await run(both, words, env)
      expect(stdout + stderr).not.toMatch(/defect|error +.*(?:null device|leads|is a folder|junk|byte order)/)
    }
  })

  test('a manifest that only prunes shells or nothing is told of a broken file, and goes on', async () => {
    const laptop = newLaptop('local: { shell: { aws_profile: prod, shells: [zsh] } }\n', {
      '.aws/config': '[a]\n[a]\n',
    })
    const { code, stderr } = await laptop.run('apply')
    expect(code).toBe(0)
    expect(stderr).toMatch(/config:2:1 +warning +section \[a\] is already on line 1/)
    expect(laptop.read('.zshrc')).toContain('AWS_PROFILE')
    laptop.manifest(none)
    expect((await laptop.run('plan')).code).toBe(1)
  })

  test('a named pipe holds nothing up', async () => {
    const path = join(newFolder(), 'config')
    execFileSync('mkfifo', [path])
    for (const words of [['plan'], ['doctor'], ['init', '--dry-run', '--force']]) {
      const { stderr } = await run(newDesk(url, cloud), words, { AWS_CONFIG_FILE: path })
      expect(stderr).toContain('is a named pipe; expected a file')
    }
  })

  test('a home that does not exist yet is made', async () => {
    const laptop = newLaptop(prod)
    const home = join(laptop.desk.folder, 'new')
    const { code } = await run({ ...laptop.desk, home }, ['apply', '--only', 'local', '--yes'])
    expect(code).toBe(0)
    expect(readFileSync(join(home, '.aws/config'), 'utf8')).toContain('[profile prod]')
  })
})

describe('what a person keeps', () => {
  const managed = `${prod.trim()}\n`

  test('lines added to a section of ours are in a backup before the section goes, once', async () => {
    const laptop = newLaptop(managed)
    await laptop.run('apply')
    const made = laptop.config()
    const added = made.replace(
      'sso_role_name = Admin\n',
      'sso_role_name = Admin\n# for the old tool\ncli_pager = less\n',
    )
    laptop.write('.aws/config', added)
    laptop.manifest(none)
    const { code, stderr } = await laptop.run('apply')
    expect(code).toBe(0)
    expect(stderr).toContain('config.before-sso-reconcile')
    expect(laptop.read('.aws/config.before-sso-reconcile')).toBe(added)
    laptop.manifest(managed)
    await laptop.run('apply')
    const later = laptop
      .config()
      .replace('sso_role_name = Admin\n', 'sso_role_name = Admin\noutput = text\nca_bundle = mine\n')
    laptop.write('.aws/config', later)
    laptop.manifest(none)
    // The first backup does not have these lines.
    expect((await laptop.run('apply')).stderr).toContain('config.before-sso-reconcile.2')
    expect(laptop.read('.aws/config.before-sso-reconcile.2')).toBe(later)
    expect(laptop.config()).not.toContain('prod')
  })

  test('a section that is as it was made needs none', async () => {
    const laptop = newLaptop(managed)
    await laptop.run('apply')
    laptop.manifest(none)
    expect((await laptop.run('apply')).stderr).not.toContain('before-sso-reconcile')
    expect(laptop.read('.aws/config.before-sso-reconcile')).toBeUndefined()
  })

  test('no backup lands in a repository that ~/.aws is linked to; where it lies is said', async () => {
    const laptop = newLaptop(managed, { 'dotfiles/aws/config': '[profile own]\naws_secret_access_key = x\n' })
    mkdirSync(join(laptop.desk.home, 'dotfiles/.git'))
    symlinkSync('dotfiles/aws', join(laptop.desk.home, '.aws'))
    const { code, stderr } = await laptop.run('apply', [], { XDG_STATE_HOME: undefined })
    expect(code).toBe(0)
    const place = join(laptop.desk.home, '.local/state/sso-reconcile/backups')
    const name = `${join(laptop.desk.home, '.aws/config').replaceAll('/', '%')}.before-sso-reconcile`
    expect(stderr).toContain(join(place, name))
    expect(readFileSync(join(place, name), 'utf8')).toContain('[profile own]')
    expect(readdirSync(join(laptop.desk.home, 'dotfiles/aws'))).toEqual(['config'])
  })

  test('a read-only file is refused by the plan already, with what to do', async () => {
    const laptop = newLaptop(managed, { '.aws/config': '[profile own]\n' })
    const path = join(laptop.desk.home, '.aws/config')
    execFileSync('chmod', ['444', path])
    for (const command of ['plan', 'apply'] as const) {
      const { code, stderr } = await laptop.run(command)
      expect(code).toBe(1)
      expect(stderr).toContain(`${path} is read-only (mode 0444); it was not changed`)
      expect(stderr).toContain(`chmod u+w '${path}'`)
    }
    expect(laptop.config()).toBe('[profile own]\n')
    execFileSync('chmod', ['u+w', path])
    expect((await laptop.run('apply')).code).toBe(0)
  })
})
