import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { readAccessToken, readRoleSession, readToken, tokenPath } from '../../../src/local/identity/token-cache.ts'
import { newFolder } from '../../scenarios/e2e/support/desk.ts'

/** A home whose cache holds that text for the session `work`. */
function homeWith(text: string): string {
  const home = newFolder()
  mkdirSync(dirname(tokenPath(home, 'work')), { recursive: true })
  writeFileSync(tokenPath(home, 'work'), text)
  return home
}

const whole = {
  startUrl: 'https://d-1.awsapps.com/start',
  region: 'eu-west-1',
  accessToken: 'access-secret',
  expiresAt: '2026-11-22T10:00:00Z',
  clientId: 'client-secret-id',
  clientSecret: 'client-secret',
  registrationExpiresAt: '2027-01-01T00:00:00Z',
  refreshToken: 'refresh-secret',
}

it('reads what is no secret, from where the AWS CLI keeps it', async () => {
  const home = homeWith(JSON.stringify(whole))
  // sha1 of "work".
  expect(tokenPath(home, 'work')).toBe(join(home, '.aws/sso/cache/e274eeff768c6396088ec6eb091f4bf4d47ab1e0.json'))
  const token = await readToken(home, 'work')
  expect(token).toEqual({
    startUrl: whole.startUrl,
    region: 'eu-west-1',
    expiresAt: new Date(whole.expiresAt),
    renewableUntil: new Date(whole.registrationExpiresAt),
  })
  expect(JSON.stringify(token)).not.toContain('secret')
  expect(await readAccessToken(home, 'work')).toBe('access-secret')
  expect(await readToken(home, 'other')).toBe('missing')
})

it.each<[string, string, unknown]>([
  [
    'an old way to write the time',
    JSON.stringify({ expiresAt: '2020-06-05T15:03:04UTC' }),
    { expiresAt: new Date('2020-06-05T15:03:04Z') },
  ],
  ['no time at all', JSON.stringify({ expiresAt: 'soon', region: 1 }), {}],
  [
    'nothing to renew with',
    JSON.stringify({ ...whole, clientSecret: undefined }),
    expect.not.objectContaining({ renewableUntil: expect.anything() }),
  ],
  ['half a file', '{"accessToken": "access-secret', 'unreadable'],
  ['a list', '[]', 'unreadable'],
  ['a byte order mark', '\uFEFF{}', 'unreadable'],
])('takes %s', async (_what, text, expected) => {
  expect(await readToken(homeWith(text), 'work')).toEqual(expected)
})

it('finds the role credentials of the AWS CLI by the key it makes of account, role and session', async () => {
  const home = newFolder()
  mkdirSync(join(home, '.aws/cli/cache'), { recursive: true })
  const role = { account: '111122223333', role: 'Admin', key: 'work', legacy: false }
  expect(await readRoleSession(home, role)).toBeUndefined()
  // As botocore names it.
  const file = 'ec47bd9404211b01bade4473a30fdc3a858547a9.json'
  writeFileSync(
    join(home, '.aws/cli/cache', file),
    JSON.stringify({ Credentials: { SecretAccessKey: 'x', Expiration: '2026-11-22T18:00:00Z' } }),
  )
  expect(await readRoleSession(home, role)).toEqual(new Date('2026-11-22T18:00:00Z'))
  expect(await readRoleSession(home, { ...role, role: 'Other' })).toBeUndefined()
})
