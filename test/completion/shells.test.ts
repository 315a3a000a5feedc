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
import { binary } from '../scenarios/e2e/support/binary.ts'
import { newFolder } from '../scenarios/e2e/support/desk.ts'

const shells = ['bash', 'zsh', 'fish'] as const
const installed = (shell: string) => spawnSync(shell, ['--version']).status === 0

/** The script as `completion SHELL` prints it. */
async function printed(shell: string): Promise<string> {
  let text = ''
  const terminal = {
    interactive: false,
    width: { out: 80, err: 80 },
    color: { out: false, err: false },
    ask: async () => undefined,
  }
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
  writeFileSync(join(work, 'sso.yaml'), manifest)
  writeFileSync(join(work, 'other.yaml'), manifest.replaceAll('personal', 'work'))
  writeFileSync(join(work, 'broken.yaml'), manifest.replace('taro:', 'taro'))
  writeFileSync(join(folder, 'script'), await printed(shell))
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'bin/sso-reconcile'), `#!/bin/sh\nexec '${process.execPath}' '${binary}' "$@"\n`, {
    mode: 0o755,
  })
  return { script: join(folder, 'script'), work }
}

/** What the values are completed from. */
const manifest = `version: 1
identity_center: { region: eu-west-1, start_url: "https://example.awsapps.com/start" }
accounts: { management: "111122223333" }
users:
  taro: { external: true }
  taro@example.com: { external: true }
  山田: { external: true }
  ~taro: { external: true }
groups:
  "All Staff": { members: [taro] }
  "Ring\\nbell": {}
permission_sets:
  Admin: { managed_policies: [AdministratorAccess] }
assignments:
  - { users: [taro], permission_sets: [Admin], accounts: [management, "444455556666"] }
local:
  sso_session: personal
  profiles:
    personal: { account: management, permission_set: Admin }
`

/** How each shell is started without anything of the machine's own. */
const bare = { bash: '--norc', zsh: '-f', fish: '--no-config' }

type Answers = readonly string[]

const questions: readonly (readonly [string, readonly string[], Answers | Readonly<Record<string, Answers>>])[] = [
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
  ['a profile to log in', ['login', 'pe'], ['personal']],
  ['a profile of another manifest', ['console', '-f', 'other.yaml', 'w'], ['work']],
  ['a profile for credentials', ['plan', '--profile', 'pe'], ['personal']],
  ['a user whose access ends', ['revoke', 'ta'], ['taro', 'taro@example.com']],
  [
    'a user, where names that are no plain words stand too',
    ['access', '--user', ''],
    ['taro', 'taro@example.com', '山田'],
  ],
  ['no name that the shell would take for a home folder', ['revoke', '~ta'], { bash: ['\\~taro'], zsh: [], fish: [] }],
  ['an address', ['plan', '--target', 'permission-set/'], ['permission-set/Admin']],
  [
    'an address with an e-mail address in it',
    ['plan', '--target', 'user/taro@'],
    // For bash an @ begins a word, and what is before it stays.
    { bash: ['@example.com'], zsh: ['user/taro@example.com'], fish: ['user/taro@example.com'] },
  ],
  [
    'an action of AWS',
    ['access', '--can', 's3:DeleteBucketP'],
    // For bash a colon begins a word, and what is before it stays.
    { bash: ['DeleteBucketPolicy'], zsh: ['s3:DeleteBucketPolicy'], fish: ['s3:DeleteBucketPolicy'] },
  ],
  ['an account by its nickname', ['access', '--account', 'ma'], ['management']],
  ['an account by its id', ['access', '--account', '4'], ['444455556666']],
  ['an address with a blank in a name', ['plan', '--target', 'membership/'], ['membership/All%20Staff:taro']],
  ['an address with a line end in a name', ['plan', '--target', 'group/'], ['group/All%20Staff', 'group/Ring%0Abell']],
  ['nothing of a manifest that is broken', ['revoke', '-f', 'broken.yaml', 'ta'], []],
  ['nothing of a manifest that is not there', ['revoke', '--file=none.yaml', 'ta'], []],
  [
    'what a command of somebody else takes',
    ['login', 'personal', '--', 'plan.'],
    { bash: ['plan.json'], zsh: [], fish: [] },
  ],
]

/** True for answers that every shell gives. */
function isSame(expected: Answers | Readonly<Record<string, Answers>>): expected is Answers {
  return Array.isArray(expected)
}

/** What a shell offers for each question, asked one after the other in one shell. */
async function offers(shell: (typeof shells)[number], place: Place): Promise<readonly (readonly string[])[]> {
  const asker = join(import.meta.dirname, `ask.${shell}`)
  const lines = questions.map(([, words]) => ['sso-reconcile', ...words].join(' '))
  const said = execFileSync(shell, [bare[shell], asker, place.script, ...lines], {
    cwd: place.work,
    encoding: 'utf8',
    env: {
      PATH: `${join(place.script, '..', 'bin')}:${process.env.PATH}`,
      HOME: place.work,
      LC_ALL: 'C.UTF-8',
      TERM: 'dumb',
    },
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

    for (const [index, [name, words, expected]] of questions.entries())
      it.skipIf(absent)(`completes ${name}`, async () => {
        const found = (await offered())[index] ?? []
        const answers = isSame(expected) ? expected : (expected[shell] ?? [])
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
