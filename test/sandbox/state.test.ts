import { spawnSync } from 'node:child_process'
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CreateGroupCommand, paginateListGroups } from '@aws-sdk/client-identitystore'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/sandbox/state/store.ts'
import { bundled, type Child, run } from './child.ts'
import { clients, instanceOf, sandbox, temporaryFolder, thrown } from './harness.ts'

const row = (account: string) => ({ account, region: 'eu-central-1' })

async function groupNames(url: string): Promise<string[]> {
  const aws = clients(url)
  const { IdentityStoreId } = await instanceOf(aws)
  const names: string[] = []
  for await (const page of paginateListGroups({ client: aws.directory }, { IdentityStoreId })) {
    names.push(...(page.Groups ?? []).map(({ DisplayName }) => DisplayName ?? ''))
  }
  return names.sort()
}

async function addressOf(server: Child): Promise<string> {
  return (await server.lines.next()).value
}

describe('the state file', () => {
  it('opens wherever a killed process stopped writing, with all complete changes and room for more', async () => {
    const folder = await temporaryFolder()
    const file = join(folder, 'state.json')
    const store = openStore(file, () => ({}), 'a')
    const start = (await readFile(file)).length
    for (let n = 0; n < 4; n += 1) store.run((state) => state.put('home', `row ${n}`, row('ü'.repeat(n))))
    const whole = await readFile(file)
    for (let end = start; end <= whole.length; end += 3) {
      const cut = join(folder, `cut-${end}.json`)
      await writeFile(cut, whole.subarray(0, end))
      const lines = whole.subarray(start, end).toString().split('\n')
      const complete = lines.slice(0, -1).filter(isJson).length
      const opened = openStore(cut, () => ({}), 'b')
      expect(opened.run((state) => state.rows('home').size)).toBe(complete)
      opened.run((state) => state.put('home', 'more', row('x')))
      opened.close()
      const again = openStore(cut, () => ({}), 'c')
      // A line that lacks nothing but its end counts as soon as the next writer ends it.
      expect(again.run((state) => [...state.rows('home').keys()])).toHaveLength(lines.filter(isJson).length + 1)
      again.close()
    }
    store.close()
  })

  it('is one line of JSON after closing, and opens when a person spread it over many', async () => {
    const file = join(await temporaryFolder(), 'state.json')
    const store = openStore(file, () => ({}), 'a')
    store.run((state) => state.put('home', 'home', row('1')))
    store.close()
    const closed = JSON.parse(await readFile(file, 'utf8'))
    expect(closed.tables.home).toEqual({ home: row('1') })
    await writeFile(file, JSON.stringify(closed, null, 2))
    const again = openStore(file, () => ({}), 'b')
    again.run((state) => state.put('home', 'other', row('2')))
    again.close()
    expect(Object.keys(JSON.parse(await readFile(file, 'utf8')).tables.home)).toEqual(['home', 'other'])
  })

  it.each(['', 'version: 1\n', '{"format":2}', '{"format":1,"tables":{"nonsense":{}}}'])(
    'is left alone when it holds something else: %j',
    async (text) => {
      const file = join(await temporaryFolder(), 'state.json')
      await writeFile(file, text)
      expect(() => openStore(file, () => ({}), 'a')).toThrow('is not the state of a sandbox')
      expect(await readFile(file, 'utf8')).toBe(text)
    },
  )

  it('takes nothing of a change whose work threw', async () => {
    const store = openStore(join(await temporaryFolder(), 'state.json'), () => ({}), 'a')
    const work = () =>
      store.run((state) => {
        state.put('home', 'home', row('1'))
        throw new Error('no')
      })
    expect(work).toThrow('no')
    expect(store.run((state) => state.rows('home').size)).toBe(0)
    store.close()
  })

  it('finishes the compaction of a process that died between its seal and the new file', async () => {
    const file = join(await temporaryFolder(), 'state.json')
    const store = openStore(file, () => ({}), 'a')
    store.run((state) => state.put('home', 'home', row('1')))
    await appendFile(file, `${JSON.stringify({ sequence: 2, writer: 'gone.1', sealed: true })}\n`)
    await appendFile(
      file,
      `${JSON.stringify({ sequence: 3, writer: 'late.1', changes: [['home', 'late', row('3')]] })}\n`,
    )
    const { pid: dead } = spawnSync(process.execPath, ['-e', ''])
    await writeFile(`${file}.lock`, String(dead))
    store.run((state) => state.put('home', 'next', row('2')))
    expect(store.run((state) => [...state.rows('home').keys()])).toEqual(['home', 'next'])
    store.close()
    expect(await readdir(dirname(file))).toEqual(['state.json'])
  })

  it('counts right when processes change the same row, compact all the while, and one is killed', async () => {
    const folder = await temporaryFolder()
    const script = await bundled('count', folder)
    const file = join(folder, 'state.json')
    const [first, second, victim] = [
      run(script, file, 'a', '200'),
      run(script, file, 'b', '200'),
      run(script, file, 'c', '100000'),
    ]
    const seen: string[] = []
    const follow = async (child: Child) => {
      for (let line = await child.lines.next(); !line.done; line = await child.lines.next()) seen.push(line.value)
    }
    const kill = async () => {
      for (let n = 0; n < 60; n += 1) seen.push((await victim.lines.next()).value)
      await victim.kill()
      await follow(victim)
    }
    await Promise.all([follow(first), follow(second), kill()])
    expect([await first.ended(), await second.ended()]).toEqual([0, 0])
    const store = openStore(file, () => ({}), 'd')
    const total = Number(store.run((state) => state.rows('home').get('count')?.account))
    store.close()
    expect(new Set(seen).size).toBe(seen.length)
    // The victim may have been killed between its last write and its saying so.
    expect(total - seen.length).toBeGreaterThanOrEqual(0)
    expect(total - seen.length).toBeLessThanOrEqual(1)
  })
})

