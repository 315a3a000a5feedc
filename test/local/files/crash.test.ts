import { spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { readTextFile } from '../../../src/local/files/file.ts'
import { replaceTextFile } from '../../../src/local/files/replace.ts'
import { moments } from '../../support/effort.ts'
import { backupsOf, inventory, isRoot, machine, newFolder, refused } from './folder.ts'
import { stepped } from './interrupted.ts'

const NOBODY = 65534
const folderOfProgram = newFolder()
const program = join(folderOfProgram, 'replace.mjs')

interface Task {
  readonly path: string
  readonly text?: string
  readonly line?: string
  readonly killAt?: number
}

interface Ended {
  readonly signal: NodeJS.Signals | null
  readonly outcome?: string
  readonly steps?: number
}

beforeAll(() => {
  const entryPoints = [join(import.meta.dirname, 'replace.child.ts')]
  buildSync({ entryPoints, outfile: program, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' })
  chmodSync(folderOfProgram, 0o755)
})

function child(task: Task, user: { uid?: number; gid?: number } = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [program, JSON.stringify(task)], {
      ...user,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let out = ''
    running.stdout.on('data', (data) => {
      out += data
    })
    running.on('error', reject)
    running.on('close', (_code, signal) => resolve({ signal, ...(out === '' ? {} : JSON.parse(out)) }))
  })
}

/** A linked config in a dotfiles folder, a plain one, and none yet; each with the path to replace. */
const scenes: readonly (readonly [what: string, make: (folder: string) => string])[] = [
  [
    'a linked file',
    (folder) => {
      mkdirSync(join(folder, 'dotfiles'), { mode: 0o700 })
      writeFileSync(join(folder, 'dotfiles/aws'), 'old', { mode: 0o600 })
      symlinkSync('dotfiles/aws', join(folder, 'config'))
      return join(folder, 'config')
    },
  ],
  ['a file in a folder not there yet', (folder) => join(folder, '.aws/config')],
]

describe('killed before any file operation and started again, the result is as if never killed', () => {
  test.each(scenes)('%s', async (what, make) => {
    const whole = newFolder()
    const { steps = 0, outcome } = await child({ path: make(whole), text: 'new' })
    expect(outcome).toBe('written')
    expect(steps).toBeGreaterThan(15)
    const at = moments(`${what}, killed before file operations`, steps, 8)
    const after = await inTwos(at, async (killAt) => {
      const folder = newFolder()
      const path = make(folder)
      const killed = await child({ path, text: 'new', killAt })
      const between = await readTextFile(path)
      const { written } = await replaceTextFile(between, 'new', { machine, backup: backupsOf(folder) })
      return { killAt, signal: killed.signal, between: between.text, written, left: inventory(folder) }
    })
    for (const { killAt, signal, between, written, left } of after) {
      expect(signal, `step ${killAt}`).toBe('SIGKILL')
      expect(['old', undefined, 'new'], `step ${killAt}`).toContain(between)
      expect(written, `step ${killAt}`).toBe(between !== 'new')
      expect(left, `step ${killAt}`).toEqual(inventory(whole))
    }
  })
})

describe('where any file operation fails, the old text or the new one is there and nothing else is left', () => {
  test.each(scenes)('%s', async (_what, make) => {
    const codes = new Set<string>()
    for (let failAt = 1, reached = true; reached; failAt += 1) {
      const folder = newFolder()
      const path = make(folder)
      const snapshot = await readTextFile(path)
      let steps = 0
      const failing = stepped(machine, async (name, run) => {
        steps += 1
        if (steps !== failAt) return run()
        if (name === 'file.close') await run()
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
      })
      const found = await refused(replaceTextFile(snapshot, 'new', { machine: failing, backup: false }))
      reached = steps >= failAt
      for (const code of found) codes.add(code)
      const { text } = await readTextFile(path)
      if (found.length === 0) expect(text).toBe('new')
      else expect([snapshot.text, 'new']).toContain(text)
      expect(
        inventory(folder).filter((name) => name.includes('.tmp')),
        `step ${failAt}`,
      ).toEqual([])
    }
    expect([...codes]).toEqual(['file-enospc'])
  })
})

test('of many runs at once each change is either in the file or refused', async () => {
  const path = join(newFolder(), 'config')
  writeFileSync(path, '')
  const ended = await Promise.all(Array.from({ length: 8 }, (_, n) => child({ path, line: `line ${n}` })))
  const written = ended.filter((one) => one.outcome === 'written')
  expect(written.length).toBeGreaterThan(0)
  expect(ended.every((one) => ['written', 'file-changed', 'file-busy'].includes(one.outcome ?? ''))).toBe(true)
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(written.length + 1)
  expect(inventory(join(path, '..')).filter((name) => name.includes('.tmp'))).toEqual([])
})

describe('as a user whom permissions bind', () => {
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {}

  test('a folder one may not write in is refused and nothing changes', async () => {
    const folder = newFolder()
    const path = join(folder, 'config')
    writeFileSync(path, 'one')
    if (isRoot) chownSync(path, NOBODY, NOBODY)
    chmodSync(folder, 0o555)
    const before = inventory(folder)
    expect(await child({ path, text: 'two' }, user)).toMatchObject({ outcome: 'file-eacces' })
    expect(inventory(folder)).toEqual(before)
    chmodSync(folder, 0o700)
  })

  test('a file one may not read is refused', async () => {
    const folder = newFolder()
    const path = join(folder, 'config')
    writeFileSync(path, 'one')
    chmodSync(path, 0o000)
    chmodSync(folder, 0o755)
    expect(await child({ path, text: 'two' }, user)).toMatchObject({ outcome: 'file-eacces' })
  })

  test.skipIf(!isRoot)(
    'a file of somebody else is refused, as its owner would change (tried as root only)',
    async () => {
      const folder = newFolder()
      const path = join(folder, 'config')
      writeFileSync(path, 'one', { mode: 0o644 })
      chownSync(folder, NOBODY, NOBODY)
      const before = inventory(folder)
      expect(await child({ path, text: 'two' }, user)).toMatchObject({ outcome: 'file-other-owner' })
      expect(inventory(folder)).toEqual(before)
      rmSync(path)
    },
  )
})

/** Runs the work for each item, two at a time. */
async function inTwos<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let n = 0; n < items.length; n += 2) results.push(...(await Promise.all(items.slice(n, n + 2).map(work))))
  return results
}
