import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Backup } from '../../../src/local/files/backup.ts'
import { readTextFile } from '../../../src/local/files/file.ts'
import { replaceTextFile } from '../../../src/local/files/replace.ts'
import { backupsOf, deadProcess, inventory, isRoot, machine, newFolder, refused } from './folder.ts'

const options = { machine, backup: backupsOf('/nowhere') }

async function replace(path: string, text: string, backup: Backup | boolean = true) {
  const kept = backup === true ? backupsOf(dirname(path)) : backup
  return replaceTextFile(await readTextFile(path), text, { machine, backup: kept })
}

function fileWith(text: string, mode = 0o644): string {
  const path = join(newFolder(), 'config')
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

describe('writes', () => {
  test('a new file in a new folder that only the owner can read', async () => {
    const folder = newFolder()
    expect(await replace(join(folder, '.aws/config'), 'new')).toEqual({ written: true, warnings: [] })
    expect(inventory(folder)).toEqual(['.aws/ 700', '.aws/config 600 "new"'])
  })

  test('an existing file with its mode, and what it held beside it, once', async () => {
    const path = fileWith('one', 0o640)
    const backup = `${path}.before-sso-reconcile`
    expect(await replace(path, 'two')).toEqual({ written: true, backup, warnings: [] })
    expect(await replace(path, 'three')).toEqual({ written: true, warnings: [] })
    expect(inventory(join(path, '..'))).toEqual(['config 640 "three"', 'config.before-sso-reconcile 640 "one"'])
  })

  test('no backup where the caller needs none or there is nothing to keep', async () => {
    for (const [text, backup] of [
      ['one', false],
      ['', true],
    ] as const) {
      const path = fileWith(text)
      expect(await replace(path, 'two', backup)).toEqual({ written: true, warnings: [] })
      expect(readdirSync(join(path, '..'))).toEqual(['config'])
    }
  })

  test('the target of links, which stay, with the backup beside the link', async () => {
    const folder = newFolder()
    for (const name of ['home', 'dotfiles']) {
      mkdirSync(join(folder, name))
      chmodSync(join(folder, name), 0o755)
    }
    writeFileSync(join(folder, 'dotfiles/aws'), 'one', { mode: 0o600 })
    symlinkSync('../dotfiles/aws', join(folder, 'home/config'))
    await replace(join(folder, 'home/config'), 'two')
    expect(inventory(folder)).toEqual([
      'dotfiles/ 755',
      'dotfiles/aws 600 "two"',
      'home/ 755',
      'home/config -> ../dotfiles/aws',
      'home/config.before-sso-reconcile 600 "one"',
    ])
  })

  test('the target of a dangling link', async () => {
    const folder = newFolder()
    symlinkSync('target', join(folder, 'config'))
    await replace(join(folder, 'config'), 'new')
    expect(inventory(folder)).toEqual(['config -> target', 'target 600 "new"'])
  })

  test('one of several hard links, and warns that the others keep the old text', async () => {
    const path = fileWith('one')
    linkSync(path, `${path}-other`)
    expect(await replace(path, 'two', false)).toMatchObject({ written: true, warnings: [{ code: 'file-hard-links' }] })
    expect(readFileSync(`${path}-other`, 'utf8')).toBe('one')
  })

  test.skipIf(!isRoot)('a file of another user as root without taking it over (tried as root only)', async () => {
    const path = fileWith('one')
    chownSync(path, 1234, 2345)
    await replace(path, 'two')
    for (const name of [path, `${path}.before-sso-reconcile`])
      expect(statSync(name)).toMatchObject({ uid: 1234, gid: 2345 })
  })
})

describe('touches nothing', () => {
  test('when the text is the same', async () => {
    const path = fileWith('one')
    utimesSync(path, 1, 1)
    utimesSync(join(path, '..'), 1, 1)
    expect(await replace(path, 'one')).toEqual({ written: false, warnings: [] })
    expect([statSync(path).mtimeMs, statSync(join(path, '..')).mtimeMs]).toEqual([1000, 1000])
  })

  test('when there is no file and no text', async () => {
    const path = join(newFolder(), '.aws/config')
    expect(await replace(path, '')).toEqual({ written: false, warnings: [] })
    expect(existsSync(join(path, '..'))).toBe(false)
  })
})

describe('refuses when the file changed since it was read', () => {
  const rows: [what: string, change: (path: string) => void][] = [
    ['content', (path) => writeFileSync(path, 'other')],
    ['mode', (path) => chmodSync(path, 0o600)],
    [
      'target',
      (path) => {
        linkSync(path, `${path}2`)
        unlinkSync(path)
        symlinkSync('config2', path)
      },
    ],
    ['gone', (path) => unlinkSync(path)],
  ]
  test.each(rows)('%s', async (_what, change) => {
    const path = fileWith('one')
    const snapshot = await readTextFile(path)
    change(path)
    const before = inventory(join(path, '..'))
    expect(await refused(replaceTextFile(snapshot, 'two', options))).toEqual(['file-changed'])
    expect(inventory(join(path, '..'))).toEqual(before)
  })

  test('made', async () => {
    const path = join(newFolder(), 'config')
    const snapshot = await readTextFile(path)
    writeFileSync(path, 'other')
    expect(await refused(replaceTextFile(snapshot, 'two', options))).toEqual(['file-changed'])
    expect(readFileSync(path, 'utf8')).toBe('other')
  })
})

describe('temporary files of other runs', () => {
  const rival = (path: string, pid: number, host = encodeURIComponent(machine.host)) => {
    const name = join(path, `../.config.sso-reconcile~${host}~${pid}~0.tmp`)
    writeFileSync(name, 'half')
    return name
  }

  test('are removed when the run was killed', async () => {
    const path = fileWith('one')
    rival(path, deadProcess())
    rival(path, process.pid)
    utimesSync(rival(path, 1), 1, 1)
    utimesSync(rival(path, 1, 'elsewhere'), 1, 1)
    await replace(path, 'two', false)
    expect(inventory(join(path, '..'))).toEqual(['config 644 "two"'])
  })

  test('stop this run while the other runs', async () => {
    for (const host of [undefined, 'elsewhere', '~']) {
      const path = fileWith('one')
      const name = rival(path, 1, host)
      const impatient = { ...machine, pause: async () => {} }
      const run = replaceTextFile(await readTextFile(path), 'two', { machine: impatient, backup: false })
      expect(await refused(run)).toEqual(['file-busy'])
      expect(readdirSync(join(path, '..')).sort()).toEqual([name.slice(name.lastIndexOf('/') + 1), 'config'])
    }
  })

  test('are waited for where their name comes later', async () => {
    const path = fileWith('one')
    const name = rival(path, 1, '~')
    const pause = async () => unlinkSync(name)
    await replaceTextFile(await readTextFile(path), 'two', { machine: { ...machine, pause }, backup: false })
    expect(inventory(join(path, '..'))).toEqual(['config 644 "two"'])
  })

  test('of other files do not matter, nor does what only looks like one', async () => {
    const path = fileWith('one')
    for (const name of ['.other.sso-reconcile~h~1~0.tmp', '.config.sso-reconcile~x.tmp', '.config.tmp']) {
      writeFileSync(join(path, '..', name), '')
    }
    mkdirSync(join(path, '../.config.sso-reconcile~h~1~0.tmp'))
    expect(await replace(path, 'two', false)).toMatchObject({ written: true })
    expect(readdirSync(join(path, '..'))).toHaveLength(5)
  })
})

test('of two runs at once in one process one wins and one is refused', async () => {
  const path = fileWith('one')
  const snapshot = await readTextFile(path)
  const results = await Promise.all(['two', 'three'].map((text) => refused(replaceTextFile(snapshot, text, options))))
  const [winner] = results.flatMap((codes, n) => (codes.length === 0 ? [['two', 'three'][n]] : []))
  expect(results.filter((codes) => codes.length === 0)).toHaveLength(1)
  expect(inventory(join(path, '..'))).toEqual([`config 644 "${winner}"`, 'config.before-sso-reconcile 644 "one"'])
})
