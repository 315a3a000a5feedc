import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { keptIn } from '../../../src/load.ts'
import { binary, environment } from './support/binary.ts'
import { newDesk, newFolder } from './support/desk.ts'

/** A copy of the build, with the folder of what was compiled for this Node.js. */
function copy(): { readonly build: string; readonly kept: string } {
  const build = newFolder()
  cpSync(dirname(binary), build, { recursive: true, preserveTimestamps: true })
  return { build, kept: keptIn(join(build, 'compiled'), process) }
}

const manifest = 'version: 1\nidentity_center: { region: eu-west-1 }\n'

function validated(build: string, extra: Record<string, string> = {}): string {
  const desk = newDesk()
  writeFileSync(join(desk.work, 'sso.yaml'), manifest)
  const env = { ...environment(desk), ...extra }
  return execFileSync(process.execPath, [join(build, 'cli.js'), 'validate'], { cwd: desk.work, env, encoding: 'utf8' })
}

const isKept = () => {
  try {
    return statSync(join(copy().kept, 'packs.json')).isFile()
  } catch {
    return false
  }
}
const kept = isKept()
if (!kept) process.stdout.write('skipped: code that the build keeps: this build has kept none for this Node.js\n')

test.skipIf(!kept)('is run as long as nothing was changed', () => {
  const { build, kept } = copy()
  const text = readFileSync(join(kept, '1.js'), 'latin1')
  writeFileSync(
    join(kept, '1.js'),
    text.replace(/"main\.js":\(function\([^)]*\)\{/, '$&return console.log("from the pack");'),
  )
  expect(validated(build)).toBe('from the pack\n')
})

test.skipIf(!kept)('is not run for a part that was changed since, though it is as long as it was', () => {
  const { build } = copy()
  const main = join(build, 'parts/main.js')
  writeFileSync(main, 'console.log("changed")'.padEnd(statSync(main).size))
  expect(validated(build)).toBe('changed\n')
})

test.skipIf(!kept)('is run of a build that was copied with the times of its files, and else compiled anew', () => {
  const { build } = copy()
  const now = new Date()
  for (const part of readdirSync(join(build, 'parts'))) utimesSync(join(build, 'parts', part), now, now)
  expect(validated(build)).toBe('sso.yaml is valid.\n')
})

test.skipIf(!kept).each(['packs.json', '1.js', '1.bin'])('is done without where %s is missing', (name) => {
  const { build, kept } = copy()
  rmSync(join(kept, name))
  expect(validated(build)).toBe('sso.yaml is valid.\n')
})

test.skipIf(!kept).each([
  ['empty', () => Buffer.alloc(0)],
  ['cut', (code: Buffer) => code.subarray(0, code.length - 1_000)],
  ['half', (code: Buffer) => code.subarray(0, code.length / 2)],
  ['of another text', () => readFileSync(join(keptIn(join(dirname(binary), 'compiled'), process), '2.bin'))],
])('that is %s is compiled anew', (_how, change) => {
  const { build, kept } = copy()
  const file = join(kept, '1.bin')
  writeFileSync(file, change(readFileSync(file)))
  expect(validated(build)).toBe('sso.yaml is valid.\n')
})

test.skipIf(!kept).each(['--max-old-space-size=512', '--stack-size=900', '--no-opt'])(
  'serves a Node.js with %s, or is compiled anew without a word',
  (option) => {
    const desk = newDesk()
    writeFileSync(join(desk.work, 'sso.yaml'), manifest)
    const words = [option, join(copy().build, 'cli.js'), 'validate']
    const env = environment(desk)
    expect(execFileSync(process.execPath, words, { cwd: desk.work, env, encoding: 'utf8' })).toBe(
      'sso.yaml is valid.\n',
    )
  },
)

test('is that of one build of one version of Node.js', () => {
  const [own, other] = [newFolder(), newFolder()].map((folder) => join(folder, 'node'))
  writeFileSync(own ?? '', 'node')
  writeFileSync(other ?? '', 'another node')
  const of = (version: string, execPath = '') => keptIn('compiled', { version, arch: 'x64', execPath })
  expect(of('v20.20.0', own)).toBe(join('compiled', 'v20.20.0-x64-4'))
  expect(new Set([of('v20.20.0', own), of('v20.20.2', own), of('v20.20.0', other)]).size).toBe(3)
})
