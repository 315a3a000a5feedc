import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { newFolder } from '../scenarios/e2e/support/desk.ts'
import { token } from './support/github.ts'
import { pullRequest } from './support/pull-request.ts'
import { act, shims } from './support/step.ts'

const { comments, request } = pullRequest()

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
    [{ command: 'destroy' }, 'command: expected plan, apply, drift, due'],
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
