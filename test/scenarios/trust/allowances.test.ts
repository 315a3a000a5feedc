import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { run } from '../../support/here.ts'
import { newLaptop } from '../../support/machine.ts'
import { newCloud } from '../cloud/support/cloud.ts'
import { newOffice, type Sections } from '../cloud/support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const with_ = (settings: string) =>
  `local: { sso_session: corp, profiles: { prod: { account: dev, permission_set: ReadOnly, settings: { ${settings} } } } }\n`
const settled = `[sso-session corp]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = eu-west-1
[profile prod]
sso_session = corp
sso_account_id = 444455556666
sso_role_name = ReadOnly
`

/** The words of the command that a text suggests, as a shell takes them apart. */
function suggested(text: string): string[] {
  const line = /sso-reconcile (apply --expect .*)$/m.exec(text)?.[1] ?? ''
  return execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n')
}

describe('a setting that runs a program or reaches elsewhere', () => {
  it.each([
    ['cli_pager: "sh -c id"', 'cli_pager runs a program: sh -c id'],
    ['endpoint_url: "https://evil.example"', 'endpoint_url sends requests to https://evil.example'],
    ['ca_bundle: /tmp/x.pem', 'ca_bundle trusts certificates from /tmp/x.pem'],
    ['mfa_process: id', 'mfa_process runs a program: id'],
    ['s3: { endpoint_url: "http://evil.example" }', 's3.endpoint_url sends requests to http://evil.example'],
  ])('%s is told and refused', async (settings, says) => {
    const laptop = newLaptop(with_(settings), { '.aws/config': settled })
    const plan = await laptop.run('plan')
    expect(plan.code).toBe(1)
    expect(plan.stdout).toContain(says)
    expect(plan.stdout).toContain('This plan is refused')
    expect(plan.stderr).toContain(`error  profile prod: ${says}`)
    expect(plan.stderr).toContain('--allow-programs')
    expect((await laptop.run('apply')).code).toBe(1)
    expect(laptop.config()).toBe(settled)
    expect((await laptop.run('plan', ['--out', 'plan.json'])).code).toBe(1)
    const allowed = await laptop.run('apply', ['--allow-programs'])
    expect(allowed.code, allowed.stderr).toBe(0)
    expect(allowed.stdout).toContain(says)
    // What is there already is no change, so nothing has to be allowed.
    expect((await laptop.run('plan', ['--check'])).code).toBe(0)
  })

  it('that goes needs no leave', async () => {
    const laptop = newLaptop(with_('cli_pager: "", endpoint_url: ""'), {
      '.aws/config': `${settled}cli_pager = sh -c id\nendpoint_url = https://evil.example\n`,
    })
    expect((await laptop.run('apply')).code).toBe(0)
    expect(laptop.config()).not.toMatch(/evil|cli_pager/)
  })
})

describe('a plan that was allowed something', () => {
  it('is named by the line that it prints, and by that alone', async () => {
    const laptop = newLaptop(with_('cli_pager: less -R'), { '.aws/config': settled })
    const words = suggested((await laptop.run('plan', ['--allow-programs'])).stdout)
    expect(words).toContain('--allow-programs')
    const bare = words.filter((word) => word !== '--allow-programs')
    expect((await run(laptop.desk, bare)).code).toBe(1)
    expect(laptop.config()).toBe(settled)
    const done = await run(laptop.desk, words)
    expect(done.code, done.stderr).toBe(0)
  })

  it('is saved with it', async () => {
    const laptop = newLaptop(with_('cli_pager: less -R'), { '.aws/config': settled })
    expect((await laptop.run('plan', ['--allow-programs', '--out', 'plan.json'])).code).toBe(0)
    const path = join(laptop.desk.work, 'plan.json')
    const plan = JSON.parse(readFileSync(path, 'utf8'))
    expect(plan.allowances).toEqual({ allow_programs: true })
    for (const allowances of [undefined, { allow_lockout: true }, { allow_programs: true, max_deletes: 3 }]) {
      writeFileSync(path, JSON.stringify({ ...plan, allowances }))
      expect((await run(laptop.desk, ['apply', 'plan.json', '--yes'])).code).toBe(1)
    }
    for (const odd of [{ allow_programs: 'yes' }, { max_deletes: -1 }, { everything: true }, [], null]) {
      writeFileSync(path, JSON.stringify({ ...plan, allowances: odd }))
      expect((await run(laptop.desk, ['apply', 'plan.json'])).stderr).toContain('is not a complete plan')
    }
    writeFileSync(path, JSON.stringify(plan))
    const more = await run(laptop.desk, ['apply', 'plan.json', '--max-deletes', '9'])
    expect(more.stderr).toContain('--max-deletes 9 does not match the flags that plan.json was made with')
    expect(laptop.config()).toBe(settled)
    expect((await run(laptop.desk, ['apply', 'plan.json'])).code).toBe(0)
    expect(laptop.config()).toContain('cli_pager = less -R')
  })

  it('repeats deletes and lock-out', async () => {
    const people = ['a', 'b', 'c', 'd', 'e', 'f']
    const cloud = await newCloud({
      contents: {
        users: people.map((userName) => ({ userName })),
        permissionSets: [{ name: 'Read', tags: { 'managed-by': 'sso-reconcile' } }],
        assignments: people.map((user) => ({ permissionSet: 'Read', user, account: '222233334444' })),
      },
    })
    const sections: Sections = {
      users: Object.fromEntries(people.map((name) => [name, { external: true }])),
      permission_sets: { Read: {} },
      assignments: [{ users: ['a'], permission_sets: ['Read'], accounts: ['222233334444'] }],
    }
    const office = newOffice(cloud.url, sections)
    const plan = await office.run(['plan', '--max-deletes', '5', '--allow-lockout'])
    const words = suggested(plan.stdout)
    expect(words.slice(3)).toEqual(['--max-deletes', '5', '--allow-lockout'])
    expect((await office.run(words.slice(0, -1))).stderr).toContain('no longer the one that was reviewed')
    expect((await office.run(words)).code).toBe(0)
  })
})
