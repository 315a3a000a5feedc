import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { textWidth } from '../../../src/text/width.ts'
import { runAt } from '../../support/here.ts'
import { ourTime } from '../../support/time.ts'
import { attendTerminal, type Deed, noTerminal, runOnTerminal } from '../e2e/support/pty.ts'
import { person } from '../hostile/support/person.ts'
import { drifted, head } from './support.ts'

const users = `users:
  taro: { given_name: Taro, family_name: Yamada, email: taro@example.com }
  山田花子:
    given_name: 花子 # はなこ
    family_name: 山田
    email: hanako@example.com
`
const sets = `permission_sets:
  Look: { managed_policies: [ReadOnlyAccess], session_duration: 4h } # four
`
const groups = `groups:
  crew: { description: Everyone, members: [taro] }
`
const rules = `assignments:
  - { users: [taro], permission_sets: [Look], accounts: ["222233334444"] }
`
const declared = users + groups + sets + rules
const hanako = { 花子: 'given_name: 花子', 華子: 'given_name: 華子' }
const live =
  users.replace(hanako.花子, hanako.華子) +
  groups.replace('[taro]', '[taro, 山田花子]') +
  sets.replace('4h', '2h') +
  '  Tmp: { managed_policies: [SecurityAudit] }\n' +
  rules +
  '  - { users: [taro], permission_sets: [Look], accounts: ["333344445555"] }\n'

/** In the order of a plan: user, membership, Look, Tmp, assignment. */
const order = [
  'user/山田花子',
  'membership/crew:山田花子',
  'permission-set/Look',
  'permission-set/Tmp',
  'assignment/Look:user:taro@333344445555',
] as const
const enter = '\r'
const typed = (...answers: readonly string[]) =>
  answers.map((answer, index): [string, Deed] => [`(${index + 1}/5)`, answer + enter])

const office = await drifted(live, declared)
const file = join(office.desk.work, 'sso.yaml')
const asItWas = () => writeFileSync(file, head + declared)

/** The file after the answers of a person at a terminal of our own; what was shown beside the questions is in `stderr`. */
async function answering(answers: readonly string[], words: readonly string[] = [], width = 80) {
  asItWas()
  const here = person(answers)
  const run = await runAt(ourTime, office.desk, ['adopt', ...words], {}, { width, ...here.screen })
  return { ...run, asked: here.asked(), text: office.text() }
}

describe.skipIf(noTerminal)('adopt without an address, at a real terminal', () => {
  it('asks about one difference after the other as the plan shows it, proves all answers together and writes once', async () => {
    asItWas()
    const replies = [
      ['(1/5)', `a${enter}`],
      ['(2/5)', `?${enter}`],
      // Whoever asked what the letters mean is asked again.
      ['(2/5)', `l${enter}`],
      ['(3/5)', `a${enter}`],
      ['(4/5)', `i${enter}`],
      ['(5/5)', `l${enter}`],
      ['Write this to sso.yaml?', `y${enter}`],
    ] as const
    const { code, stdout } = await runOnTerminal(office.desk, ['adopt', '--no-color'], { replies, size: [60, 80] })
    expect(code, stdout).toBe(0)
    const places = order.map((at) => stdout.indexOf(at))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(stdout).toContain('given name          華子 -> 花子')
    expect(stdout).toContain('(2/5) Adopt (add it to the file)? [a,l,s,A,?]')
    expect(stdout).toContain('(4/5) Adopt (add it to the file)? [a,i,l,s,A,I,?]')
    // The letters are explained at the beginning, and once more to whoever asks.
    expect(stdout.split('the file then says what is live')).toHaveLength(3)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'user/山田花子, permission-set/Look are adopted, and permission-set/Tmp is ignored in sso.yaml. A new plan has no changes for them; 2 other changes left.',
    )
    expect(office.text()).toBe(
      `${declared.replace(hanako.花子, hanako.華子).replace('4h', '2h')}ignore:\n  permission_sets: [Tmp]\n`,
    )
  })

  it.each<readonly [string, readonly (readonly [string, Deed])[], number, string]>([
    ['Ctrl-C at a question', [...typed('a'), ['(2/5)', '\u0003']], 130, 'Stopped; nothing was written.'],
    ['the end of input at a question', [...typed('a'), ['(2/5)', '\u0004']], 1, 'Stopped; nothing was written.'],
    [
      'Ctrl-C once the change is shown',
      [...typed('a', 's'), ['Write this', '\u0003']],
      130,
      'Stopped; nothing was written.',
    ],
    ['a signal at a question', [...typed('a'), ['(2/5)', { signal: 'SIGTERM' }]], 143, '(2/5)'],
    ['no to the change', [...typed('a', 's'), ['Write this', `n${enter}`]], 1, 'not confirmed; nothing was written'],
    ['leaving all', typed('l', 'l', 'l', 'l', 'l'), 0, 'Nothing chosen; nothing was written.'],
    ['stopping at once', typed('s'), 0, 'Nothing chosen; nothing was written.'],
  ])('writes nothing after %s', async (_what, replies, code, said) => {
    asItWas()
    const run = await runOnTerminal(office.desk, ['adopt', '--no-color'], { replies })
    expect(run.stdout).toContain(said)
    expect(run.code).toBe(code)
    expect(office.text()).toBe(declared)
  })

  it('loses nothing of what somebody else writes while it asks', async () => {
    asItWas()
    const theirs = `${head}${declared}# theirs\n`
    const replies = [...typed('a', 's'), ['Write this', `y${enter}`] as const]
    const { code, stdout } = await attendTerminal(office.desk, ['adopt', '--no-color'], {}, (said) => {
      const [text, deed] = replies[0] ?? []
      if (text === undefined || deed === undefined || !said.includes(text)) return []
      if (text === 'Write this') writeFileSync(file, theirs)
      replies.shift()
      return [deed]
    })
    expect(code).toBe(1)
    expect(stdout).toContain('sso.yaml changed since it was read')
    expect(head + office.text()).toBe(theirs)
  })

  it.each([['--json'], ['--quiet']])('asks nobody with %s, and names the commands', async (flag) => {
    asItWas()
    const { code, stdout } = await runOnTerminal(office.desk, ['adopt', flag, '--no-color'])
    expect(code).toBe(1)
    const said = stdout.replace(/\s+/g, ' ')
    expect(said).toContain('with --json or --quiet nobody can be asked')
    for (const at of order) expect(said).toContain(at)
    expect(office.text()).toBe(declared)
  })
})

