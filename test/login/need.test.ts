import { expect, it } from 'vitest'
import type { AwsCli } from '../../src/local/identity/aws-cli.ts'
import type { TokenRead } from '../../src/local/identity/token-cache.ts'
import { type LoginTarget, loginWords, unfit } from '../../src/login/aws-words.ts'
import { environmentFor } from '../../src/login/child-environment.ts'
import { type Reasons, standing, whyLogIn } from '../../src/login/need.ts'

const now = new Date('2026-11-22T10:00:00Z')
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`)
const later = new Date('2027-01-01')
const session = { key: 'work', legacy: false }
const portal = { ...session, startUrl: 'https://d-1234567890.awsapps.com/start', region: 'eu-west-1' }
const legacy = { key: 'https://d-1.awsapps.com/start', legacy: true }

it.each<[string, TokenRead, string]>([
  ['good with time left', { expiresAt: at('10:30') }, 'good'],
  ['renewed before it ends', { expiresAt: at('10:04'), renewableUntil: later }, 'stale'],
  ['used to its end where it cannot be renewed', { expiresAt: at('10:04') }, 'good'],
  ['renewable once it ended', { expiresAt: at('09:00'), renewableUntil: later }, 'stale'],
  ['over when the registration lapsed too', { expiresAt: at('09:00'), renewableUntil: at('09:30') }, 'over'],
  ['over at its end', { expiresAt: now }, 'over'],
  ['over when it does not say', {}, 'over'],
  ['over when there is none', 'missing', 'over'],
  ['over when nobody can read it', 'unreadable', 'over'],
])('a login is %s', (_what, token, expected) => {
  expect(standing(token, now)).toBe(expected)
})

const ended = { expiresAt: at('09:00') }
it.each<[string, Partial<Reasons>, RegExp]>([
  ['asked for', { forced: true }, /asked for/],
  ['no login', { token: 'missing' }, /not logged in on this machine yet/],
  ['an unreadable login', { token: 'unreadable' }, /cannot be read/],
  [
    'ended early',
    { token: { expiresAt: at('10:30') }, refused: true },
    /portal session \(clock 1 of 3\) was ended early/,
  ],
  [
    'over after a renewal',
    { token: ended, renewal: 'refused' },
    /portal session \(clock 1 of 3\) has ended: the access token expired 2026-11-22 09:00 UTC/,
  ],
  [
    'nothing to renew with',
    { token: ended },
    /access token \(clock 2 of 3\) expired .* nothing to renew it with is cached/,
  ],
  [
    'a lapsed registration',
    { token: { ...ended, renewableUntil: at('09:30') } },
    /registration needed to renew it has expired/,
  ],
  ['the older form', { token: ended, session: legacy }, /lasts 8 hours and cannot be renewed/],
  [
    'no answer to a renewal',
    { token: ended, renewal: { failed: 'CreateToken: ENOTFOUND' } },
    /expired .*, and it could not be renewed: CreateToken: ENOTFOUND/,
  ],
  [
    'another portal, whatever else is wrong with it',
    { token: { ...ended, startUrl: 'https://d-9999999999.awsapps.com/start' }, session: portal },
    /is for start URL https:\/\/d-9999999999.*, not https:\/\/d-1234567890/,
  ],
])('says which clock ran out: %s', (_what, reasons, expected) => {
  const none = { session, token: ended, now, forced: false, renewal: 'none' as const, refused: false }
  expect(whyLogIn({ ...none, ...reasons })).toMatch(expected)
})

const aws = { ...session, endpoint: false }
const sandbox = { ...session, endpoint: true }
it.each<[string, AwsCli, LoginTarget, string | undefined]>([
  ['that is missing is unfit', 'missing', aws, 'cli-missing'],
  ['that does not start is unfit', { words: 'No module named awscli' }, aws, 'cli-broken'],
  ['of version 1 is unfit', [1, 45, 0], aws, 'cli-version-1'],
  ['of 2.8 is too old for an sso-session', [2, 8, 0], aws, 'cli-old'],
  ['of 2.8 will do for the older form', [2, 8, 0], { ...aws, legacy: true }, undefined],
  ['of 2.9 will do', [2, 9, 0], aws, undefined],
  ['of 2.12 does not find the sandbox', [2, 12, 7], sandbox, 'cli-old'],
  ['of 2.12 does not find it in the older form either', [2, 12, 7], { ...sandbox, legacy: true }, 'cli-old'],
  ['of 2.13 finds the sandbox', [2, 13, 0], sandbox, undefined],
  ['of 3.0 will do', [3, 0, 0], sandbox, undefined],
])('an AWS CLI %s', (_what, cli, target, code) => {
  expect(unfit(cli, target)?.code).toBe(code)
})

it('repeats what an AWS CLI says that does not start', () => {
  expect(unfit({ words: 'No module named awscli' }, aws)?.why).toContain('No module named awscli')
})

it.each<[string, AwsCli, typeof session, { deviceCode: boolean; noBrowser: boolean }, string]>([
  ['to its sso-session', [2, 22, 0], session, { deviceCode: false, noBrowser: false }, 'sso login --sso-session work'],
  [
    'by code and without a browser, where asked to',
    [2, 22, 0],
    session,
    { deviceCode: true, noBrowser: true },
    'sso login --sso-session work --use-device-code --no-browser',
  ],
  [
    'by code without being asked, before 2.22',
    [2, 21, 0],
    session,
    { deviceCode: true, noBrowser: false },
    'sso login --sso-session work',
  ],
  [
    'to the profile in the older form',
    [2, 22, 0],
    legacy,
    { deviceCode: false, noBrowser: false },
    'sso login --profile p',
  ],
])('the AWS CLI logs in %s', (_what, cli, which, wishes, words) => {
  expect(loginWords('p', which, cli, wishes).join(' ')).toBe(words)
})

it('a child gets the profile, and nothing that would win over it', () => {
  const env = {
    PATH: '/bin',
    AWS_PROFILE: 'x',
    AWS_DEFAULT_PROFILE: 'y',
    AWS_ACCESS_KEY_ID: 'k',
    AWS_CONFIG_FILE: '/c',
  }
  expect(environmentFor('p', env)).toEqual({
    env: { PATH: '/bin', AWS_PROFILE: 'p', AWS_CONFIG_FILE: '/c' },
    left: ['AWS_ACCESS_KEY_ID', 'AWS_DEFAULT_PROFILE'],
  })
  expect(environmentFor('p', { ...env, AWS_ENDPOINT_URL_STS: 'z' }, { home: '/h', endpoint: 'http://e' }).env).toEqual({
    PATH: '/bin',
    HOME: '/h',
    AWS_PROFILE: 'p',
    AWS_ENDPOINT_URL: 'http://e',
  })
})
