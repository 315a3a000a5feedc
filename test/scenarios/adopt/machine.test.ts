import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { configPath } from '../e2e/support/desk.ts'
import { drifted, open } from './support.ts'

const local = `accounts: { dev: "222233334444" }
local: # this machine
  sso_session: home
  region: us-east-1
  profiles:
    one: { account: dev, permission_set: Look } # first
    two: { account: dev, permission_set: Look }
`

it('profiles of this machine are adopted: a value that differs, one that vanished, one more', async () => {
  const sets = 'permission_sets: { Look: {} }\n'
  const office = await drifted(
    `${sets}${local}    three: { account: management, permission_set: Look }\n`,
    sets + local,
  )
  const path = configPath(office.desk.home)
  const config = readFileSync(path, 'utf8')
  const without = config.replace(/(?:#[^\n]*\n)?\[profile two\]\n(?:[^[#]*\n)?/, '')
  writeFileSync(path, without.replace(/(\[profile one\][^[]*region = )us-east-1/, '$1eu-west-1'))
  expect(await open(office)).toEqual(['update profile/one', 'create profile/two', 'delete profile/three'])
  const { code, stderr } = await office.run(['adopt', 'profile/one', 'profile/two', 'profile/three'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(office.text()).toBe(
    sets +
      local
        .replace('Look } # first', 'Look, region: eu-west-1 } # first')
        .replace(/ {4}two.*\n/, '    three: { account: management, permission_set: Look }\n'),
  )
  expect(await open(office)).toEqual([])
})

it('the last profile is not taken out while its session would go with it, which no command adopts', async () => {
  const one = local.replace(/ {4}two.*\n/, '')
  const office = await drifted(one, one)
  const path = configPath(office.desk.home)
  writeFileSync(path, readFileSync(path, 'utf8').replace(/(?:#[^\n]*\n)?\[profile one\]\n(?:[^[#]*\n)?/, ''))
  expect(await open(office)).toEqual(['create profile/one'])
  const { code, stderr } = await office.run(['adopt', 'profile/one'])
  expect(code).toBe(1)
  expect(stderr.replace(/\s+/g, ' ')).toContain('a plan after this change would then delete sso-session/home')
  expect(stderr).toContain('hint: edit the file by hand')
  expect(stderr).not.toContain('as well')
  expect(office.text()).toBe(one)
})
