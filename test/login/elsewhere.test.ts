import { expect, it } from 'vitest'
import { elsewhere } from '../../src/login/elsewhere.ts'

const id = 'https://d-1234567890.awsapps.com/start'
const instance = 'ssoins-0123456789abcdef'

/** A session and a cached login with these start URLs and Regions. */
function pair(mine: string, startUrl: string | undefined, region = 'eu-west-1', own = 'eu-west-1') {
  const token = { region, ...(startUrl === undefined ? {} : { startUrl }) }
  return elsewhere({ key: 'corp', legacy: false, startUrl: mine, region: own }, token)
}

it.each([
  ['the same', id, id],
  ['a slash at the end', id, `${id}/`],
  ['the fragment that browsers show', id, `${id}/#/`],
  ['a tab of the page', id, `${id}/#/?tab=accounts`],
  ['upper case in the host', id, 'https://D-1234567890.AWSAPPS.COM/start'],
  ['a customised one, written alike', 'https://corp.awsapps.com/start', 'https://corp.awsapps.com/start/#'],
  [
    'the issuer and the portal of one instance',
    `https://identitycenter.amazonaws.com/${instance}`,
    `https://${instance}.portal.eu-west-1.app.aws`,
  ],
  [
    'the portals of one instance in two Regions',
    `https://${instance}.portal.us-east-1.app.aws`,
    `https://${instance}.portal.eu-west-1.app.aws/`,
  ],
  [
    'one store in both forms of China',
    'https://start.home.awsapps.cn/directory/d-1234567890',
    'https://start.cn-north-1.home.awsapps.cn/directory/d-1234567890#/',
  ],
])('one portal is one: %s', (_what, mine, cached) => {
  expect(pair(mine, cached)).toBeUndefined()
  expect(pair(cached, mine)).toBeUndefined()
})

it.each([
  ['another store', id, 'https://d-9999999999.awsapps.com/start', /^start URL https:\/\/d-9999999999/],
  [
    'another instance',
    `https://${instance}.portal.eu-west-1.app.aws`,
    'https://ssoins-fedcba9876543210.portal.eu-west-1.app.aws',
    /^start URL/,
  ],
  ['a customised one', id, 'https://corp.awsapps.com/start', /^what may be another portal: start URL/],
  [
    'one that names the instance',
    id,
    `https://identitycenter.amazonaws.com/${instance}`,
    /^what may be another portal/,
  ],
  ['one customised otherwise', 'https://corp.awsapps.com/start', 'https://acme.awsapps.com/start', /may be another/],
])('%s is no login to this portal', (_what, mine, cached, expected) => {
  expect(pair(mine, cached)).toMatch(expected)
})

it('of a login that names no portal nothing is said: the portal is asked', () => {
  expect(pair(id, undefined)).toBeUndefined()
})

it('another Region is none either, and both are told', () => {
  expect(pair(id, id, 'us-east-1')).toBe('Region us-east-1, not eu-west-1')
  expect(pair(id, 'https://d-9999999999.awsapps.com/start', 'us-east-1')).toMatch(/^start URL .* and Region us-east-1/)
})
