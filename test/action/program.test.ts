import { createHash } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { newFolder } from '../scenarios/e2e/support/desk.ts'
import { token } from './support/github.ts'
import { pullRequest } from './support/pull-request.ts'
import { act, shims } from './support/step.ts'

const { comments, desk, request } = pullRequest()

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
    [{ sha256: 'abc' }, 'sha256: expected 64 hexadecimal digits'],
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

it('lets npm look at nothing of the checkout, whose settings the pull request may have written', async () => {
  const folder = newFolder()
  const npm = `#!/bin/sh\necho "in $PWD with $(ls -A | wc -l) files"\ncp '${join(shims(), 'sso-reconcile')}' '${folder}/sso-reconcile'\n`
  writeFileSync(join(folder, 'npm'), npm, { mode: 0o755 })
  writeFileSync(join(desk().work, '.npmrc'), 'script-shell=/tmp/evil\n')
  const { code, log } = await act(request({ programs: folder }))
  expect(code).toBe(0)
  expect(log).toMatch(/^in \S+ with +0 files$/m)
  expect(log).not.toContain(`in ${desk().work} `)
})

describe('a package with a sum', () => {
  const bytes = 'the package'
  const sum = createHash('sha256').update(bytes).digest('hex')

  /** npm that packs these bytes, and installs the file that it is given. */
  function packing(): string {
    const folder = newFolder()
    const lines = [
      '#!/bin/sh',
      'echo "npm $*"',
      `[ "$1" = pack ] && { printf '${bytes}' > "$4/sso-reconcile-9.9.9.tgz"; exit; }`,
      `cp '${join(shims(), 'sso-reconcile')}' '${folder}/sso-reconcile'`,
    ]
    writeFileSync(join(folder, 'npm'), `${lines.join('\n')}\n`, { mode: 0o755 })
    return folder
  }

  it.each([sum, `sha256:${sum.toUpperCase()}`])('is installed where it is that one: %s', async (sha256) => {
    const { code, log } = await act(request({ programs: packing() }), { version: '9.9.9', sha256 })
    expect(log).toMatch(/npm pack --ignore-scripts .* https:\S+\/v9\.9\.9\/sso-reconcile-9\.9\.9\.tgz/)
    expect(log).toMatch(/npm install --global --ignore-scripts .* \/\S+\/sso-reconcile-9\.9\.9\.tgz/)
    expect([code, comments().length]).toEqual([0, 1])
  })

  it('is not installed where it is another one', async () => {
    const { code, log } = await act(request({ programs: packing() }), { version: '9.9.9', sha256: '0'.repeat(64) })
    expect(log).toContain(`::error::sso-reconcile 9.9.9 is not the package you named: its sha256 is ${sum}`)
    expect(log).not.toContain('npm install')
    expect([code, comments().length]).toEqual([1, 0])
  })
})

it('runs no sso-reconcile of the checkout for a pull request, which decides what that does', async () => {
  const programs = join(desk().work, 'node_modules', '.bin')
  mkdirSync(programs, { recursive: true })
  const evil = join(desk().work, 'evil.sh')
  writeFileSync(evil, '#!/bin/sh\necho pwned >&2\n', { mode: 0o755 })
  symlinkSync(evil, join(programs, 'sso-reconcile'))
  const variables = { GITHUB_WORKSPACE: desk().work }
  const { code, log } = await act(request({ programs, variables }))
  expect([code, comments().length]).toEqual([1, 0])
  expect(log).toContain('is in the checkout, where the pull request decides what it does')
  expect(log).not.toContain('pwned')
  expect((await act({ ...request({ programs, variables }), event: 'push' })).log).toContain('pwned')
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
