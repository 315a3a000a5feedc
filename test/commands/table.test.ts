import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { commands } from '../../src/commands/index.ts'
import { completionScript } from '../../src/completion/script.ts'
import { thisMachine } from '../../src/local/files/disk.ts'
import type { Runtime } from '../../src/session/runtime.ts'
import { repeating } from '../../src/text/repeat.ts'
import type { Command } from '../../src/usage/command.ts'
import { run } from '../scenarios/e2e/support/binary.ts'
import { newDesk, newFolder } from '../scenarios/e2e/support/desk.ts'

const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')

/** Words that make a command end early, without AWS: what it says then comes from what it runs. */
const early: Readonly<Record<string, { readonly words: readonly string[]; readonly says: RegExp }>> = {
  init: { words: ['--only', 'cloud'], says: /init supports only local/ },
  validate: { words: ['-f', 'no/such.yaml'], says: /there is no manifest no\/such\.yaml/ },
  plan: { words: ['-f', 'no/such.yaml'], says: /there is no manifest no\/such\.yaml/ },
  apply: { words: ['no/such.json'], says: /no\/such\.json does not exist/ },
  adopt: { words: ['user/taro', '-f', 'no/such.yaml'], says: /there is no manifest no\/such\.yaml/ },
  ignore: { words: ['user/taro', '-f', 'no/such.yaml'], says: /there is no manifest no\/such\.yaml/ },
  access: { words: ['-f', 'no/such.yaml'], says: /there is no manifest no\/such\.yaml/ },
  'iam-policy': { words: ['-f', 'no/such.yaml'], says: /there is no manifest no\/such\.yaml/ },
  completion: { words: ['bash'], says: /complete -F/ },
  schema: { words: ['plan'], says: /"\$schema"/ },
  doctor: { words: ['--explain', 'all is well'], says: /not a known one/ },
  login: { words: ['one', 'two'], says: /login takes one profile/ },
  console: { words: ['nowhere', '-f', 'no/such.yaml'], says: /there is no profile nowhere/ },
  grant: {
    words: ['jiro', 'Admin', 'dev', '--for', '4h', '-f', 'no/such.yaml'],
    says: /there is no manifest no\/such\.yaml/,
  },
  revoke: { words: ['jiro', '-f', 'no/such.yaml'], says: /there is no manifest no\/such\.yaml/ },
  sandbox: { words: ['--seed', 'no/such.yaml'], says: /there is no manifest no\/such\.yaml/ },
  export: { words: ['terraform', '-f', 'no/such.yaml'], says: /there is no manifest no\/such\.yaml/ },
  show: { words: ['nothing.json'], says: /nothing\.json does not exist/ },
}

it('every command has a name of its own', () => {
  expect(new Set(names(commands)).size).toBe(commands.length)
  expect(Object.keys(early).toSorted()).toEqual(names(commands).toSorted())
})

