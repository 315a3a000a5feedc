import { expect, it } from 'vitest'
import { parseConfig } from '../../src/local/aws-config/document.ts'
import { ssoProfile } from '../../src/login/sso-profile.ts'

const config = `[sso-session work]
sso_start_url = https://d-1.awsapps.com/start
sso_region = eu-west-1
[profile a]
sso_session = work
sso_account_id = 111122223333
sso_role_name = Admin
[profile old]
sso_start_url = https://d-2.awsapps.com/start
sso_region = us-east-1
[profile role]
role_arn = arn:aws:iam::444455556666:role/x
source_profile = a
[profile circle]
role_arn = arn:aws:iam::444455556666:role/x
source_profile = circle2
[profile circle2]
role_arn = arn:aws:iam::444455556666:role/x
source_profile = circle
[profile lost]
sso_session = nowhere
[profile keys]
aws_access_key_id = AKIAEXAMPLE
`
const work = { key: 'work', legacy: false, startUrl: 'https://d-1.awsapps.com/start', region: 'eu-west-1' }
const old = { key: 'https://d-2.awsapps.com/start', legacy: true, startUrl: 'https://d-2.awsapps.com/start' }

it.each([
  ['a', { name: 'a', account: '111122223333', role: 'Admin', session: work }],
  ['role', { name: 'a', account: '111122223333', role: 'Admin', session: work }],
  ['old', { name: 'old', session: { ...old, region: 'us-east-1' } }],
])('%s signs in', (name, profile) => {
  expect(ssoProfile(parseConfig(config, 'config'), name)).toEqual({ profile })
})

it.each([
  ['lost', 'sso-session-missing'],
  ['keys', 'profile-without-sso'],
  ['circle', 'profile-without-sso'],
  ['rolle', 'profile-missing'],
])('%s does not', (name, code) => {
  expect(ssoProfile(parseConfig(config, 'config'), name)).toMatchObject({ refusal: { code } })
})
