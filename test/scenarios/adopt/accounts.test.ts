import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { management } from '../cloud/support/cloud.ts'
import { drifted } from './support.ts'

const head = `accounts: { dev: "222233334444" }
users:
  taro: { given_name: Taro, family_name: Yamada, email: taro@example.com }
permission_sets:
  Look: {}
`
const rules = (...accounts: readonly string[]) =>
  `${head}assignments:\n${accounts.map((one) => `  - { users: [taro], permission_sets: [Look], accounts: ["${one}"] }\n`).join('')}`

const ids: readonly (readonly [word: string, id: string])[] = [
  ['management', management],
  ['Home', management],
  ['dev', '222233334444'],
  ['Dev', '222233334444'],
  ['My Sandbox', '555566667777'],
  ['My%20Sandbox', '555566667777'],
]

describe.concurrent('an assignment whose account is called by a word', () => {
  it.each(ids)('is adopted: %s', async (word, id) => {
    const office = await drifted(rules(id), rules('333344445555'))
    const { code, stderr } = await office.run(['adopt', `assignment/Look:user:taro@${word}`])
    expect(code, stderr).toBe(0)
    expect(JSON.stringify(parse(office.text()).assignments)).toMatch(/"accounts":\["333344445555","[^"]+"\]/)
    expect((await office.plan()).operations.map(({ address }) => address)).not.toContain(
      `assignment/Look:user:taro@${id}`,
    )
  })

  it('is ignored, and targeted by a plan, too', async () => {
    const office = await drifted(rules(management), rules('333344445555'))
    const { operations } = await office.plan('--target', 'assignment/Look:user:taro@Home')
    expect(operations.map(({ address }) => address)).toEqual([`assignment/Look:user:taro@${management}`])
    const { code, stderr } = await office.run(['ignore', 'assignment/Look:user:taro@management'])
    expect(code, stderr).toBe(0)
  })

  it('is asked for again where the name is misspelt, and the account is kept', async () => {
    const office = await drifted(rules(management), rules('333344445555'))
    const { code, stderr } = await office.run(['adopt', 'assignment/Look:user:tarro@management'])
    expect(code).toBe(1)
    expect(stderr).toContain(`did you mean assignment/Look:user:taro@${management}?`)
    const other = await office.run(['adopt', 'assignment/Look:user:taro@managment'])
    expect(other.code).toBe(1)
    expect(other.stderr).toContain('assignment/Look:user:taro@managment matches nothing')
    expect(other.stderr).not.toContain('did you mean')
  })
})
