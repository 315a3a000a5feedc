import { describe, expect, it } from 'vitest'
import { head, load, refusal } from './load.ts'

const until = 'until: 2090-01-01'

/** A file where boss is protected and gets Read in dev for a time, beside other rules. */
function file(rules: string, given = '{ users: [boss], permission_sets: [Read], accounts: [dev], until: 2090-01-01 }') {
  return `${head}accounts: { dev: "222233334444" }
users: { boss: { external: true, protect: true }, ann: { external: true } }
groups: { devs: { members: [boss] }, others: { members: [ann] }, known: { external: true } }
permission_sets:
  Read: { managed_policies: [ReadOnlyAccess] }
  Admin: { managed_policies: [AdministratorAccess] }
  Theirs: { external: true }
assignments:
  - ${given}
${rules}`
}
const rule = (who: string, set: string, accounts: string, more = '') =>
  `  - { ${who}, permission_sets: [${set}], accounts: [${accounts}]${more} }\n`
const admin = `{ users: [boss], permission_sets: [Admin], accounts: [dev], ${until} }`
const boss = 'users: [boss]'

describe('what a rule with an end gives to whoever is protected', () => {
  it.each([
    ['another rule gives for good', file(rule(boss, 'Read', 'dev'))],
    ['a rule for all accounts gives', file(rule(boss, 'Read', 'all'))],
    ['a rule for a unit may give', file(rule(boss, 'Read', '{ ou: Prod }'))],
    ['a rule for the id of the account gives', file(rule(boss, 'Read', '"222233334444"'))],
    ['a rule for the management account may give', file(rule(boss, 'Read', 'management'))],
    ['a group gives', file(rule('groups: [devs]', 'Read', 'dev'))],
    ['a group may give whose members AWS knows', file(rule('groups: [known]', 'Read', 'dev'))],
    ['a set with more gives', file(rule(boss, 'Admin', 'dev'))],
    ['a set may give that is managed elsewhere', file(rule(boss, 'Theirs', 'dev'), admin)],
    ['a rule that begins before the end gives', file(rule(boss, 'Read', 'dev', ', from: 2089-01-01'))],
    [
      'two rules give',
      file(
        rule(boss, 'Read', 'dev') + rule(boss, 'Read', 'management'),
        `{ ${boss}, permission_sets: [Read], accounts: [dev, management], ${until} }`,
      ),
    ],
    [
      'whoever is protected in a group holds on their own',
      file(rule(boss, 'Admin', 'all'), `{ groups: [devs], permission_sets: [Read], accounts: [dev], ${until} }`),
    ],
    ['is over', file('', `{ ${boss}, permission_sets: [Read], accounts: [dev], until: 2020-01-01 }`)],
  ])('is no error where %s it', async (_why, text) => {
    await expect(load(text)).resolves.toBeDefined()
  })

  it.each([
    ['nothing else gives it', file('')],
    ['only somebody else has it', file(rule('users: [ann]', 'Read', 'dev') + rule('groups: [others]', 'Read', 'dev'))],
    ['it is given elsewhere', file(rule(boss, 'Read', '"333344445555"'))],
    ['the account is left out', file(rule(boss, 'Read', 'all', ', except: [dev]'))],
    ['the account is left out by its id', file(rule(boss, 'Read', 'all', ', except: ["222233334444"]'))],
    ['all accounts are more', file(rule(boss, 'Read', 'dev'), admin.replace('Admin', 'Read').replace('dev', 'all'))],
    ['it begins after the end', file(rule(boss, 'Read', 'dev', ', from: 2091-01-01'))],
    ['an administrator becomes less', file(rule(boss, 'Read', 'dev'), admin)],
  ])('is an error where %s', async (_why, text) => {
    expect((await refusal(text)).map(({ message }) => message)).toEqual([
      'until: "boss" is protected, so what this rule gives could not end',
    ])
  })
})
