import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { bashScript } from '../../src/completion/bash.ts'
import { fishScript } from '../../src/completion/fish.ts'
import { tableOf } from '../../src/completion/table.ts'
import { zshScript } from '../../src/completion/zsh.ts'
import type { Runtime } from '../../src/session/runtime.ts'
import { command } from '../../src/usage/command.ts'
import { hiddenFlag, repeatable } from '../../src/usage/option.ts'
import { newFolder } from '../scenarios/e2e/support/desk.ts'

const shells = ['bash', 'zsh', 'fish'] as const
const installed = (shell: string) => spawnSync(shell, ['--version']).status === 0

/** The script as `completion SHELL` prints it. */
async function printed(shell: string): Promise<string> {
  let text = ''
  const terminal = { interactive: false, width: 80, color: { out: false, err: false }, ask: async () => undefined }
  const outside = {
    env: {},
    home: '/',
    terminal,
    out: (more: string) => {
      text += more
    },
    err: () => undefined,
  }
  expect(await main(['completion', shell], outside as unknown as Runtime)).toBe(0)
  return text
}

/** A folder to complete files in, with the script beside it. */
interface Place {
  readonly script: string
  readonly work: string
}

async function place(shell: string): Promise<Place> {
  const folder = newFolder()
  const work = join(folder, 'work')
  mkdirSync(join(work, 'plans'), { recursive: true })
  writeFileSync(join(work, 'plan.json'), '')
  writeFileSync(join(work, 'two words.json'), '')
  writeFileSync(join(folder, 'script'), await printed(shell))
  return { script: join(folder, 'script'), work }
}

/** How each shell is started without anything of the machine's own. */
const bare = { bash: '--norc', zsh: '-f', fish: '--no-config' }

const questions: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['a command', ['pl'], ['plan']],
  ['commands', [''], ['access', 'apply', 'completion', 'iam-policy', 'plan', 'schema', 'validate']],
  ['a format', ['plan', '--format', ''], ['json', 'markdown', 'text']],
  ['the formats of another command', ['access', '--format', 'h'], ['html']],
  ['an option', ['plan', '--che'], ['--check']],
  ['a kind', ['plan', '--only', 'us'], ['user']],
  ['a further kind', ['plan', '--only', 'user,gr'], ['user,group']],
  ['a saved plan', ['apply', 'plan.'], ['plan.json']],
  ['a manifest', ['validate', '-f', 'plan.j'], ['plan.json']],
  ['a folder', ['plan', '--sandbox-dir', 'pl'], ['plans']],
  ['a shell', ['completion', 'z'], ['zsh']],
  ['a schema', ['schema', ''], ['manifest', 'plan']],
]

/** What a shell offers for each question, asked one after the other in one shell. */
async function offers(shell: (typeof shells)[number], place: Place): Promise<readonly (readonly string[])[]> {
  const asker = join(import.meta.dirname, `ask.${shell}`)
  const lines = questions.map(([, words]) => ['sso-reconcile', ...words].join(' '))
  const said = execFileSync(shell, [bare[shell], asker, place.script, ...lines], {
    cwd: place.work,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: place.work, LC_ALL: 'C.UTF-8', TERM: 'dumb' },
  })
  const answers = said.split('<end>\n').slice(0, -1)
  expect(answers).toHaveLength(questions.length)
  return answers.map((answer) =>
    answer.split('\n').map((line) => (line.split('\t')[0] ?? '').replace(/\/$/, '').trim()),
  )
}

for (const shell of shells)
  describe(`in ${shell}`, () => {
    const absent = !installed(shell)
    // Made only when a test asks for it: where all are skipped, nobody would wait for it, and its folder would be gone.
    let made: Promise<Place> | undefined
    const where = () => {
      made ??= place(shell)
      return made
    }
    let asked: ReturnType<typeof offers> | undefined
    const offered = () => {
      asked ??= where().then((at) => offers(shell, at))
      return asked
    }
    if (absent) process.stdout.write(`skipped: completion in ${shell} (it is not on this machine)\n`)

    it.skipIf(absent)('reads the script without a complaint', async () => {
      const { script } = await where()
      const { status, stderr } = spawnSync(shell, ['-n', script], { encoding: 'utf8' })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    })

    for (const [index, [name, words, answers]] of questions.entries())
      it.skipIf(absent)(`completes ${name}`, async () => {
        const found = (await offered())[index] ?? []
        expect(found).toEqual(expect.arrayContaining([...answers]))
        if (words.at(-1) !== '') expect(found.filter((one) => one !== '').sort()).toEqual([...answers])
      })
  })

it('leaves out what is hidden, and quotes what a shell would read', () => {
  const go = command({
    name: 'go',
    summary: "don't [stop]: $(now)",
    options: { name: repeatable('--name <name>', "the name's `origin`"), secret: hiddenFlag('--secret') },
    run: async () => 0,
  })
  const table = tableOf('tool', [go])
  expect(table.commands[0]?.options.map((option) => option.long)).toEqual(['--name', '--help'])
  for (const [shell, script] of [
    ['bash', bashScript],
    ['zsh', zshScript],
    ['fish', fishScript],
  ] as const) {
    if (!installed(shell)) continue
    const file = join(newFolder(), 'script')
    writeFileSync(file, script(table))
    const { status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' })
    expect({ shell, status, stderr }).toEqual({ shell, status: 0, stderr: '' })
  }
})
