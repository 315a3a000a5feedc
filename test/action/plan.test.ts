import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manifestText } from '../scenarios/cloud/support/office.ts'
import { bot, comment, person } from './support/github.ts'
import { pull, pullRequest, sections } from './support/pull-request.ts'
import { act, action } from './support/step.ts'

const first = '<!-- sso-reconcile plan sso.yaml -->'
const { api, comments, desk, held, request } = pullRequest()

describe('action.yml', () => {
  it('has what the Marketplace asks for, and gives its script nothing but variables', () => {
    expect(action).toMatchObject({ name: 'sso-reconcile', description: expect.any(String), author: expect.any(String) })
    expect(String(action.description).length).toBeLessThan(125)
    expect(action.branding).toEqual({ icon: 'users', color: 'orange' })
    expect(action.runs.using).toBe('composite')
    for (const { run } of action.runs.steps) expect(run).toBe('node "$GITHUB_ACTION_PATH/action/main.mjs"')
  })
})

describe('plan on a pull request', () => {
  it('writes one comment, and updates it in place', async () => {
    const before = await act(request())
    expect([before.code, comments().length]).toEqual([0, 1])
    const [one] = comments()
    expect(one?.body).toMatch(/^<!-- sso-reconcile plan sso\.yaml -->\n<!-- sso-reconcile digest [0-9a-f]{64} -->\n/)
    expect(one?.body).toContain(`digest ${before.outputs.digest} `)
    expect(one?.body).toContain('### Plan: 2 to create')
    expect(before.outputs).toMatchObject({
      changed: 'true',
      creates: '2',
      updates: '0',
      deletes: '0',
      'exit-code': '0',
    })
    expect(before.summary).toContain('### Plan: 2 to create')
    expect(before.log).toContain('group/Staff')

    writeFileSync(join(desk().work, 'sso.yaml'), manifestText({}))
    const after = await act(request())
    expect(comments().map(({ id }) => id)).toEqual([one?.id])
    expect(comments()[0]?.body).not.toContain('group/Staff')
    expect(after.outputs).toMatchObject({ changed: 'false', creates: '0' })
  })

  it('finds its comment behind a hundred others, and believes no mark of anybody else', async () => {
    const forged = comment(held(), pull, `${first}\n<!-- sso-reconcile digest ${'0'.repeat(64)} -->\nforged`, person)
    const named = comment(held(), pull, `${first}\nforged`, { ...bot, type: 'User' })
    const quoted = comment(held(), pull, `> ${first}\nquoted`)
    const other = comment(held(), pull, '<!-- sso-reconcile plan other/sso.yaml -->\n')
    for (let count = 0; count < 120; count += 1) comment(held(), pull, 'talk', person)
    const own = comment(held(), pull, `${first}\nold`)
    await act(request())
    expect(own.body).toContain('group/Staff')
    expect([forged, named, quoted, other].map(({ body }) => body.includes('group/Staff'))).toEqual(Array(4).fill(false))
    expect(comments().length).toBe(125)
  })

  it('keeps a comment for each manifest, whose name cannot end the mark', async () => {
    const name = 'x-->@y.yaml'
    writeFileSync(join(desk().work, name), manifestText(sections))
    await act(request())
    const { code } = await act(request(), { file: name })
    expect([code, comments().length]).toEqual([0, 2])
    expect(comments()[1]?.body.split('\n')[0]).toBe('<!-- sso-reconcile plan x%2D%2D%3E%40y.yaml -->')
  })

  it('shows a refused plan without a digest, at its lines, and fails', async () => {
    const { code, log, outputs } = await act(request(), { args: '--deny-new "s3:*"' })
    expect(code).toBe(1)
    expect(comments()[0]?.body).toContain('Refused: this plan cannot be applied')
    expect(comments()[0]?.body).not.toContain('sso-reconcile digest')
    expect(log).toMatch(/^::error file=sso\.yaml,line=4,col=\d+::.*--deny-new.*%0Ahint: /m)
    expect(outputs).toMatchObject({ digest: '', changed: 'true', 'exit-code': '1' })
  })

  it('shows errors before there is a plan, and takes back the digest of an earlier one', async () => {
    await act(request())
    writeFileSync(join(desk().work, 'sso.yaml'), 'version: 1\nusers: 1\n')
    const { code, log, outputs, summary } = await act(request())
    expect([code, comments().length]).toEqual([1, 1])
    for (const page of [comments()[0]?.body, summary]) expect(page).toContain('### No plan could be made')
    expect(comments()[0]?.body).toContain('sso.yaml:2:')
    expect(comments()[0]?.body).not.toContain('sso-reconcile digest')
    expect(log).toContain('::error file=sso.yaml,line=2,')
    expect(outputs).toMatchObject({ digest: '', changed: '', creates: '', 'exit-code': '1' })
  })

  it('says in one line that it may not comment, and goes on', async () => {
    held().refuses = { status: 403, message: 'Resource not accessible by integration' }
    const { code, log, summary } = await act(request())
    expect([code, comments().length]).toEqual([0, 0])
    expect(log).toContain('::notice::This token may not comment here')
    expect(summary).toContain('group/Staff')
  })

  it.each([
    [502, 'Bad Gateway'],
    [403, 'You have exceeded a secondary rate limit'],
  ])('fails where an earlier comment may be out of date: %s %s', async (status, message) => {
    held().refuses = { status, message }
    const { code, log } = await act(request())
    expect(code).toBe(1)
    expect(log).toContain(
      `::error::The plan is not on the pull request: POST /repos/acme/aws/issues/7/comments was answered with ${status}`,
    )
  })

  it('comments neither on a push nor where it is told not to', async () => {
    await act({ desk: desk(), api: api(), event: 'push' })
    await act(request(), { comment: 'false' })
    expect(held().asked).toEqual([])
  })

  it.each([
    ['pull_request_target', {}],
    ['workflow_run', { workflow_run: { event: 'pull_request' } }],
    ['issue_comment', { issue: { number: pull, pull_request: {} } }],
  ])('refuses %s, which runs with the rights of the repository whoever causes it', async (event, payload) => {
    for (const command of ['plan', 'apply', 'drift']) {
      const { code, log } = await act(request({ event, payload }), { command })
      expect([code, held().asked]).toEqual([1, []])
      expect(log).toContain('use on: pull_request')
      expect(log).not.toContain('group/Staff')
    }
  })

  it.each([
    ['workflow_run', { workflow_run: { event: 'push' } }],
    ['issue_comment', { issue: { number: 1 } }],
  ])('plans on %s of the repository itself', async (event, payload) => {
    expect((await act(request({ event, payload }))).log).toContain('group/Staff')
  })

  it('cuts a comment below the limit and says how much is left out, and where it is', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`u${index}-${'é'.repeat(1500)}`, { nme: 1 }]),
    )
    writeFileSync(join(desk().work, 'sso.yaml'), manifestText({ users: many }))
    const { code } = await act(request())
    const body = comments()[0]?.body ?? ''
    expect(code).toBe(1)
    expect(body.length).toBeGreaterThan(50_000)
    expect(body.length).toBeLessThan(65_536)
    expect(body).toMatch(
      /\n```\n\n\*\*\d+ lines were left out for length; \[the log of the run\]\(\S+\/runs\/77\) has all of it\.\*\*$/,
    )
  })
})
