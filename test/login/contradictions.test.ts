import { expect, it } from 'vitest'
import { parseConfig } from '../../src/local/aws-config/document.ts'
import { sessionTroubles } from '../../src/login/contradictions.ts'
import { ssoProfile } from '../../src/login/sso-profile.ts'

const url = 'https://d-1234567890.awsapps.com/start'

/** What stands against a login of profile `p`: code and line. */
function troubles(text: string): string[] {
  const document = parseConfig(text, '/home/u/.aws/config')
  const found = ssoProfile(document, 'p')
  if ('refusal' in found) return [`${found.refusal.code} ${found.refusal.at?.line}`]
  const list = sessionTroubles(document, found.profile)
  for (const { hint, at } of list)
    expect({ hint, file: at?.file }).toEqual({ hint: expect.any(String), file: document.file })
  return list.map(({ code, at }) => `${code} ${at?.line}`)
}

const session = `[sso-session s]\nsso_start_url = ${url}\nsso_region = eu-west-1\n`

it.each<[string, string, string[]]>([
  ['nothing', `${session}[profile p]\nsso_session = s\n`, []],
  [
    'equal keys kept for older tools',
    `${session}[profile p]\nsso_session = s\nsso_start_url = ${url}\nsso_region = eu-west-1\n`,
    [],
  ],
  [
    'another start URL',
    `${session}[profile p]\nsso_session = s\nsso_start_url = https://x.awsapps.com/start\n`,
    ['sso-session-contradicted 6'],
  ],
  // Both botocore and the SDK compare letter by letter.
  ['a slash more', `${session}[profile p]\nsso_session = s\nsso_start_url = ${url}/\n`, ['sso-session-contradicted 6']],
  [
    'both keys',
    `[profile p]\nsso_region = us-east-1\nsso_session = s\nsso_start_url = https://x.awsapps.com/start\n${session}`,
    ['sso-session-contradicted 4', 'sso-session-contradicted 2'],
  ],
  ['a key without a value', `${session}[profile p]\nsso_session = s\nsso_region =\n`, ['sso-session-contradicted 6']],
  [
    'a session without a Region',
    `[sso-session s]\nsso_start_url = ${url}\n[profile p]\nsso_session = s\n`,
    ['sso-session-incomplete 1'],
  ],
  [
    'a session with an empty one',
    `[sso-session s]\nsso_start_url = ${url}\nsso_region =\n[profile p]\nsso_session = s\n`,
    ['sso-session-incomplete 3'],
  ],
  [
    'a session without a start URL',
    `[sso-session s]\nsso_region = eu-west-1\n[profile p]\nsso_session = s\n`,
    ['sso-session-incomplete 1'],
  ],
  [
    'a session that has its keys in the profile alone',
    `[sso-session s]\n[profile p]\nsso_session = s\nsso_start_url = ${url}\nsso_region = eu-west-1\n`,
    ['sso-session-incomplete 1', 'sso-session-incomplete 1'],
  ],
  ['no session', '[profile p]\nsso_session = s\n', ['sso-session-missing 1']],
  [
    'an address without https',
    `[sso-session s]\nsso_start_url = d-1234567890.awsapps.com/start\nsso_region = eu-west-1\n[profile p]\nsso_session = s\n`,
    ['sso-start-url 2'],
  ],
  ['the older form without a Region', `[profile p]\nsso_start_url = ${url}\n`, ['sso-session-incomplete 1']],
  ['the older form', `[profile p]\nsso_start_url = ${url}\nsso_region = eu-west-1\n`, []],
  [
    'the profile that another takes its role from',
    `${session}[profile base]\nsso_session = s\nsso_region = us-east-1\n[profile p]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = base\n`,
    ['sso-session-contradicted 6'],
  ],
])('%s', (_what, text, expected) => {
  expect(troubles(text)).toEqual(expected)
})