describe('the server', () => {
  it('keeps every acknowledged write through kill -9, round after round', async () => {
    const folder = await temporaryFolder()
    const script = await bundled('serve', folder)
    const stateFile = join(folder, 'state.json')
    const acknowledged: string[] = []
    for (let round = 0; round < 4; round += 1) {
      const server = run(script, stateFile)
      const aws = clients(await addressOf(server))
      const { IdentityStoreId } = await instanceOf(aws)
      const write = async (lane: number) => {
        for (let n = 0; ; n += 1) {
          const DisplayName = `group ${round} ${lane} ${n}`
          const { GroupId } = await aws.directory.send(new CreateGroupCommand({ IdentityStoreId, DisplayName }))
          if (GroupId) acknowledged.push(DisplayName)
          if (acknowledged.length >= 25 * (round + 1)) await server.kill()
        }
      }
      const lanes = [0, 1, 2].map(write)
      for (const lane of await Promise.allSettled(lanes)) expect(lane.status).toBe('rejected')
    }
    const { url } = await sandbox({ stateFile })
    expect(await groupNames(url)).toEqual(expect.arrayContaining(acknowledged))
  })

  it('shares a state file with another process: one view, and a name goes to one of them', async () => {
    const folder = await temporaryFolder()
    const script = await bundled('serve', folder)
    const stateFile = join(folder, 'state.json')
    const urls = await Promise.all([run(script, stateFile), run(script, stateFile)].map(addressOf))
    const { IdentityStoreId } = await instanceOf(clients(urls[0] ?? ''))
    const names = Array.from({ length: 20 }, (_, n) => `group ${n}`)
    const outcomes = await Promise.all(
      names.flatMap((DisplayName) =>
        urls.map((url) =>
          thrown(clients(url).directory.send(new CreateGroupCommand({ IdentityStoreId, DisplayName }))),
        ),
      ),
    )
    const refused = outcomes.filter(({ name }) => name === 'ConflictException')
    expect(refused).toHaveLength(names.length)
    for (const url of urls) expect(await groupNames(url)).toEqual([...names].sort())
  })
})

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
