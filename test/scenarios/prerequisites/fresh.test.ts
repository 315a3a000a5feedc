import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts'
import { run } from '../../support/here.ts'
import { newDesk, newFolder } from '../e2e/support/desk.ts'

/** A new AWS account: no organization, no Identity Center. Each step is what the message before it said. */
describe('a new AWS account', () => {
  let server: Sandbox
  beforeAll(async () => {
    server = await startSandbox({
      stateFile: join(newFolder(), 'state.json'),
      seed: { region: 'ap-northeast-1', managementAccount: '111122223333', accounts: [], fresh: true },
      now: () => new Date(),
      random: (bytes) => randomBytes(bytes),
    })
  })
  afterAll(() => server.close())

  const admin = (body: object) => fetch(`${server.url}/_sandbox/enable`, { method: 'POST', body: JSON.stringify(body) })

  it('is led from nothing to a working profile, with every next step named', async () => {
    const desk = newDesk(server.url)
    const planned = await run(desk, ['plan'])
    expect(planned.code).toBe(1)
    expect(planned.stdout).toMatch(/\+ organization +create/)
    expect(planned.stdout).toMatch(/ends your\s+credits\s+at\s+once/)
    const { operations, complete } = JSON.parse((await run(desk, ['plan', '--json'])).stdout)
    expect({ complete, operations }).toMatchObject({
      complete: false,
      operations: [{ address: 'organization', verb: 'create' }],
    })

    for (const command of ['plan', 'apply']) {
      const { stdout: page } = await run(desk, [command, '--format', 'markdown'])
      expect(page).toMatch(/^\n```text\nPrerequisites\n {2}\+ organization +create\n[\s\S]*\n```\n$/)
    }

    const { stdout: html } = await run(desk, ['plan', '--format', 'html'])
    expect(html).toMatch(
      /^<!doctype html>[\s\S]*<h1>Prerequisites<\/h1>[\s\S]*<code>organization<\/code>[\s\S]*<\/html>\n$/,
    )

    const asked = await run(desk, ['apply'])
    expect(asked.code).toBe(1)
    expect(JSON.parse((await run(desk, ['plan', '--json'])).stdout).operations).toHaveLength(1)

    const created = await run(desk, ['apply', '--yes'])
    expect(created.code).toBe(1)
    expect(created.stderr).toContain('organization  created')
    expect(created.stderr).toContain('IAM Identity Center is not enabled in ap-northeast-1')
    expect(created.stderr).toContain(
      'https://ap-northeast-1.console.aws.amazon.com/singlesignon/home?region=ap-northeast-1 (Enable',
    )

    await admin({})
    const applied = await run(desk, ['apply', '--yes'])
    expect(applied).toMatchObject({ code: 0 })
    expect(applied.stdout).toContain('sso-reconcile login personal')
    expect((await run(desk, ['plan', '--check'])).code).toBe(0)
  })
})

/** Enabled before there was an organization, Identity Center is of the kind that can hold no permission sets. */
describe('an account instance in the way', () => {
  it('is named before an organization is created for nothing, and after', async () => {
    const server = await startSandbox({
      stateFile: join(newFolder(), 'state.json'),
      seed: { region: 'ap-northeast-1', managementAccount: '111122223333', accounts: [], fresh: true },
      now: () => new Date(),
      random: (bytes) => randomBytes(bytes),
    })
    try {
      const body = JSON.stringify({ kind: 'account', region: 'ap-northeast-1' })
      await fetch(`${server.url}/_sandbox/enable`, { method: 'POST', body })
      const desk = newDesk(server.url)
      const before = await run(desk, ['apply', '--yes'])
      expect(before.code).toBe(1)
      expect(before.stdout).not.toContain('organization')
      expect(before.stderr).toContain('only an account instance of Identity Center exists in ap-northeast-1')

      const credentials = { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' }
      const client = new OrganizationsClient({ endpoint: server.url, region: 'us-east-1', credentials })
      await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }))
      const after = await run(desk, ['apply', '--yes'])
      expect(after.code).toBe(1)
      expect(after.stderr).toContain('only an account instance of Identity Center exists in ap-northeast-1')
      expect(after.stderr).toContain('delete it first')
    } finally {
      await server.close()
    }
  })
})
