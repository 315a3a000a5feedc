import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { newCloud } from '../scenarios/cloud/support/cloud.ts'
import { manifestText } from '../scenarios/cloud/support/office.ts'
import { type Desk, newDesk } from '../scenarios/e2e/support/desk.ts'
import { type Held, newGitHub, person } from './support/github.ts'
import { act } from './support/step.ts'

const first = '<!-- sso-reconcile drift sso.yaml -->'

let held: Held
let desk: Desk
let api: string

beforeEach(async () => {
  const [cloud, github] = await Promise.all([newCloud(), newGitHub()])
  held = github.held
  api = github.url
  desk = newDesk(cloud.url)
})

const write = (groups: object) => writeFileSync(join(desk.work, 'sso.yaml'), manifestText({ groups }))
const drift = () => act({ desk, api, event: 'schedule' }, { command: 'drift' })
const [one, two, none] = [{ Staff: {} }, { Staff: {}, More: {} }, {}]

it('opens an issue, updates it, leaves it while nothing can be read, and closes it', async () => {
  write(one)
  const opened = await drift()
  expect([opened.code, held.issues.length]).toEqual([0, 1])
  expect(held.issues[0]).toMatchObject({ title: 'AWS differs from sso.yaml', state: 'open' })
  expect(held.issues[0]?.body.startsWith(`${first}\n`)).toBe(true)
  expect(opened.outputs).toMatchObject({ changed: 'true', creates: '1' })

  write(two)
  await drift()
  expect([held.issues.length, held.issues[0]?.body.includes('group/More')]).toEqual([1, true])

  const before = { ...held.issues[0] }
  writeFileSync(join(desk.work, 'sso.yaml'), 'version: 1\nusers: 1\n')
  const unknown = await drift()
  expect([unknown.code, held.issues.length, held.comments.size]).toEqual([1, 1, 0])
  expect(held.issues[0]).toEqual(before)

  write(none)
  expect((await drift()).outputs).toMatchObject({ changed: 'false', 'exit-code': '0' })
  expect(held.issues[0]?.state).toBe('closed')
  expect(held.comments.get(held.issues[0]?.number ?? 0)?.[0]?.body).toContain('AWS and the file agree again')
})

it('touches no issue of anybody else, and no pull request', async () => {
  const strange = { title: 'x', state: 'open', body: `${first}\n`, user: person }
  held.issues.push(
    { id: 1, number: 1, ...strange },
    { id: 2, number: 2, ...strange, user: { login: 'github-actions[bot]', type: 'Bot' }, pull_request: {} },
  )
  write(none)
  await drift()
  write(one)
  await drift()
  expect(held.issues.map(({ body }) => body.includes('group/Staff'))).toEqual([false, false, true])
  expect(held.issues.map(({ state }) => state)).toEqual(['open', 'open', 'open'])
})

it('fails where the issue cannot be written', async () => {
  held.refuses = { status: 403, message: 'Resource not accessible by integration' }
  write(one)
  const { code, log } = await drift()
  expect(code).toBe(1)
  expect(log).toContain('::error::POST /repos/acme/aws/issues was answered with 403: Resource not accessible')
})
