import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { type Cloud, newCloud } from '../scenarios/cloud/support/cloud.ts'
import { manifestText } from '../scenarios/cloud/support/office.ts'
import { type Desk, newDesk } from '../scenarios/e2e/support/desk.ts'
import { isWrite } from '../scenarios/e2e/support/relay.ts'
import { newGitHub } from './support/github.ts'
import { act, shims } from './support/step.ts'

const account = '222233334444'
const users = ['ann', 'bob']
const ended = '2026-01-01'

let cloud: Cloud
let desk: Desk
let api: string

beforeEach(async () => {
  cloud = await newCloud({
    contents: {
      users: users.map((userName) => ({ userName })),
      permissionSets: [{ name: 'Read', description: 'Old', tags: { 'managed-by': 'sso-reconcile' } }],
      assignments: users.map((user) => ({ permissionSet: 'Read', user, account })),
    },
  })
  api = (await newGitHub()).url
  desk = newDesk(cloud.url)
})

/** A file that changes the set too, and in which the grant of ann may have an end. */
const write = (until?: string) =>
  writeFileSync(
    join(desk.work, 'sso.yaml'),
    manifestText({
      users: Object.fromEntries(users.map((name) => [name, { external: true }])),
      permission_sets: { Read: { description: 'New' } },
      assignments: users.map((user) => ({
        ...{ users: [user], permission_sets: ['Read'], accounts: [account] },
        ...(until && user === 'ann' ? { until } : {}),
      })),
    }),
  )
const due = (event = 'schedule') => act({ desk, api, event }, { command: 'due' })
const writes = async () => (await cloud.calls()).map(({ operation }) => operation).filter(isWrite)

it('ends what ends by its date, and leaves alone what else differs', async () => {
  write(ended)
  const first = await due()
  expect(first.code, first.log).toBe(0)
  expect(await writes()).toEqual(['DeleteAccountAssignment'])
  expect(first.outputs).toMatchObject({ changed: 'true', deletes: '1', updates: '0' })
  expect(first.summary).toContain('### Applied: 1 done, 0 failed, 0 skipped')
  const second = await due()
  expect([second.code, second.outputs.changed, second.summary]).toEqual([0, 'false', '### Nothing to apply\n\n'])
  expect(await writes()).toEqual(['DeleteAccountAssignment'])
})

it('fails where it cannot tell, and changes nothing', async () => {
  write()
  writeFileSync(join(desk.work, 'sso.yaml'), 'version: 1\nusers: 1\n')
  const { code, log, outputs } = await due()
  expect([code, outputs.changed]).toEqual([1, ''])
  expect(log).toContain('::error file=sso.yaml,line=2')
  expect(await writes()).toEqual([])
})

it.each([
  ['pull_request', 'Nothing was applied: due runs on the branch that is applied'],
  ['pull_request_review', 'Nothing was applied: due runs on the branch that is applied'],
  ['pull_request_target', 'sso-reconcile does not run on pull_request_target'],
])('does not run on %s', async (event, said) => {
  write(ended)
  const { code, log } = await due(event)
  expect(code).toBe(1)
  expect(log).toContain(`::error::${said}`)
  expect(await writes()).toEqual([])
})

it('tells in the log how it goes, while it goes', async () => {
  const folder = shims()
  const events = [
    '{"type":"plan","plan":{"complete":true,"operations":[{},{}],"refusals":[],"diagnostics":[],"summary":{}}}',
    '{"type":"done","verb":"delete","address":"user/a\\u001b[2J::error::x","seconds":0}',
  ]
  const script = ['#!/bin/sh', `[ "$1" = --version ] && exit 0`, ...events.map((one) => `printf '%s\\n' '${one}'`)]
  const rest = ['echo "waiting ::warning::y" >&2', 'sleep 1', `printf '{"type":'`, 'sleep 1', `printf '"failed",'`]
  const end = `printf '"verb":"delete","address":"user/b","message":"no"}\\n'\nexit 1`
  writeFileSync(join(folder, 'sso-reconcile'), [...script, ...rest, end].join('\n'))
  const { code, log } = await act({ desk, api, event: 'schedule', programs: folder }, { command: 'due' })
  expect(code).toBe(1)
  const lines = log.split('\n').filter((line) => !/^::(?:stop-commands::)?[0-9a-f-]{36}(?:::)?$/.test(line))
  expect(lines.slice(0, 3).sort()).toEqual([
    '2 changes to make',
    'done: delete user/a\\u{1b}[2J::error::x',
    'waiting ::warning::y',
  ])
  expect(lines[3]).toBe('failed: delete user/b: no')
  // What names hold is no command.
  expect(log).toMatch(
    /::stop-commands::(\S+)\n[^\n]*::error::x\n::\1::|::stop-commands::(\S+)\n[^:]*\n[^\n]*::error::x/,
  )
})
