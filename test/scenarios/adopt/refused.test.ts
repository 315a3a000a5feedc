import { describe, expect, it } from 'vitest'
import { newCloud } from '../cloud/support/cloud.ts'
import { newOffice } from '../cloud/support/office.ts'
import { drifted, open } from './support.ts'

const flat = (text: string) => text.replace(/\s+/g, ' ')
const head = `users:
  taro: { given_name: Taro, family_name: Yamada, email: taro@example.com }
  mika: { given_name: Mika, family_name: Ito, email: mika@example.com }
permission_sets:
  Look: {}
`
const rule = (rest = '') =>
  `assignments:\n  - { users: [taro], permission_sets: [Look], accounts: ["222233334444"]${rest} }\n`
const grant = 'assignment/Look:user:taro@222233334444'

describe.concurrent('a grant whose rule says that it is for another time', () => {
  it.each([
    ['until', ', until: 2020-01-31', 'until 2020-01-31 has passed'],
    ['from', ', from: 2099-01-01', 'granted from 2099-01-01 only'],
  ])('is neither adopted nor ignored, and the line to change is named: %s', async (key, rest, why) => {
    const declared = head + rule(rest)
    const office = await drifted(head + rule(), declared)
    expect(await open(office)).toEqual([`delete ${grant}`])
    for (const answer of ['adopt', 'ignore']) {
      const { code, stderr } = await office.run([answer, grant])
      expect(code).toBe(1)
      expect(flat(stderr)).toContain(`a rule says when it is granted, and that is not now (${why})`)
      expect(flat(stderr)).toContain(`to keep it, change the ${key} of its rule at sso.yaml:9`)
      expect(office.text()).toBe(declared)
    }
    for (const format of ['text', 'markdown', 'html', 'json']) {
      const { stdout } = await office.run(['plan', '--format', format, '--thorough'])
      expect(stdout).not.toMatch(/sso-reconcile (?:adopt|ignore)/)
      expect(flat(stdout)).toContain(`change the ${key} of its rule at sso.yaml:9`)
    }
    const unnamed = await office.run(['adopt'])
    expect(unnamed.code).toBe(1)
    expect(flat(unnamed.stderr)).toContain('no change of the plan can be adopted; run sso-reconcile plan')
    // The advice, followed.
    office.writeText(
      `version: 1\nidentity_center: { region: us-east-1 }\n${declared.replace(/2020|2099-01-01/, key === 'until' ? '2099' : '2020-01-01')}`,
    )
    expect(await open(office)).toEqual([])
  })
})

describe.concurrent('what a revocation ends', () => {
  it('is neither adopted nor ignored, nor taken out of the plan by what else is ignored', async () => {
    const more = `${head}  Tmp: {}\n`
    const held = `  - { users: [taro], permission_sets: [Tmp], accounts: ["222233334444"] }\n`
    const declared = `${head}${rule()}revoked: { taro: 2026-01-01T00:00:00Z }\n`
    const office = await drifted(more + rule() + held, declared)
    const before = await open(office)
    expect(before).toContain(`delete ${grant}`)
    for (const answer of ['adopt', 'ignore']) {
      const { code, stderr } = await office.run([answer, grant])
      expect(code).toBe(1)
      expect(flat(stderr)).toContain('the plan changes it because of a revocation')
    }
    const { code, stderr } = await office.run(['ignore', 'permission-set/Tmp'])
    expect(code).toBe(1)
    expect(flat(stderr)).toContain('would no longer delete assignment/Tmp:user:taro@222233334444')
    expect(office.text()).toBe(declared)
    expect(await open(office)).toEqual(before)
  })
})

describe.concurrent('a word that is no address', () => {
  it.each([
    ['taro', 'put its kind in front, as a plan shows it, for example user/taro'],
    ['usr/taro', 'did you mean user/taro?'],
    ['', 'write addresses as a plan shows them'],
  ])('is refused before AWS is asked: "%s"', async (word, hint) => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url)
    for (const command of ['adopt', 'ignore']) {
      const { code, stderr } = await office.run([command, word])
      expect([code, flat(stderr)]).toEqual([1, expect.stringContaining(`${word || '""'} does not begin with a kind`)])
      expect(flat(stderr)).toContain(hint)
    }
    expect(await cloud.calls()).toEqual([])
  })
})
