import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readTextFile } from '../../../src/local/files/file.ts'
import { replaceTextFile } from '../../../src/local/files/replace.ts'
import { backupsOf, inventory, machine, newFolder, refused } from './folder.ts'
import { stepped } from './interrupted.ts'

/** A tool that works here, on the file system of the tests. */
const works = (program: string, ...words: string[]) => {
  const path = join(newFolder(), 'probe')
  writeFileSync(path, '')
  return spawnSync(program, [...words, path]).status === 0
}
const acls = works('setfacl', '-m', 'u:4321:r')
const attributes = works('setfattr', '-n', 'user.note', '-v', 'x')
if (!acls) process.stderr.write('skipped: access control lists (no setfacl that works here)\n')
if (!attributes) process.stderr.write('skipped: extended attributes (no setfattr that works here)\n')

const path = process.env.PATH
afterEach(() => {
  process.env.PATH = path
})

/** A config whose text is `one`, with more than permission bits. */
function fileWith(tool: 'setfacl' | 'setfattr', ...words: string[]): string {
  const file = join(newFolder(), 'config')
  writeFileSync(file, 'one')
  chmodSync(file, 0o640)
  execFileSync(tool, [...words, file])
  return file
}

async function replace(file: string, options: Partial<Parameters<typeof replaceTextFile>[2]> = {}) {
  return replaceTextFile(await readTextFile(file), 'two', { machine, backup: backupsOf(dirname(file)), ...options })
}

const listOf = (file: string) => execFileSync('getfacl', ['-cpn', file], { encoding: 'utf8' })
const noteOf = (file: string) =>
  execFileSync('getfattr', ['--only-values', '--absolute-names', '-n', 'user.note', file], { encoding: 'utf8' })

describe('what a file has besides content', () => {
  test.skipIf(!acls)('an access control list stays, in the backup too', async () => {
    const file = fileWith('setfacl', '-m', 'u:4321:r,g:5432:rw')
    const before = listOf(file)
    expect(before).toContain('user:4321:r--')
    const { backup = '' } = await replace(file)
    expect(readFileSync(file, 'utf8')).toBe('two')
    expect([listOf(file), listOf(backup)]).toEqual([before, before])
  })

  test.skipIf(!acls)('a file without one gets none from its folder', async () => {
    const file = join(newFolder(), 'config')
    writeFileSync(file, 'one')
    chmodSync(file, 0o640)
    const before = listOf(file)
    execFileSync('setfacl', ['-d', '-m', 'u:4321:rw', dirname(file)])
    await replace(file)
    expect(listOf(file)).toBe(before)
  })

  test.skipIf(!attributes)('an extended attribute stays, also behind a link', async () => {
    const file = fileWith('setfattr', '-n', 'user.note', '-v', 'mine')
    const link = join(newFolder(), 'config')
    symlinkSync(file, link)
    await replace(link)
    expect([readFileSync(file, 'utf8'), noteOf(file)]).toEqual(['two', 'mine'])
  })
})

/** Makes the programs of a machine without the GNU ones: `cp` knows no long options, and what is not named is not there. */
function withPrograms(...real: string[]): void {
  const folder = newFolder()
  writeFileSync(join(folder, 'cp'), '#!/bin/sh\necho "cp: unrecognized option: $1" >&2\nexit 1\n', { mode: 0o755 })
  for (const name of real)
    symlinkSync(spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim(), join(folder, name))
  process.env.PATH = folder
}

describe('where no program can copy it', () => {
  test.skipIf(!acls)('a list that ls shows is refused with a word', async () => {
    const file = fileWith('setfacl', '-m', 'u:4321:r')
    const before = inventory(dirname(file))
    withPrograms('ls')
    await expect(replace(file)).rejects.toThrow(/has an access control list or extended attributes.* would lose them/)
    expect(inventory(dirname(file))).toEqual(before)
  })

  test.skipIf(!attributes)('an attribute that getfattr shows is refused', async () => {
    const file = fileWith('setfattr', '-n', 'user.note', '-v', 'mine')
    withPrograms('ls', 'getfattr')
    expect(await refused(replace(file))).toEqual(['file-attributes'])
    expect(noteOf(file)).toBe('mine')
  })

  test('a file that shows no sign of any is replaced, with its mode', async () => {
    for (const programs of [['ls', 'getfattr'].filter((name) => name === 'ls' || attributes), ['ls'], []]) {
      process.env.PATH = path
      const file = join(newFolder(), 'config')
      writeFileSync(file, 'one')
      chmodSync(file, 0o640)
      withPrograms(...programs)
      expect(await replace(file, { backup: false })).toEqual({ written: true, warnings: [] })
      expect(inventory(dirname(file))).toEqual(['config 640 "two"'])
    }
  })
})

