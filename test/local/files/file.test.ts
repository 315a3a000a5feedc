import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTextFile } from '../../../src/local/files/file.ts'
import { newFolder, refused } from './folder.ts'

describe('reads', () => {
  test('a file with its mode, owner and number of names', async () => {
    const path = join(newFolder(), 'config')
    writeFileSync(path, '[default]\r\n\u2028ü')
    chmodSync(path, 0o640)
    expect(await readTextFile(path)).toEqual({
      path,
      target: path,
      text: '[default]\r\n\u2028ü',
      mode: 0o640,
      owner: { uid: process.getuid?.(), gid: process.getgid?.() },
      links: 1,
    })
  })

  test('a missing file in a folder, and in a missing folder reached through a link', async () => {
    const folder = newFolder()
    expect(await readTextFile(join(folder, 'config'))).toEqual({
      path: join(folder, 'config'),
      target: join(folder, 'config'),
      text: undefined,
    })
    mkdirSync(join(folder, 'real'))
    symlinkSync('real', join(folder, 'home'))
    const path = join(folder, 'home/.aws/config')
    expect(await readTextFile(path)).toEqual({ path, target: join(folder, 'real/.aws/config'), text: undefined })
  })

  test('through links, relative, absolute, in a row and through linked folders', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'dotfiles/aws'), { recursive: true })
    mkdirSync(join(folder, 'home'))
    writeFileSync(join(folder, 'dotfiles/config'), 'text')
    symlinkSync('../dotfiles/aws', join(folder, 'home/.aws'))
    // The system takes .. from where the linked folder really is.
    symlinkSync('../config', join(folder, 'dotfiles/aws/config'))
    symlinkSync(join(folder, 'home/.aws/config'), join(folder, 'link'))
    expect(await readTextFile(join(folder, 'link'))).toMatchObject({
      target: join(folder, 'dotfiles/config'),
      text: 'text',
    })
  })

  test('a dangling link into an existing folder as a missing file', async () => {
    const folder = newFolder()
    symlinkSync('target', join(folder, 'config'))
    expect(await readTextFile(join(folder, 'config'))).toMatchObject({
      target: join(folder, 'target'),
      text: undefined,
    })
  })
})

test('the null device, and a link to it, reads as empty', async () => {
  const path = join(newFolder(), 'config')
  symlinkSync('/dev/null', path)
  for (const one of ['/dev/null', path])
    expect(await readTextFile(one)).toEqual({ path: one, target: '/dev/null', text: '', discards: true })
})

describe('refuses', () => {
  const rows: [what: string, make: (path: string) => unknown, code: string][] = [
    ['a folder', (path) => mkdirSync(path), 'file-not-regular'],
    ['a named pipe', (path) => execFileSync('mkfifo', [path]), 'file-not-regular'],
    ['a link to a device', (path) => symlinkSync('/dev/zero', path), 'file-not-regular'],
    ['a link to itself', (path) => symlinkSync('config', path), 'file-eloop'],
    ['a dangling link into a missing folder', (path) => symlinkSync('missing/config', path), 'file-dangling-link'],
    ['a byte order mark', (path) => writeFileSync(path, '\ufeff[default]\n'), 'file-not-utf8'],
    ['UTF-16', (path) => writeFileSync(path, '\ufeff[default]\n', 'utf16le'), 'file-not-utf8'],
    ['Latin-1', (path) => writeFileSync(path, '[default]\n# caf\u00e9\n', 'latin1'), 'file-not-utf8'],
  ]
  test.each(rows)('%s', async (_what, make, code) => {
    const path = join(newFolder(), 'config')
    make(path)
    expect(await refused(readTextFile(path))).toEqual([code])
  })

  test('a socket', async () => {
    const path = join(newFolder(), 'config')
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(path, resolve))
    expect(await refused(readTextFile(path))).toEqual(['file-not-regular'])
    await new Promise((resolve) => server.close(resolve))
  })

  test('a path through a file', async () => {
    const path = join(newFolder(), 'config')
    writeFileSync(path, '')
    expect(await refused(readTextFile(join(path, 'config')))).toEqual(['file-enotdir'])
  })

  test('bad UTF-8 with the line it is on', async () => {
    const path = join(newFolder(), 'config')
    writeFileSync(path, Buffer.from('\xe9\n\n', 'latin1'))
    await expect(readTextFile(path)).rejects.toMatchObject({ diagnostics: [{ at: { line: 1 } }] })
    writeFileSync(path, Buffer.concat([Buffer.from('ü\n\n'), Buffer.from([0xe3, 0x81])]))
    await expect(readTextFile(path)).rejects.toMatchObject({
      diagnostics: [{ at: { file: path, line: 3, column: 1 } }],
    })
  })
})
