import { describe, expect, it } from 'vitest'
import { runAt } from '../../support/here.ts'
import { ourTime } from '../../support/time.ts'
import { person } from '../hostile/support/person.ts'
import { drifted, head } from './support.ts'

const flat = (text: string) => text.replace(/\s+/g, ' ')
const user = (name: string) => `  ${name}: { given_name: ${name}, family_name: Y, email: ${name}@example.com }\n`
const users = `users:\n${['taro', 'mika', 'jiro', 'saki'].map(user).join('')}`
const rule = (who: string, set: string, rest = '') =>
  `  - { users: [${who}], permission_sets: [${set}], accounts: ["222233334444"]${rest} }\n`

const live = `${users}${user('gone')}groups:
  crew: { description: Some, members: [taro, jiro] }
  team: { members: [mika] }
  away: {}
permission_sets:
  Look: { session_duration: 4h }
  Run: {}
  Tmp: {}
assignments:
  - { groups: [crew], permission_sets: [Run], accounts: ["222233334444"] }
${rule('taro, mika, saki, jiro', 'Look')}${rule('taro', 'Run')}`

const declared = `${users}${user('new')}groups:
  crew: { description: Everyone, members: [taro, jiro, saki] }
  team: { members: [] }
permission_sets:
  Look: { session_duration: 2h }
  Run: {}
assignments:
  - { groups: [crew], permission_sets: [Run], accounts: ["222233334444"] }
${rule('taro', 'Look', ', until: 2020-01-31')}${rule('mika', 'Look', ', from: 2099-01-01')}${rule('jiro', 'Look')}absent:
  groups: [away]
  users: [gone]
revoked:
  jiro: 2026-01-01T00:00:00Z
`

const grant = (who: string) => `assignment/Look:user:${who}@222233334444`
const office = await drifted(live, declared)
const { operations } = (await office.plan()) as unknown as {
  readonly operations: readonly {
    readonly address: string
    readonly verb: string
    readonly keep: { readonly by: readonly string[]; readonly decides?: string; readonly instead?: string }
  }[]
}
const keepOf = (address: string) => operations.find((one) => one.address === address)?.keep

describe('what a plan offers to adopt or to ignore', () => {
  it('covers each way in which the manifest decides an end', () => {
    expect(keepOf(grant('taro'))).toMatchObject({ by: [], decides: 'until' })
    expect(keepOf(grant('mika'))).toMatchObject({ by: [], decides: 'from' })
    expect(keepOf(grant('jiro'))).toMatchObject({ by: [], decides: 'revocation' })
    expect(keepOf('membership/crew:jiro')).toMatchObject({ by: [], decides: 'revocation' })
    expect(keepOf('permission-set/Look')).toMatchObject({ by: [], decides: 'revocation' })
    expect(keepOf(grant('saki'))).toEqual({ by: ['adopt', 'ignore'] })
    expect(keepOf('membership/team:mika')).toEqual({ by: ['adopt'] })
    expect(keepOf('group/away')).toEqual({ by: ['adopt'] })
    expect(new Set(operations.map(({ verb }) => verb))).toEqual(new Set(['create', 'update', 'delete']))
  })

  it.each(operations.map(({ address, verb, keep }) => [verb, address, keep] as const))(
    'is what these commands do not refuse: %s %s',
    async (_verb, address, keep) => {
      for (const command of ['adopt', 'ignore']) {
        const { code, stderr } = await office.run([command, address, '--dry-run'])
        expect({ command, offered: code === 0 }, stderr).toEqual({ command, offered: keep.by.includes(command) })
        if (keep.instead !== undefined) expect(flat(stderr)).toContain(flat(`to keep it, ${keep.instead}; or `))
      }
      expect(office.text()).toBe(declared)
    },
  )
})

const lineOf = (text: string) => `sso.yaml:${(head + declared).split(text)[0]?.split('\n').length}`
const undo = `undo the revocation at ${lineOf('  jiro: 2026')} with sso-reconcile revoke jiro --undo`
const advice = [
  [grant('taro'), `change the until of its rule at ${lineOf('until: ')}`],
  [grant('mika'), `change the from of its rule at ${lineOf('from: ')}`],
  [grant('jiro'), undo],
] as const

/** A report as words, whatever it marks up. */
const plain = (text: string) =>
  text
    .replace(/[\s`]+/g, ' ')
    .replaceAll(' :', ':')
    .replaceAll(' ,', ',')

describe.each(['text', 'markdown', 'html'])('a plan as %s', (format) => {
  it('names the commands that keep what is live, and what keeps the rest', async () => {
    const { stdout } = await office.run(['plan', '--format', format])
    const said = plain(stdout)
    expect(said).toContain('sso-reconcile adopt ADDRESS')
    expect(said).toContain('sso-reconcile ignore ADDRESS')
    const told = said.split('To keep ').slice(1)
    expect(told).toHaveLength(advice.length)
    for (const [address, what] of advice) {
      const mine = told.find((one) => one.includes(address)) ?? ''
      expect(mine.slice(mine.indexOf(': ') + 2)).toMatch(new RegExp(`^.*?${what}`))
    }
  })
})

describe('adopt without an address', () => {
  it('lists only what can be adopted where nobody can be asked', async () => {
    const { code, stderr } = await office.run(['adopt'])
    expect(code).toBe(1)
    const named = operations.filter(({ address }) => plain(stderr).includes(` adopt ${address}`))
    expect(named).toEqual(operations.filter(({ keep }) => keep.by.includes('adopt')))
  })

  it('asks only about what can be adopted or ignored, and says of the rest what keeps it', async () => {
    const { screen, asked } = person(['s'])
    const { stderr } = await runAt(ourTime, office.desk, ['adopt'], {}, { width: 80, ...screen })
    expect(asked()).toContain(`(1/${operations.filter(({ keep }) => keep.by.length > 0).length})`)
    for (const [, what] of advice) expect(plain(stderr)).toContain(`to keep it, ${what}; sso-reconcile apply makes`)
  })
})
