import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { browserAt } from '../login/support/person.ts'
import { type Run, run, type Variables } from '../scenarios/e2e/support/binary.ts'
import { type Center, startCenter } from '../scenarios/e2e/support/center.ts'
import { configOf, type Desk, newDesk, newFolder } from '../scenarios/e2e/support/desk.ts'
import { noTerminal, runOnTerminal } from '../scenarios/e2e/support/pty.ts'
import { commandsOn, pageAt } from './pages.ts'

const page = pageAt('README.md')
const [written = '', undo = ''] = page.blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text)

/** The commands of ours in the blocks of README.md, from the first step on, as words. */
const steps = commandsOn({ ...page, inline: [] }, /^sso-reconcile /).map((line) => line.split(' ').slice(1))

/** Answers of a person who is asked by `init` or `apply`. */
const answers: [string, string][] = [
  ['Region of IAM', '\r'],
  ['given name', 'Taro\r'],
  ['family name', 'Yamada\r'],
  ['e-mail address', 'taro@example.com\r'],
  ['User name', '\r'],
  ['CLI profile', '\r'],
  ['Shells that', '\r'],
]

const withoutKeys: Variables = {
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
}

it.skipIf(noTerminal)(
  'each command of README.md, in its order, leads from nothing to a login, to the next laptop and back',
  async () => {
    const center = await startCenter()
    onTestFinished(() => center.close())
    const desk = newDesk(center.relay.url)
    rmSync(join(desk.work, 'sso.yaml'))
    const next = laptop(desk)
    const login = (at: Desk) => ({ ...withoutKeys, ...browserAt(at) })
    const todo = [...steps]
    const expected = (...line: string[]) => expect(todo.shift()?.join(' ')).toBe(line.join(' '))

    expected('init --region ap-northeast-1')
    const asked = await runOnTerminal(desk, ['init', '--region', 'ap-northeast-1'], {
      replies: answers,
      env: { SHELL: '/bin/zsh' },
    })
    expect(asked, asked.stdout).toMatchObject({ code: 0 })
    expect(asked.stdout).toContain('Wrote sso.yaml')

    expected('plan')
    const plan = done(await run(desk, ['plan']))
    expect(plan.stdout).toMatch(/^Plan: 6 to create, 0 to update, 0 to delete/m)
    expected('apply')
    const applied = done(await run(desk, ['apply', '--yes']))
    expect(applied.stdout).toMatch(/Applied: 6 created/)
    expect(await held(center)).toEqual([1, 1, 1])

    expected('login personal')
    const opened = done(await run(desk, ['login', 'personal', '--without-cli', '--use-browser'], login(desk)))
    expect(opened.stderr).toContain('botocore-client-personal')
    expected('doctor')
    expect((await run(desk, ['doctor'])).stdout).toMatch(/personal: AdministratorAccess in 111122223333, as taro/)

    expected('apply --only local')
    done(await run(next, ['apply', '--only', 'local', '--yes'], withoutKeys))
    expect(configOf(next.home)).toBe(configOf(desk.home))
    expected('login personal')
    done(await run(next, ['login', 'personal', '--without-cli', '--use-browser'], login(next)))

    for (const line of [
      'validate',
      'plan --format markdown',
      'plan --check',
      'plan -o plan.json',
      'show plan.json',
      'apply plan.json --yes',
    ]) {
      expected(line.replace(' --yes', ''))
      done(await run(desk, line.split(' ')))
    }

    expected('apply -f undo.yaml --allow-lockout')
    writeFileSync(join(desk.work, 'undo.yaml'), undo)
    done(await run(desk, ['apply', '-f', 'undo.yaml', '--allow-lockout', '--yes']))
    expect(await held(center)).toEqual([0, 0, 0])
    expect(configOf(desk.home)).not.toMatch(/personal/)
    expect(readFileSync(join(desk.home, '.zshrc'), 'utf8')).not.toContain('AWS_PROFILE')
    expect(todo).toEqual([])
  },
)

it('the file that README.md shows is one that can be applied', async () => {
  const desk = newDesk(undefined, `${written}\n`)
  const applied = await run(desk, ['apply', '--yes', '--sandbox'])
  expect(applied, applied.stderr).toMatchObject({ code: 0 })
  expect(applied.stdout).toMatch(/Applied: 6 created/)
})

/** How many users, permission sets and assignments there are. */
async function held(center: Center): Promise<readonly number[]> {
  const { users, permissionSets, assignments } = await center.export()
  return [users, permissionSets, assignments].map((rows) => Object.keys(rows ?? {}).length)
}

/** Another machine of the same person: an empty home, and the same folder of dotfiles. */
function laptop({ work, endpoint }: Desk): Desk {
  const folder = newFolder()
  const home = join(folder, 'home')
  mkdirSync(home)
  return { folder, home, work, ...(endpoint ? { endpoint } : {}) }
}

function done(ended: Run): Run {
  expect(ended, ended.stderr).toMatchObject({ code: 0 })
  return ended
}