describe.each(commands)('$name', ({ name, summary, options }: Command) => {
  const shown = Object.values(options).filter(({ hidden }) => !hidden)

  it('is told in one line of the help', async () => {
    expect(summary).toMatch(/^[a-z].*[^.]$/)
    const { said, code } = await inside(['--help'])
    expect(code).toBe(0)
    expect(oneLine(said)).toContain(summary)
    expect(said).toMatch(new RegExp(`^  ${name} `, 'm'))
  })

  it('has a help of its own that names its options, with the binary', async () => {
    const { code, stdout, stderr } = await run(newDesk(), [name, '--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const { flags, description } of shown) expect(oneLine(stdout)).toContain(`${flags} ${description}`)
  })

  it('is completed, with its options', () => {
    for (const shell of ['bash', 'zsh', 'fish'] as const) {
      const script = completionScript(shell, commands)
      expect(script).toContain(shell === 'fish' ? `__fish_seen_subcommand_from ${name}'` : `${name})`)
      for (const long of shown.map(longOf)) expect(script).toContain(shell === 'fish' ? ` -l ${long.slice(2)} ` : long)
    }
  })

  it('loads what it runs', async () => {
    const { words = [], says = /$^/ } = early[name] ?? {}
    const { said } = await inside([name, ...words])
    expect(said).toMatch(says)
    expect(said).not.toContain('unexpected error')
  })
})

it.each([
  [['apply', '--', 'no/such.json'], /no\/such\.json does not exist/],
  [['show', '--', 'no/such.json'], /no\/such\.json does not exist/],
])('%j: what stands behind -- is an argument', async (words, says) => {
  const { stdout, stderr } = await run(newDesk('http://127.0.0.1:9', ''), words)
  expect(stdout + stderr).toMatch(says)
})

it.each([
  [
    ['login', 'one', 'two words', '--file', 'dir/x.yaml', '--sandbox'],
    "sso-reconcile login --file dir/x.yaml --sandbox one -- 'two words'",
  ],
  [
    ['iam-policy', '--trust', 'github:a/b', '--file', 'sso.yaml', '--env', 'A', '--sandbox'],
    'sso-reconcile init --env A --sandbox fills it in',
  ],
])('%j: what is advised before anything is read means the same place', async (words, says) => {
  const desk = newDesk('http://127.0.0.1:9', 'version: 1\nidentity_center: { region: us-east-1 }\n')
  const { stderr } = await run(desk, words)
  expect(oneLine(stderr)).toContain(says)
})

it('the README names the commands, and no option that is none', () => {
  const table = /^## Commands\n([\s\S]*?)\n\n`/m.exec(readme)?.[1] ?? ''
  const rows = [...table.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell)
  const named = rows.flatMap((cell) => [...cell.matchAll(/`([a-z-]+)[^`]*`/g)].map(([, name = '']) => name))
  expect(named.toSorted()).toEqual(names(commands).toSorted())
  const known = new Set(commands.flatMap(({ options }: Command) => Object.values(options).flatMap(flagsOf)))
  const ours = readme.replaceAll(/`aws [^`]*`/g, '')
  const flags = [...ours.matchAll(/(?<=[`\s(])--?[a-z][a-z-]*/g)].map(([flag]) => flag)
  expect(flags.filter((flag) => !known.has(flag))).toEqual([])
})

it('suggested commands repeat which manifest and which AWS is meant where they know the options for it', () => {
  const takes = ({ options }: Command) => 'file' in options && 'profile' in options
  for (const one of commands)
    expect(repeating(`run sso-reconcile ${one.name}, then`, ' -f a.yaml')).toBe(
      `run sso-reconcile ${one.name}${takes(one) ? ' -f a.yaml' : ''}, then`,
    )
})

/** Runs a command line in this process. */
async function inside(words: readonly string[]): Promise<{ said: string; code: number }> {
  let said = ''
  const say = (text: string) => {
    said += text
  }
  const outside: Partial<Runtime> = {
    ...{ env: {}, home: newFolder(), out: say, err: say, machine: thisMachine(process) },
    clock: { now: () => new Date(), sleep: async () => undefined, every: () => () => undefined, random: () => 0.5 },
    terminal: {
      ...{ interactive: false, piped: true, width: { out: 100, err: 100 }, color: { out: false, err: false } },
      statusLine: async () => undefined,
      choose: async () => [],
      ask: async () => undefined,
    },
    busy: async (task) => task(),
    busyAtOnce: (task) => task(),
    delivered: async () => true,
  }
  const code = await main(words, outside as Runtime)
  return { said, code }
}

function names(all: readonly Command[]): string[] {
  return all.map(({ name }) => name)
}

function flagsOf({ flags }: { readonly flags: string }): string[] {
  return flags.split(', ').map((one) => one.split(' ')[0] ?? '')
}

function longOf({ flags }: { readonly flags: string }): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? ''
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
