import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { pipelinesIn, trustPolicy } from '../../src/iam-policy/trust.ts'
import { manifestText } from '../scenarios/cloud/support/office.ts'
import { newDesk } from '../scenarios/e2e/support/desk.ts'
import { run } from '../support/here.ts'

const account = '111122223333'

function conditions(text: string, readOnly: boolean, partition: 'aws' | 'aws-cn' = 'aws'): unknown {
  const pipelines = pipelinesIn(text)
  if (!pipelines) throw new Error(`${text} is none`)
  const { Statement } = trustPolicy(pipelines, { account, partition, readOnly }) as {
    Statement: { Condition: unknown }[]
  }
  return Statement[0]?.Condition
}

const github = (sub: readonly string[], aud = 'sts.amazonaws.com') => ({
  StringEquals: { 'token.actions.githubusercontent.com:aud': aud, 'token.actions.githubusercontent.com:sub': sub },
})

it.each<readonly [string, boolean, unknown]>([
  ['github:o/r', false, github(['repo:o/r:ref:refs/heads/main'])],
  ['github:o/r', true, github(['repo:o/r:ref:refs/heads/main', 'repo:o/r:pull_request'])],
  ['github:o@12/r.x@34', false, github(['repo:o@12/r.x@34:ref:refs/heads/main'])],
  ['github:o/r:environment:production', false, github(['repo:o/r:environment:production'])],
  ['github:o/r:ref:refs/heads/release/1.x', true, github(['repo:o/r:ref:refs/heads/release/1.x'])],
  [
    'gitlab:g/sub/p',
    false,
    {
      StringEquals: {
        'gitlab.com:aud': 'https://gitlab.com',
        'gitlab.com:sub': ['project_path:g/sub/p:ref_type:branch:ref:main'],
      },
    },
  ],
  [
    'gitlab:g/p',
    true,
    {
      StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' },
      StringLike: { 'gitlab.com:sub': ['project_path:g/p:ref_type:branch:ref:*'] },
    },
  ],
])('%s, reading only: %s', (text, readOnly, expected) => {
  expect(conditions(text, readOnly)).toEqual(expected)
})

it('in China the audience is another one', () => {
  expect(conditions('github:o/r', false, 'aws-cn')).toEqual(
    github(['repo:o/r:ref:refs/heads/main'], 'sts.amazonaws.com.cn'),
  )
})

it.each([
  'o/r',
  'github:o',
  'github:o/r/x',
  'github:*/r',
  'github:o/*',
  'github:o/r:ref:refs/heads/*',
  'bitbucket:o/r',
  'github:o/r:',
  'github:o /r',
  'github:o@x/r',
])('"%s" names no pipelines, and no wildcard ever', (text) => {
  expect(pipelinesIn(text)).toBeUndefined()
})

async function printed(sections: object, ...words: readonly string[]) {
  const desk = newDesk()
  writeFileSync(join(desk.work, 'sso.yaml'), manifestText({ ...sections }))
  return run(desk, ['iam-policy', ...words])
}

it('prints the policy alone, and beside it the commands that make the role', async () => {
  const { code, stdout, stderr } = await printed(
    { accounts: { management: account } },
    '--trust',
    'github:o@1/r@2',
    '--read-only',
  )
  expect(code, stderr).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    Statement: [
      { Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` } },
    ],
  })
  expect(stderr).toContain('  sso-reconcile iam-policy --trust github:o@1/r@2 --read-only > trust.json\n')
  expect(stderr).toContain('--role-name sso-reconcile-plan --assume-role-policy-document file://trust.json')
  expect(stderr).not.toContain('ids')
})

it('a repository without its ids gets a warning, with the command that prints them', async () => {
  const { stderr } = await printed({ accounts: { management: account } }, '--trust', 'github:o/r')
  expect(stderr).toMatch(/warning {2}repositories of GitHub that were made since July 15, 2026/)
  expect(stderr).toContain('gh api repos/o/r')
})

it('a file that names no management account cannot say where the role is', async () => {
  const { code, stdout, stderr } = await printed({}, '--trust', 'github:o/r')
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/does not say which account the role is in\n {2}hint: add its id/)
})
