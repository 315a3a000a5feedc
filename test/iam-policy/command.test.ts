import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Faults } from '../../src/sandbox/faults/faults.ts'
import type { Seed } from '../../src/sandbox/seed.ts'
import { startSandbox } from '../../src/sandbox/server.ts'
import { type Desk, journey, newDesk, newFolder } from '../scenarios/e2e/support/desk.ts'
import { run } from '../support/here.ts'

const management = '111122223333'
const key = `arn:aws:kms:ap-northeast-1:${management}:key/mrk-0123456789abcdef0123456789abcdef`
const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }

/** A desk at an Identity Center that is encrypted with this key, or with one of AWS. */
async function deskAt(seed: Partial<Seed> = {}, faults: Faults = {}): Promise<Desk> {
  const sandbox = await startSandbox({
    stateFile: join(newFolder(), 'state.json'),
    seed: { region: 'ap-northeast-1', managementAccount: management, accounts: [], ...seed },
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
    faults,
  })
  onTestFinished(() => sandbox.close())
  return newDesk(sandbox.url)
}

function onKey(stdout: string): readonly string[] {
  const { Statement } = JSON.parse(stdout) as { Statement: { Sid: string; Resource: unknown }[] }
  return Statement.filter(({ Resource }) => Resource === key).map(({ Sid }) => Sid)
}

describe('iam-policy', () => {
  it('allows the use of the customer managed key that it finds, and says that the key has a policy too', async () => {
    const { code, stdout, stderr } = await run(await deskAt({ kmsKey: key }), ['iam-policy'])
    expect(code).toBe(0)
    expect(onKey(stdout)).toEqual(['KeyOfIdentityCenter', 'KeyOfIdentityStore', 'KeyDescription'])
    expect(stderr).toContain(`the key policy of ${key} must also allow the caller`)
  })

  it('says nothing where the key belongs to AWS', async () => {
    const { code, stdout, stderr } = await run(await deskAt(), ['iam-policy'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).not.toContain('kms:')
  })

  it('gives the same text for a key that is named, and asks nobody', async () => {
    const found = await run(await deskAt({ kmsKey: key }), ['iam-policy', '--read-only'])
    const named = await run(newDesk('http://127.0.0.1:9'), ['iam-policy', '--read-only', '--kms-key', key], nobody)
    expect(named).toEqual(found)
    const none = await run(newDesk('http://127.0.0.1:9'), ['iam-policy', '--kms-key', 'none'], nobody)
    expect(none).toMatchObject({ code: 0, stderr: '' })
  })

  it.each<[string, () => Promise<[Desk, object]>, string]>([
    ['nobody is logged in', async () => [newDesk(), nobody], 'no usable AWS credentials were found'],
    ['nothing answers', async () => [newDesk('http://127.0.0.1:9'), {}], 'sso:ListInstances got no response'],
    [
      'the caller may not look',
      async () => [await deskAt({}, { rules: [{ kind: 'deny', operations: ['DescribeInstance'] }] }), {}],
      'sso:DescribeInstance was denied',
    ],
    [
      'Identity Center is elsewhere',
      async () => [await deskAt({ region: 'us-east-1' }), {}],
      'sso:ListInstances shows no instance in the region of the manifest',
    ],
  ])('prints the policy where %s, and says how to have the key in it', async (_what, desk, why) => {
    const [at, variables] = await desk()
    const { code, stdout, stderr } = await run(at, ['iam-policy'], variables as Record<string, undefined>)
    const plain = await run(newDesk(), ['iam-policy', '--kms-key', 'none'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: plain.stdout })
    expect(stderr).toContain('was not checked: ')
    expect(stderr).toContain(why)
    expect(stderr).toContain('add --kms-key ARN')
    expect((await run(at, ['iam-policy', '--quiet'], variables as Record<string, undefined>)).stderr).toBe('')
  })

  it.each(['alias/sso', '1234abcd-12ab-34cd-56ef-1234567890ab', `arn:aws:kms:eu-west-1:${management}:alias/sso`])(
    'refuses %s, which is not the ARN of a key',
    async (word) => {
      const { code, stdout, stderr } = await run(newDesk(), ['iam-policy', '--kms-key', word])
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain('is not the ARN of a key')
      expect(stderr).toContain('hint: write it whole')
    },
  )

  it('has what checks policies in it where that is asked for', async () => {
    const words = ['iam-policy', '--read-only', '--kms-key', 'none']
    const [bare, full] = [await run(newDesk(), words), await run(newDesk(), [...words, '--policy-checks'])]
    expect(bare.stdout).not.toMatch(/iam:|access-analyzer:/)
    for (const action of ['iam:GetPolicy', 'iam:GetPolicyVersion', 'access-analyzer:ValidatePolicy'])
      expect(full.stdout).toContain(`"${action}"`)
  })

  it('finds the key of the sandbox, which has none', async () => {
    const desk = newDesk(undefined, journey)
    expect(await run(desk, ['iam-policy', '--sandbox'], nobody)).toMatchObject({ code: 0, stderr: '' })
  })
})
