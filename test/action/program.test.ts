import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { type Cloud, newCloud } from '../scenarios/cloud/support/cloud.ts'
import { manifestText } from '../scenarios/cloud/support/office.ts'
import { type Desk, newDesk, newFolder } from '../scenarios/e2e/support/desk.ts'
import { type Held, newGitHub, token } from './support/github.ts'
import { act, type Occasion, shims } from './support/step.ts'

const pull = 7
const sections = {
  groups: { Staff: { description: 'Everybody' } },
  permission_sets: { Look: { managed_policies: ['ReadOnlyAccess'] } },
}

let cloud: Cloud
let api: string
let held: Held
let desk: Desk

beforeAll(async () => {
  cloud = await newCloud()
})

beforeEach(async () => {
  const github = await newGitHub()
  api = github.url
  held = github.held
  desk = newDesk(cloud.url, manifestText(sections))
})

function request(more: Partial<Occasion> = {}): Occasion {
  const payload = { pull_request: { number: pull, head: { sha: 'feed0123456789abcdef' } } }
  return { desk, api, event: 'pull_request', payload, ...more }
}

const comments = () => held.comments.get(pull) ?? []

describe('arguments', () => {
  test.each([
    ['--flag \'a b\' "c \\" d" e\\ f', ['--flag', 'a b', 'c " d', 'e f']],
    ["$(touch x) `touch y` ; '' *", ['$(touch', 'x)', '`touch', 'y`', ';', '', '*']],
    ['a\n  b\t', ['a', 'b']],
  ])('%j are the words that a shell makes, with nothing expanded', async (text, words) => {
    const folder = shims()
    writeFileSync(
      join(folder, 'sso-reconcile'),
      `#!/bin/sh\nfor word in "$@"; do printf '<%s>' "$word"; done >&2\nexit 5\n`,
    )
    const { code, log } = await act(request({ programs: folder }), { args: text, file: '-x y' })
    expect(log).toContain(['plan', '--file', '-x y', ...words, '--json'].map((word) => `<${word}>`).join(''))
    expect(code).toBe(5)
  })

  test.each([
    [{ args: "--only 'x" }, "args: ' has no end"],
    [{ command: 'destroy' }, 'command: expected plan, apply, drift'],
    [{ version: '../x' }, 'version: expected a version'],
    [{ comment: 'yes' }, 'comment: expected true, false'],
  ])('%j end the step before anything is run', async (inputs, said) => {
    const { code, log } = await act(request(), inputs as Record<string, string>)
    expect(code).toBe(1)
    expect(log).toContain(`::error::${said}`)
  })
})

it('installs the package where there is none, without its scripts', async () => {
  const folder = newFolder()
  const npm = `#!/bin/sh\necho "npm $*"\ncp '${join(shims(), 'sso-reconcile')}' '${folder}/sso-reconcile'\n`
  writeFileSync(join(folder, 'npm'), npm, { mode: 0o755 })
  const { code, log } = await act(request({ programs: folder }), { version: '9.9.9' })
  expect(log).toMatch(
    /npm install --global --ignore-scripts .*\/releases\/download\/v9\.9\.9\/sso-reconcile-9\.9\.9\.tgz/,
  )
  expect([code, comments().length]).toEqual([0, 1])
})

it('gives sso-reconcile no token', async () => {
  const folder = shims()
  writeFileSync(join(folder, 'sso-reconcile'), '#!/bin/sh\nenv >&2\n')
  const { log } = await act(request({ programs: folder }))
  expect(log).toContain('INPUT_COMMAND=plan')
  expect(log).not.toContain(token)
})

it('passes on that the job is cancelled, and tells how the program ended', async () => {
  const folder = shims()
  const lines = [
    '[ "$1" = --version ] && exit 0',
    "trap 'echo finished what was begun >&2; exit 3' TERM",
    'kill -TERM $PPID',
  ]
  writeFileSync(join(folder, 'sso-reconcile'), ['#!/bin/sh', ...lines, 'while :; do sleep 0.05; done', ''].join('\n'))
  const { code, log, outputs } = await act(request({ programs: folder }))
  expect(log).toContain('finished what was begun')
  expect([code, outputs['exit-code']]).toEqual([3, '3'])
})
