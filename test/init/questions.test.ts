import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { adopt } from '../../src/init/adopt.ts'
import { foundHere } from '../../src/init/findings.ts'
import { manifestFrom, textFrom, troubleWith, userNameFrom } from '../../src/init/questions.ts'
import { loadManifest } from '../../src/manifest/load.ts'
import { binary, run } from '../scenarios/e2e/support/binary.ts'
import { startCenter } from '../scenarios/e2e/support/center.ts'
import { configPath, type Desk, newDesk, tree } from '../scenarios/e2e/support/desk.ts'
import { noTerminal, runOnTerminal } from '../scenarios/e2e/support/pty.ts'

const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }

function emptyDesk(config?: string): Desk {
  const desk = newDesk()
  rmSync(join(desk.work, 'sso.yaml'))
  if (config !== undefined) {
    mkdirSync(join(desk.home, '.aws'))
    writeFileSync(configPath(desk.home), config)
  }
  return desk
}

function textAt({ work }: Desk): string {
  return readFileSync(join(work, 'sso.yaml'), 'utf8')
}

const enter = '\r'
const clear = '\u0015'
const answers: readonly (readonly [string, string])[] = [
  ['Region of IAM', `${clear}eu-west-1${enter}`],
  ['given name', `太郎${enter}`],
  ['family name', `山田${enter}`],
  ['e-mail address', `Taro.Yamada+aws@example.com${enter}`],
  ['User name', enter],
  ['CLI profile', enter],
  ['Shells that', enter],
]