describe('adopt without an address', () => {
  it('takes one answer for all that are left, of which it asks those that cannot have it', async () => {
    const all = await answering(['A', 'y'])
    expect(all.stderr.match(/^[A-Z][a-z ]+$/gm)).toEqual(['Users'])
    expect(all).toMatchObject({ code: 0, text: expect.stringContaining(hanako.華子) })
    expect(all.stdout).toContain('; no changes are left.')
    const ignored = await answering(['l', 'l', 'l', 'I', 'y'])
    expect(ignored.asked).not.toContain('(5/5)')
    expect(ignored.text).toBe(
      `${declared}ignore:\n  permission_sets: [Tmp]\n  assignments: [{ user: taro, permission_set: Look, account: "333344445555" }]\n`,
    )
  })

  it('says what is wrong with an answer, and takes words', async () => {
    const { asked, code, text } = await answering(['i', '', 'y', 'adopt', 'stop', 'maybe', 'yes'])
    expect(asked).toContain('this one cannot be ignored; type one of the letters in brackets')
    expect(asked).toContain('type one of the letters in brackets; ? explains them')
    expect(asked).toContain('type y for yes or n for no')
    expect(code).toBe(0)
    expect(text).toBe(declared.replace(hanako.花子, hanako.華子))
  })

  it('shows the change and writes nothing with --dry-run', async () => {
    const { code, stdout, stderr, text } = await answering(['a', 's'], ['--dry-run'])
    expect(code).toBe(0)
    expect(stderr).toContain('+    given_name: 華子 # はなこ')
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Not written (--dry-run). With this in sso.yaml, a new plan has no changes',
    )
    expect(text).toBe(declared)
  })

  it('is asked of fewer with --only', async () => {
    const { asked } = await answering(['s'], ['--only', 'user'])
    expect(asked).toContain('(1/1)')
  })

  it('names what stands in the way of the other answers, and goes on without it if that is wanted', async () => {
    const shared = declared.replace('session_duration: 4h', 'session_duration: "$' + '{SSO_HOURS:-4h}"')
    const meet = async (...answers: readonly string[]) => {
      writeFileSync(file, head + shared)
      const here = person(answers)
      const run = await runAt(ourTime, office.desk, ['adopt'], {}, { width: 80, ...here.screen })
      return { ...run, asked: here.asked(), text: office.text() }
    }
    const without = await meet('a', 'l', 'a', 's', 'y', 'y')
    expect(without.stderr).toContain('its value comes from a variable')
    expect(without.asked).toContain('Leave permission-set/Look and go on with the 1 other answer?')
    expect(without).toMatchObject({ code: 0, text: shared.replace(hanako.花子, hanako.華子) })
    const declined = await meet('a', 'l', 'a', 's', 'n')
    expect(declined).toMatchObject({ code: 1, text: shared })
    const alone = await meet('l', 'l', 'a', 's')
    expect(alone).toMatchObject({ code: 1, text: shared })
    const stopped = await meet('a', 'l', 'a', 's')
    expect(stopped).toMatchObject({ code: 1, text: shared })
    expect(stopped.stderr).toContain('Stopped; nothing was written.')
  })

  it.each([60, 80])('fits into %i columns', async (width) => {
    const { stderr, stdout, asked } = await answering(['a', '?', 'l', 's', 'y'], [], width)
    const lines = [...`${stderr}${stdout}`.split('\n'), ...asked.split('\n').map((line) => `│  ${line}`)]
    // What was written into the file, and how the plan would show it, is shown as it is.
    const own = lines.filter((line) => !/^(?:@@|[-+ ] {2})/.test(line))
    expect(own.filter((line) => textWidth(line) > width)).toEqual([])
  })
})
