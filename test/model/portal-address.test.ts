import { expect, it } from 'vitest'
import { Refusal } from '../../src/model/diagnostic.ts'
import { portalAddress, startUrlProblem } from '../../src/model/portal-address.ts'

const standard = { startUrl: 'https://d-1234567890.awsapps.com/start', partition: 'aws' }

it.each<[string, object]>([
  ['https://d-1234567890.awsapps.com/start', standard],
  [' https://D-1234567890.awsapps.com/start/#/ ', standard],
  ['<https://d-1234567890.awsapps.com/start#/console?account_id=1&role_name=x>', standard],
  ['https://d-1234567890.awsapps.com/start/?tab=accounts', standard],
  ['http://d-1234567890.awsapps.com', standard],
  ['d-1234567890.awsapps.com/start', standard],
  ['https://d-1234567890.awsapps.com/start/saml/custom/x', standard],
  [
    'https://ssoins-1234567890abcdef.awsapps.com/start',
    { startUrl: 'https://ssoins-1234567890abcdef.awsapps.com/start', partition: 'aws' },
  ],
  [
    'https://acme-corp.awsapps.com/start',
    { startUrl: 'https://acme-corp.awsapps.com/start', partition: 'aws', alias: 'acme-corp' },
  ],
  [
    'https://start.us-gov-home.awsapps.com/directory/acme',
    { startUrl: 'https://start.us-gov-home.awsapps.com/directory/acme', partition: 'aws-us-gov' },
  ],
  [
    'https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1/',
    {
      startUrl: 'https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1',
      region: 'us-gov-west-1',
      partition: 'aws-us-gov',
    },
  ],
  [
    'https://start.home.awsapps.cn/directory/acme#/',
    { startUrl: 'https://start.home.awsapps.cn/directory/acme', partition: 'aws-cn' },
  ],
  [
    'https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws/',
    { startUrl: 'https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws', region: 'eu-west-1', partition: 'aws' },
  ],
  [
    'https://ssoins-1234567890abcdef.us-gov-west-1.portal.amazonaws.com',
    {
      startUrl: 'https://ssoins-1234567890abcdef.us-gov-west-1.portal.amazonaws.com',
      region: 'us-gov-west-1',
      partition: 'aws-us-gov',
    },
  ],
  [
    'https://ssoins-1234567890abcdef.eusc-de-east-1.portal.amazonaws.eu',
    {
      startUrl: 'https://ssoins-1234567890abcdef.eusc-de-east-1.portal.amazonaws.eu',
      region: 'eusc-de-east-1',
      partition: 'aws-eusc',
    },
  ],
  [
    'https://identitycenter.amazonaws.com/ssoins-1234567890abcdef',
    { startUrl: 'https://identitycenter.amazonaws.com/ssoins-1234567890abcdef' },
  ],
])('%s is a portal', (written, address) => {
  expect(portalAddress(written)).toEqual(address)
})

it.each([
  ['', 'portal-url'],
  ['acme', 'portal-url'],
  ['https://example.com/start', 'portal-url'],
  ['https://awsapps.com/start', 'portal-url'],
  ['https://evil.awsapps.com.example.com/start', 'portal-url'],
  ['https://acme.awsapps.com/other', 'portal-url'],
  ['https://user@acme.awsapps.com/start', 'portal-url'],
  ['https://acme.awsapps.com:8443/start', 'portal-url'],
  ['ftp://acme.awsapps.com/start', 'portal-url'],
  ['https://eu-west-1.signin.aws.amazon.com/platform/d-1234567890/login', 'portal-url'],
  ['https://start.home.awsapps.cn', 'portal-url'],
  ['https://view.awsapps.com/start', 'portal-builder-id'],
])('%s is none', (written, code) => {
  const refused = (() => {
    try {
      return portalAddress(written)
    } catch (thrown) {
      return thrown
    }
  })()
  expect(refused).toBeInstanceOf(Refusal)
  expect((refused as Refusal).diagnostics[0]).toMatchObject({ code, hint: expect.stringMatching(/./) })
})

it.each([
  'https://d-1234567890.awsapps.com/start',
  'https://d-1234567890.awsapps.com/start/#/',
  'https://D-1234567890.AWSAPPS.com/start',
  'https://my-company.awsapps.com/start/',
  'https://ssoins-1234567890abcdef.portal.eu-west-1.app.aws',
  'https://ssoins-1234567890abcdef.eu-west-1.portal.amazonaws.com/',
  'https://identitycenter.amazonaws.com/ssoins-1234567890abcdef',
  'https://start.us-gov-home.awsapps.com/directory/d-1234567890',
  'https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/my-company',
  'https://start.home.awsapps.cn/directory/d-1234567890',
  'https://start.cn-northwest-1.home.awsapps.cn/directory/my-company/',
  'https://identitycenter.us-gov.amazonaws.com/ssoins-1234567890abcdef',
  'https://identitycenter.amazonaws.com.cn/ssoins-1234567890abcdef',
  'https://ssoins-1234567890abcdef.portal.eusc-de-east-1.api.amazonwebservices.eu',
])('%s is a start URL', (url) => {
  expect(startUrlProblem(url)).toBeUndefined()
})

it.each([
  ['https://d-1234567890.awsapps.com.evil.example/start', 'is on d-1234567890.awsapps.com.evil.example'],
  ['https://d-1234567890.awsapps.com@evil.example/start', 'has more than the host'],
  ['https://evil.example/d-1234567890.awsapps.com/start', 'is on evil.example'],
  ['https://d-1234567890.awsapps.com:8443/start', 'has more than the host'],
  ['https://d-1234567890.awsapps.com:443/start', 'has more than the host'],
  ['https://user:x@d-1234567890.awsapps.com/start', 'has more than the host'],
  ['https://d-1234567890.awsapps.com./start', 'is on d-1234567890.awsapps.com.,'],
  ['https://d-1234567890.awsаpps.com/start', 'has characters'],
  ['https://d-1234567890．awsapps．com/start', 'has characters'],
  ['https://d-1234567890.xn--awspps-6fg.com/start', 'is on d-1234567890.xn--awspps-6fg.com'],
  ['https://d-1234567890.awsapps.com\\@evil.example/start', 'has characters'],
  ['https://d-1234567890.awsapps.com/start?next=https://evil.example', 'has more than'],
  ['https://d-1234567890.awsapps.com/start#//evil.example', 'has more than'],
  ['https://d-1234567890.awsapps.com/start/../x', 'is not an AWS access portal page'],
  ['https://a.b.awsapps.com/start', 'is on a.b.awsapps.com'],
  ['https://awsapps.com/start', 'is on awsapps.com'],
  ['https://evilawsapps.com/start', 'is on evilawsapps.com'],
  ['https://%65vil.awsapps.com/start', 'has more than the host'],
  ['http://d-1234567890.awsapps.com/start', 'is not a single https:// address'],
  ['https://bucket.s3.amazonaws.com/start', 'is on bucket.s3.amazonaws.com'],
  ['https://sso.example.com', 'is on sso.example.com'],
  ['https://view.awsapps.com/start', 'signs in with an AWS Builder ID'],
  // Another way to write an id is a way to hide it from whoever compares.
  ['https://identitycenter.amazonaws.com/ssoins-1234567890abcde%66', 'is not an AWS access portal page'],
  ['https://start.us-gov-home.awsapps.com/directory/%64-1234567890', 'is not an AWS access portal page'],
  ['https://start.us-gov-home.awsapps.com/directory/d-1234567890;x', 'is not an AWS access portal page'],
])('%s is none: it %s', (url, says) => {
  expect(startUrlProblem(url)).toContain(says)
})
