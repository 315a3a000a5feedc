import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, vi } from 'vitest'
import { matchesWildcards } from '../../../src/policies/wildcards.ts'
import { dev } from './support/cases.ts'
import { management, newCloud } from './support/cloud.ts'
import { newOffice } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const page = readFileSync(join(import.meta.dirname, '../../../docs/role-arns.md'), 'utf8')

/** The commands of the page that hand their result to jq: the words of ours, and the program. */
const piped = [...page.matchAll(/^sso-reconcile (access [^|\n]+) \| jq (-r )?'([^']+)'$/gm)].map(
  ([, words = '', raw = '', program = '']) => ({ words: words.split(' '), raw: raw !== '', program }),
)

const jq = (text: string, raw: boolean, program: string) => {
  const run = promisify(execFile)('jq', [...(raw ? ['-r'] : []), program])
  run.child.stdin?.end(text)
  return run.then(({ stdout }) => stdout)
}
const noJq = await promisify(execFile)('jq', ['--version']).then(
  () => undefined,
  () => 'no jq here',
)
if (noJq !== undefined) process.stderr.write(`skipped: the examples of docs/role-arns.md: ${noJq}\n`)

it.skipIf(noJq !== undefined)('every example of the page with jq prints what the page says', async () => {
  const contents = {
    users: [{ userName: 'taro' }],
    groups: [{ displayName: 'nobody', members: [] }],
    permissionSets: [{ name: 'Deploy' }, { name: 'Deploy_Admin' }],
    assignments: [
      { permissionSet: 'Deploy', user: 'taro', account: dev },
      { permissionSet: 'Deploy_Admin', user: 'taro', account: dev },
      { permissionSet: 'Deploy', user: 'taro', account: management },
      { permissionSet: 'Deploy_Admin', group: 'nobody', account: management },
    ],
  }
  const cloud = await newCloud({ contents })
  const office = newOffice(cloud.url, { accounts: { dev, management } })
  const results = []
  for (const { words, raw, program } of piped) {
    const { stdout, stderr, code } = await office.run(words)
    expect(code, stderr).toBe(0)
    results.push(await jq(stdout, raw, program))
  }
  const [trust = '', whole = '', bare = '', ...more] = results
  expect(more).toEqual([])

  const pattern = `arn:aws:iam::${dev}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Deploy_????????????????`
  const { Condition } = JSON.parse(trust).Statement[0]
  expect(Condition).toEqual({ ArnLike: { 'aws:PrincipalArn': [pattern] } })
  const role = (set: string) => pattern.replace('Deploy_????????????????', `${set}_0123456789abcdef`)
  expect(['Deploy', 'Deploy_Admin'].map((set) => matchesWildcards(pattern, role(set)))).toEqual([true, false])

  const begin = `arn:aws:iam::${management}:role/`
  const names = ['Deploy', 'Deploy_Admin'].map((set) => `AWSReservedSSO_${set}_[0-9a-f]{16}`)
  // jq sorts by the whole text, and which suffix a role gets nobody knows before.
  for (const [told, path] of [
    [whole, 'aws-reserved/sso.amazonaws.com/'],
    [bare, ''],
  ]) {
    expect(told?.trimEnd().split('\n')).toHaveLength(names.length)
    for (const name of names) expect(told).toMatch(new RegExp(`^${begin}${path}${name}$`, 'm'))
  }

  // The checks of policies know the pattern for what it is.
  const allow = { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*', Condition }
  const inline_policy = { Version: '2012-10-17', Statement: [allow] }
  office.write({ permission_sets: { Deploy: { inline_policy } } })
  expect(await office.run(['validate'])).toMatchObject({ code: 0, stderr: '' })
})