describe('modes', () => {
  /** A machine whose file system takes no change of permission bits, whatever they are. */
  const fixed = stepped(machine, (name, run) => {
    if (name === 'file.chmod') throw Object.assign(new Error('refused'), { code: 'EPERM' })
    return run()
  })
  const withoutCopy = { ...fixed, copyAttributes: async () => true }

  test('nothing is changed that is right already', async () => {
    const file = join(newFolder(), 'config')
    writeFileSync(file, 'one')
    chmodSync(file, 0o600)
    expect(await replace(file, { machine: withoutCopy })).toMatchObject({ written: true })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const made = join(newFolder(), 'config')
    expect(await replace(made, { machine: withoutCopy })).toEqual({ written: true, warnings: [] })
  })

  test('a new file that cannot have its mode is made and told', async () => {
    const file = join(newFolder(), 'config')
    const { warnings } = await replace(file, { machine: withoutCopy, newMode: 0o644 })
    expect(warnings).toMatchObject([
      { code: 'file-mode-not-kept', message: expect.stringContaining('0600 instead of 0644') },
    ])
  })

  test('a file whose mode would be lost is left as it was', async () => {
    const file = join(newFolder(), 'config')
    writeFileSync(file, 'one')
    chmodSync(file, 0o640)
    expect(await refused(replace(file, { machine: withoutCopy }))).toEqual(['file-mode'])
    expect(inventory(dirname(file))).toEqual(['config 640 "one"'])
  })

  test.each([0o444, 0o400, 0o555])('a file that its owner made read-only (%o) is not replaced', async (mode) => {
    const file = join(newFolder(), 'config')
    writeFileSync(file, 'one')
    chmodSync(file, mode)
    const before = inventory(dirname(file))
    await expect(replace(file)).rejects.toMatchObject({
      diagnostics: [{ code: 'file-read-only', hint: expect.stringContaining(`chmod u+w '${file}'`) }],
    })
    expect(inventory(dirname(file))).toEqual(before)
    expect(await replaceTextFile(await readTextFile(file), 'one', { machine, backup: false })).toMatchObject({
      written: false,
    })
  })
})

test('nothing is written to the null device', async () => {
  const file = join(newFolder(), 'config')
  symlinkSync('/dev/null', file)
  expect(await refused(replace(file))).toEqual(['file-discards'])
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
})

describe('a backup', () => {
  const config = (folder: string, ...parts: string[]) => {
    const file = join(folder, ...parts)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, 'one')
    return file
  }
  const besides = (file: string) => `${file}.before-sso-reconcile`

  /** Where the backup of a change lies, in a home. */
  async function place(home: string, file: string) {
    const { backup = '' } = await replace(file, { backup: backupsOf(home) })
    expect(readFileSync(backup, 'utf8')).toBe('one')
    return backup
  }
  const elsewhere = (home: string, file: string) =>
    join(home, '.local/state/sso-reconcile/backups', besides(file).replaceAll('/', '%'))

  test('lies beside a plain file and beside a link into a repository', async () => {
    const home = newFolder()
    const plain = config(home, '.aws/config')
    expect(await place(home, plain)).toBe(besides(plain))
    mkdirSync(join(home, 'dotfiles/.git'), { recursive: true })
    const link = join(home, '.zshrc')
    symlinkSync(config(home, 'dotfiles/zshrc'), link)
    expect(await place(home, link)).toBe(besides(link))
  })

  test('lies elsewhere, for its owner only, where the folder is linked', async () => {
    const home = newFolder()
    config(home, 'dotfiles/aws/config')
    symlinkSync('dotfiles/aws', join(home, '.aws'))
    const file = join(home, '.aws/config')
    const backup = await place(home, file)
    expect(backup).toBe(elsewhere(home, file))
    expect([statSync(dirname(backup)).mode & 0o777, statSync(backup).mode & 0o777]).toEqual([0o700, 0o600])
    expect(inventory(join(home, 'dotfiles/aws'))).toHaveLength(1)
    // One is enough, there too.
    expect(
      await replaceTextFile(await readTextFile(file), 'three', { machine, backup: backupsOf(home) }),
    ).not.toHaveProperty('backup')
  })

  test.each(['.git', '.hg', '.jj', '.svn'])(
    'lies elsewhere where the file itself is in a working tree (%s)',
    async (name) => {
      const home = newFolder()
      const file = config(home, 'dotfiles/zsh/.zshrc')
      mkdirSync(join(home, 'dotfiles', name))
      expect(await place(home, file)).toBe(elsewhere(home, file))
    },
  )

  test('lies beside the file where only the home is linked, or is a working tree as a whole', async () => {
    const folder = newFolder()
    const home = join(folder, 'home')
    const file = config(folder, 'disk/me/.aws/config')
    mkdirSync(join(folder, 'disk/me/.git'))
    symlinkSync('disk/me', home)
    expect(await place(home, join(home, '.aws/config'))).toBe(besides(join(home, '.aws/config')))
    expect(readFileSync(besides(file), 'utf8')).toBe('one')
  })

  test('is made again before something goes that none has yet', async () => {
    const home = newFolder()
    const file = config(home, 'config')
    const change = async (text: string, ...holds: string[]) =>
      (await replaceTextFile(await readTextFile(file), text, { machine, backup: backupsOf(home, holds) })).backup
    expect(await change('two', 'one')).toBe(besides(file))
    expect(await change('three')).toBeUndefined()
    expect(await change('four', 'one')).toBeUndefined()
    expect(await change('five', 'four')).toBe(`${besides(file)}.2`)
    expect(await change('six', 'one', 'four')).toBeUndefined()
    mkdirSync(`${besides(file)}.3`)
    expect(await change('seven', 'six')).toBe(`${besides(file)}.4`)
    expect(inventory(home).filter((line) => line.includes('before'))).toEqual([
      'config.before-sso-reconcile 644 "one"',
      'config.before-sso-reconcile.2 644 "four"',
      'config.before-sso-reconcile.3/ 755',
      'config.before-sso-reconcile.4 644 "six"',
    ])
  })
})
