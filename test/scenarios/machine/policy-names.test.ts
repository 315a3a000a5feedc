import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../e2e/support/binary.ts'
import { newDesk } from '../e2e/support/desk.ts'

const manifest = `version: 1
identity_center: { region: eu-west-1 }
permission_sets:
  Reader:
    inline_policy:
      Version: "2012-10-17"
      Statement:
        - { Effect: Allow, Action: s3:GetObject, Resource: "arn:aws:s3::reports" }
  Keeper: { inline_policy_file: keeper.json }
`

const policy = `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::reports",
    "Condition": { "StringLike": { "s3:prefx": "\${aws:userid}/*" } }
  }
}
`

test('validate names what IAM would refuse or never match, in the manifest and in its policy file, without a connection', async () => {
  const desk = newDesk(undefined, manifest)
  writeFileSync(join(desk.work, 'keeper.json'), policy)
  const refused = await run(desk, ['validate'])
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain('sso.yaml:8:60  error  "arn:aws:s3::reports" has 5 parts; an ARN has 6')
  expect(refused.stderr).toContain('hint: did you mean "arn:aws:s3:::reports"?')
  expect(refused.stderr).toContain('keeper.json:5:36  error  AWS has no condition key "s3:prefx"')
  expect(refused.stderr).toContain('hint: did you mean "s3:prefix"?')

  writeFileSync(join(desk.work, 'sso.yaml'), manifest.replace('s3::reports', 's3:::reports/*'))
  expect(await run(desk, ['validate', '--allow-unknown'])).toMatchObject({
    code: 0,
    stdout: 'sso.yaml is valid.\n',
    stderr: expect.stringContaining('keeper.json:5:36  warning  AWS has no condition key "s3:prefx"'),
  })
})
