import { describe, expect, it } from 'vitest'
import { newCloud } from './support/cloud.ts'
import { newOffice } from './support/office.ts'

const name = (email: string) => ({ given_name: 'Aiko', family_name: 'Tanaka', email })

async function office() {
  const cloud = await newCloud()
  const here = newOffice(cloud.url)
  here.write({
    users: {
      'aiko@corp.example': name('aiko@corp.example'),
      'a%40b': name('one@corp.example'),
      'a@b': name('two@corp.example'),
    },
    groups: { devs: { members: ['aiko@corp.example'] }, 'the team@corp.example': {} },
    permission_sets: { ReadOnly: {} },
    assignments: [{ users: ['aiko@corp.example'], permission_sets: ['ReadOnly'], accounts: ['222233334444'] }],
  })
  return here
}

describe('what a person writes for an address', () => {
  it.each([
    ['the name as it is', 'user/aiko@corp.example', 'create user/aiko%40corp.example'],
    ['as a plan shows it', 'user/aiko%40corp.example', 'create user/aiko%40corp.example'],
    ["the manifest's word for the kind", 'users/aiko@corp.example', 'create user/aiko%40corp.example'],
    ['a name that is encoded twice', 'user/a%2540b', 'create user/a%2540b'],
    ['a name of words, as a plan shows it', 'group/the%20team@corp.example', 'create group/the%20team%40corp.example'],
    ['two words for the kind', 'permission_sets/ReadOnly', 'create permission-set/ReadOnly'],
    ['a membership', 'membership/devs:aiko@corp.example', 'create membership/devs:aiko%40corp.example'],
    [
      'an assignment',
      'assignment/ReadOnly:user:aiko@corp.example@222233334444',
      'create assignment/ReadOnly:user:aiko%40corp.example@222233334444',
    ],
  ])('%s', async (_what, target, expected) => {
    const plan = await (await office()).plan('--target', target)
    expect(plan.diagnostics).toEqual([])
    expect(plan.operations.map(({ verb, address }) => `${verb} ${address}`)).toContain(expected)
  })

  it('is what a plan shows, in text, in Markdown and where it asks whether another was meant', async () => {
    const here = await office()
    const lines = ['user/aiko@corp.example', 'membership/devs:aiko@corp.example', 'group/the%20team@corp.example']
    const text = (await here.run(['plan', '--max-deletes', '9'])).stdout
    const markdown = (await here.run(['plan', '--format', 'markdown'])).stdout
    const asked = (await here.run(['plan', '--target', 'user/aiko@corp.exampel'])).stderr
    for (const line of [...lines, 'assignment/ReadOnly:user:aiko@corp.example@222233334444']) {
      expect(text).toContain(` + ${line} `)
      expect(markdown).toContain(`| \`${line}\` |`)
    }
    expect(asked).toContain('did you mean --target user/aiko@corp.example?')
    expect(text + markdown + asked).not.toMatch(/(?:aiko|team)%40/)
  })

  it('may name an account by its nickname, and is never guessed to be about another account', async () => {
    const here = await office()
    const aiko = 'assignment/ReadOnly:user:aiko@corp.example'
    here.write({
      accounts: { dev: '222233334444', other: '333344445555' },
      users: { 'aiko@corp.example': name('aiko@corp.example') },
      permission_sets: { ReadOnly: {} },
      assignments: [{ users: ['aiko@corp.example'], permission_sets: ['ReadOnly'], accounts: ['dev'] }],
    })
    const plan = await here.plan('--target', `${aiko}@dev`)
    expect(plan.operations.map(({ address }) => address)).toContain(
      'assignment/ReadOnly:user:aiko%40corp.example@222233334444',
    )
    for (const account of ['other', '333344445555', 'nosuch', '222233334445']) {
      const { diagnostics } = await here.plan('--target', `${aiko}@${account}`)
      expect(diagnostics).toMatchObject([{ code: 'target-unknown', hint: expect.not.stringContaining('did you mean') }])
    }
  })

  it('is asked for again with what is near, where it names nothing', async () => {
    const plan = await (await office()).plan('--target', 'permission-set/Readonyl')
    expect(plan.diagnostics).toMatchObject([
      { code: 'target-unknown', hint: 'did you mean --target permission-set/ReadOnly?' },
    ])
  })

  it('is the same plan, and has the same digest, however it is written', async () => {
    const here = await office()
    const [plain, encoded] = [
      await here.plan('--target', 'users/aiko@corp.example'),
      await here.plan('--target', 'user/aiko%40corp.example'),
    ]
    expect(plain.digest).toBe(encoded.digest)
  })
})

it.each([
  'users',
  'permission_sets',
  'permission_set',
  'Permission-Sets',
  'access_control_attributes',
  'sso_session',
  'memberships',
])('--only knows the word %s', async (word) => {
  const { complete } = await (await office()).plan('--only', word)
  expect(complete).toBe(true)
})
