import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Cloud, newCloud } from '../scenarios/cloud/support/cloud.ts'
import { manifestText } from '../scenarios/cloud/support/office.ts'
import { type Desk, newDesk } from '../scenarios/e2e/support/desk.ts'
import { comment, type Held, newGitHub, person } from './support/github.ts'
import { act, type Occasion } from './support/step.ts'

const pull = 7
const merged = { number: pull, merged_at: 'then', merge_commit_sha: 'c0ffee', base: { ref: 'main' } }
const local = { sso_session: 'work', profiles: { work: { account: 'management', permission_set: 'Look' } } }
const sections = {
  groups: { Staff: { description: 'Everybody' } },
  permission_sets: { Look: { managed_policies: ['ReadOnlyAccess'] } },
}

let cloud: Cloud
let api: string
let held: Held
let desk: Desk

beforeEach(async () => {
  cloud = await newCloud()
  const github = await newGitHub()
  api = github.url
  held = github.held
  held.pulls.set('c0ffee', [
    { ...merged, number: 5, merged_at: null },
    { ...merged, number: 6, base: { ref: 'x' } },
    merged,
  ])
  desk = newDesk(cloud.url, manifestText(sections))
})

const write = (more: object) => writeFileSync(join(desk.work, 'sso.yaml'), manifestText({ ...sections, ...more }))
const comments = () => held.comments.get(pull) ?? []

function request(): Occasion {
  return { desk, api, event: 'pull_request', payload: { pull_request: { number: pull, head: { sha: 'feed' } } } }
}

function push(): Occasion {
  return { desk, api, event: 'push' }
}

const hasStaff = async () => JSON.stringify(await cloud.portrait()).includes('Staff')

describe('apply after a merge', () => {
  it('applies the plan that was reviewed, and says on the pull request how it ended', async () => {
    const { outputs } = await act(request())
    const applied = await act(push(), { command: 'apply' })
    expect([applied.code, await hasStaff()]).toEqual([0, true])
    expect(applied.outputs).toMatchObject({ changed: 'true', creates: '2', digest: outputs.digest, 'exit-code': '0' })
    expect(applied.summary).toContain('### Applied: 2 done, 0 failed, 0 skipped')
    expect(comments().length).toBe(2)
    expect(comments()[1]?.body).toMatch(/^<!-- sso-reconcile apply sso\.yaml -->\n\n### Applied: 2 done/)
  })

  it('applies a plan that left the machine out as just that', async () => {
    write({ local, accounts: { management: '111122223333' } })
    expect((await act(request())).log).toContain('CI is set')
    expect(comments()[0]?.body).toMatch(/^.*\n<!-- sso-reconcile digest [0-9a-f]{64} only cloud -->\n/)
    expect(comments()[0]?.body).toMatch(/^sso-reconcile apply --expect [0-9a-f]{16} --only cloud$/m)
    const { code } = await act(push(), { command: 'apply' })
    expect([code, await hasStaff()]).toEqual([0, true])
  })

  it('refuses when the file changed after the review', async () => {
    await act(request())
    write({ groups: { Staff: { description: 'Others' } } })
    const { code, log, summary, outputs } = await act(push(), { command: 'apply' })
    expect([code, await hasStaff()]).toEqual([1, false])
    expect(log).toContain('::error::the plan is no longer the one that was reviewed')
    expect(comments()[1]?.body).toContain('### Not applied')
    expect(comments()[1]?.body).toContain('no longer the one that was reviewed')
    expect(summary).toContain('### Not applied')
    expect(outputs).toMatchObject({ changed: 'false', 'exit-code': '1' })
  })

  it('takes a digest of a person, and asks GitHub for none then', async () => {
    const { digest } = (await act(request(), { comment: 'false' })).outputs
    const { code } = await act(push(), { command: 'apply', args: `--expect ${digest}` })
    expect([code, await hasStaff(), held.asked]).toEqual([0, true, []])
  })

  it('keeps the exit code of what was applied where the result cannot be told', async () => {
    await act(request())
    held.refuses = { status: 500, message: 'no' }
    const { code, log } = await act(push(), { command: 'apply' })
    expect([code, await hasStaff()]).toEqual([0, true])
    expect(log).toContain('::warning::The result is not on pull request #7')
  })
})

describe('apply without a review', () => {
  async function expectRefused(said: string, occasion = push()) {
    const { code, log } = await act(occasion, { command: 'apply' })
    expect([code, await hasStaff()]).toEqual([1, false])
    expect(log).toContain(`::error::Nothing was applied: ${said}`)
    expect(log).toContain('args: --expect DIGEST')
  }

  it('refuses a commit of no pull request', async () => {
    held.pulls.clear()
    await expectRefused('no merged pull request into main brought the commit c0ffee')
  })

  it('refuses a commit of several', async () => {
    const others = [8, 9].map((number) => ({ ...merged, number, merge_commit_sha: 'another' }))
    held.pulls.set('c0ffee', others)
    await expectRefused('no merged pull request into main')
  })

  it('refuses a pull request without a plan, whatever others wrote there', async () => {
    const { outputs } = await act(request(), { comment: 'false' })
    const body = `<!-- sso-reconcile plan sso.yaml -->\n<!-- sso-reconcile digest ${outputs.digest} -->\n`
    comment(held, pull, body, person)
    await expectRefused('pull request #7 has no plan of github-actions[bot] for sso.yaml')
  })

  it('refuses a plan that could not be applied, whatever stands further down', async () => {
    const { outputs } = await act(request(), { comment: 'false' })
    comment(held, pull, `<!-- sso-reconcile plan sso.yaml -->\n\n<!-- sso-reconcile digest ${outputs.digest} -->\n`)
    await expectRefused('pull request #7 has a plan that cannot be applied')
  })

  it('refuses before the merge', async () => {
    await expectRefused('apply runs after the merge', request())
  })
})