describe.skipIf(noTerminal)('init on a terminal with nothing to adopt', () => {
  it('asks, and writes the file that the answers come to', async () => {
    const desk = emptyDesk()
    const home = tree(desk.home)
    const asked = await runOnTerminal(desk, ['init'], { replies: answers, env: { ...nobody, SHELL: '/usr/bin/zsh' } })
    expect(asked.code, asked.stdout).toBe(0)
    expect(asked.stdout).toContain('AWS could not be asked what is there already')
    expect(asked.stdout).toMatch(/Wrote sso.yaml: 1 user, 1 permission set, 1 assignment rule, 1 profile\./)
    expect(asked.stdout).toMatch(/Next: log in to the management account, then plan:/)
    expect(tree(desk.home)).toEqual(home)
    const text = textAt(desk)
    expect(text).toContain('taro.yamada: { given_name: 太郎, family_name: 山田, email: Taro.Yamada+aws@example.com }')
    expect(text).toContain('shell: { aws_profile: personal, shells: [zsh] }')
    expect(text).toContain('activated: { taro.yamada: todo }')
    expect(await run(desk, ['validate'], nobody)).toMatchObject({ code: 0, stderr: '' })
    const plan = await run(desk, ['plan', '--sandbox'], nobody)
    expect(plan.stdout).toMatch(/user\/taro\.yamada[\s\S]*assignment\/AdministratorAccess[\s\S]*profile\/personal/)
    expect(plan.code, plan.stderr).toBe(0)
  })

  it('asks too where Identity Center was enabled and holds nothing yet, and fills in what it knows', async () => {
    const center = await startCenter()
    try {
      const desk = { ...emptyDesk(), endpoint: center.relay.url }
      const replies = answers.map(([at, keys]): [string, string] => [at, at === 'Region of IAM' ? enter : keys])
      const asked = await runOnTerminal(desk, ['init', '--region', 'ap-northeast-1'], { replies })
      expect(asked.code, asked.stdout).toBe(0)
      expect(asked.stdout).toContain('Nothing to adopt was found')
      expect(asked.stdout).toMatch(/Next: sso-reconcile plan\r?\n/)
      expect(textAt(desk)).toMatch(
        /region: ap-northeast-1\n {2}start_url: https:\/\/\S+\/start[\s\S]*management: "111122223333"[\s\S]*taro\.yamada:/,
      )
      const applied = await run(desk, ['apply', '--yes'])
      expect(applied, applied.stderr).toMatchObject({ code: 0 })
      expect((await runOnTerminal(desk, ['init', '--dry-run', '-f', 'other.yaml'], { replies: [] })).stdout).toContain(
        'taro.yamada:',
      )
    } finally {
      await center.close()
    }
  })

  it('asks the same at a terminal that says it has no lines and no columns', async () => {
    const desk = emptyDesk()
    const replies = answers.map(([at, keys]): [string, string] => [at, at === 'Region of IAM' ? enter : keys])
    // A spinner that clears lines without end runs out of memory here, not on the machine.
    const command = [process.execPath, '--max-old-space-size=200', binary]
    const words = ['init', '--region', 'ap-northeast-1', '--sandbox']
    const asked = await runOnTerminal(desk, words, { replies, env: nobody, size: [0, 0], command })
    expect(asked.code, asked.stdout.slice(-2000)).toBe(0)
    expect(asked.stdout).toMatch(/Wrote sso.yaml: 1 user, 1 permission set, 1 assignment rule, 1 profile\./)
  })

  it('explains at the prompt what is wrong with an answer', async () => {
    const replies: [string, string][] = [
      ['Region of IAM', `${clear}Tokyo${enter}`],
      ['not a valid AWS region', `${clear}ap-northeast-1${enter}`],
      ['given name', enter],
      ['please enter an answer', `Taro${enter}`],
      ['family name', `Yamada${enter}`],
      ['e-mail address', `taro@${enter}`],
      ['is not an e-mail address', `example.com${enter}`],
      ['User name', `${clear}Administrator${enter}`],
      ['is reserved by AWS', `${clear}taro${enter}`],
      ['CLI profile', `${clear}my profile${enter}`],
      ['is not a valid profile name', `${clear}default${enter}`],
      ['Shells that', enter],
    ]
    const desk = emptyDesk()
    const asked = await runOnTerminal(desk, ['init'], { replies, env: nobody })
    expect(asked.code, asked.stdout).toBe(0)
    expect(textAt(desk)).toMatch(/region: ap-northeast-1[\s\S]*taro:[\s\S]*default: \{ account: management/)
    expect(textAt(desk)).not.toMatch(/^ {2}shell:/m)
  })

  it('takes the Region it knows, and keeps off a profile that is somebody else', async () => {
    const config =
      '[default]\nregion = eu-central-1\n[profile personal]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = default\n'
    const desk = emptyDesk(config)
    const replies: [string, string][] = [
      ['Region of IAM', enter],
      ...answers.slice(1, 5).map(([a, b]): [string, string] => [a, b]),
      ['CLI profile', `${clear}personal${enter}`],
      ['choose another name', `${clear}sso${enter}`],
      ['Shells that', enter],
    ]
    const asked = await runOnTerminal(desk, ['init'], { replies, env: nobody })
    expect(asked.code, asked.stdout).toBe(0)
    expect(textAt(desk)).toMatch(/region: eu-central-1[\s\S]*sso_session: sso/)
  })

  test.each(([0, 4, 6] as const).map((index) => [answers[index]?.[0] ?? '', index] as const))(
    'writes nothing when Ctrl-C answers "%s"',
    async (question, index) => {
      const desk = emptyDesk()
      const before = tree(desk.folder)
      const replies = [...answers.slice(0, index), [question, '\u0003'] as const]
      const { code, stdout } = await runOnTerminal(desk, ['init'], { replies, env: nobody })
      expect(code, stdout).toBe(130)
      expect(stdout).toContain('Stopped; nothing was written.')
      expect(tree(desk.folder)).toEqual(before)
    },
  )

  it('prints the file and writes nothing on a dry run', async () => {
    const desk = emptyDesk()
    const { code, stdout } = await runOnTerminal(desk, ['init', '--dry-run'], { replies: answers, env: nobody })
    expect(code, stdout).toBe(0)
    expect(stdout).toContain('taro.yamada: { given_name: 太郎')
    expect(existsSync(join(desk.work, 'sso.yaml'))).toBe(false)
  })

  it.each([
    ['--no-input', emptyDesk(), ['--no-input'], nobody],
    ['--only local', emptyDesk(), ['--only', 'local'], { ...nobody, AWS_REGION: 'eu-west-1' }],
    ['--quiet', emptyDesk(), ['--quiet'], nobody],
    ['CI', emptyDesk(), [], { ...nobody, CI: 'true' }],
    [
      'profiles of the old form',
      emptyDesk('[profile dev]\nsso_start_url = https://d-1234567890.awsapps.com/start\nsso_region = eu-west-1\n'),
      [],
      nobody,
    ],
  ])('asks nothing with %s', async (_what, desk, words, env) => {
    const { code, stdout } = await runOnTerminal(desk, ['init', ...words], { env })
    expect(code, stdout).toBe(0)
    expect(stdout).not.toContain('a few questions')
    expect(textAt(desk)).toContain('# Uncomment what you need')
  })
})

it('asks nothing without a terminal', async () => {
  const desk = emptyDesk()
  const { code, stderr } = await run(desk, ['init'], nobody)
  expect({ code, asked: stderr.includes('a few questions') }).toEqual({ code: 0, asked: false })
  expect(textAt(desk)).toContain('# Uncomment what you need')
})

const nothing = foundHere({ file: 'sso.yaml', region: 'us-east-1', now: new Date(0) }, {}, '111122223333')

describe('answers', () => {
  it('that pass at the prompt make a manifest that says them, whatever they are', async () => {
    const typed = fc.oneof(
      fc.constantFrom(
        '__proto__',
        'no',
        'null',
        '12',
        '# x',
        'a: b',
        '山田',
        "o'neil",
        '"q"',
        '- a',
        '*x',
        '<<',
        'x@y',
        'eu-west-1',
      ),
      fc.string({ maxLength: 12 }),
      fc.string({ maxLength: 8, unit: 'grapheme' }),
    )
    const one = <K extends Parameters<typeof troubleWith>[0]>(key: K, usual: string) =>
      fc.oneof(
        fc.constant(usual),
        typed.map((text) => (troubleWith(key, text, nothing) ? usual : text.trim())),
      )
    const all = fc.record({
      region: one('region', 'eu-west-1'),
      givenName: one('givenName', 'Taro'),
      familyName: one('familyName', 'Yamada'),
      email: one('email', 'taro@example.com'),
      user: one('user', 'taro'),
      profile: one('profile', 'personal'),
      shells: fc.subarray(['zsh', 'bash', 'fish']),
    })
    const readPolicy = () => Promise.reject(new Error('no policy files'))
    await fc.assert(
      fc.asyncProperty(all, async (given) => {
        const text = textFrom(given, nothing)
        const { manifest, warnings } = await loadManifest({ file: 'sso.yaml', text }, { env: {}, readPolicy })
        expect(manifest).toEqual(manifestFrom(given, nothing))
        expect(warnings).toEqual([])
      }),
    )
  })

  it.each([
    ['Taro.Yamada+aws@example.com', 'Taro', 'taro.yamada'],
    ['info@example.com', 'Taro', 'taro'],
    ['info@example.com', '太郎', 'info'],
    ['', '', ''],
  ])('suggest a user name: %s, %s', (email, givenName, expected) => {
    expect(userNameFrom({ email, givenName })).toBe(expected)
  })

  it('are not asked for what a starter is adopted from', async () => {
    expect((await adopt(nothing)).draft.value).toEqual({
      version: 1,
      identity_center: { region: 'us-east-1' },
      accounts: { management: '111122223333' },
    })
  })
})
