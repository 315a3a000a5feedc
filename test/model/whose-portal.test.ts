import { expect, it } from 'vitest'
import { whosePortal } from '../../src/model/whose-portal.ts'

const id = 'ssoins-1234567890abcdef'
const parts = { instance: `arn:aws:sso:::instance/${id}`, store: 'd-1234567890', region: 'us-east-1' }
const gov = { ...parts, region: 'us-gov-west-1' }
const china = { ...parts, region: 'cn-north-1' }
const europe = { ...parts, region: 'eusc-de-east-1' }
const withUuid = { ...parts, store: '12345678-1234-1234-1234-123456789012' }

it.each([
  ['https://d-1234567890.awsapps.com/start', parts],
  ['https://D-1234567890.AWSAPPS.COM/start/#/', parts],
  [`https://${id}.awsapps.com/start`, parts],
  [`https://${id}.portal.us-east-1.app.aws`, parts],
  [`https://${id}.eu-west-1.portal.amazonaws.com/`, parts],
  [`https://identitycenter.amazonaws.com/${id}`, parts],
  [`https://identitycenter.amazonaws.com/${id}`, gov],
  [`https://identitycenter.us-gov.amazonaws.com/${id}`, gov],
  ['https://start.us-gov-home.awsapps.com/directory/d-1234567890', gov],
  ['https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/d-1234567890', gov],
  [`https://${id}.us-gov-west-1.portal.amazonaws.com`, gov],
  ['https://start.home.awsapps.cn/directory/d-1234567890', china],
  ['https://start.cn-north-1.home.awsapps.cn/directory/d-1234567890/', china],
  [`https://${id}.portal.cn-north-1.app.amazonwebservices.com.cn`, china],
  [`https://${id}.cn-north-1.portal.amazonaws.com.cn`, china],
  [`https://identitycenter.amazonaws.com.cn/${id}`, china],
  [`https://identitycenter.amazonaws.eu/${id}`, europe],
  [`https://${id}.portal.eusc-de-east-1.api.amazonwebservices.eu`, europe],
  [`https://${withUuid.store}.awsapps.com/start`, withUuid],
])('%s is the portal of this instance', (url, own) => {
  expect(whosePortal(url, own)).toBe('this')
})

it.each([
  ['https://d-0000000000.awsapps.com/start', parts],
  ['https://d-12345678901.awsapps.com/start', parts],
  ['https://ssoins-0000000000000000.awsapps.com/start', parts],
  // A place for an instance holds this one, or another.
  ['https://identitycenter.amazonaws.com/ssoins-0000000000000000', parts],
  ['https://identitycenter.amazonaws.com/ins-0000000000000000', parts],
  ['https://identitycenter.amazonaws.com/ssoins-zzzzzzzzzzzzzzzz', parts],
  ['https://ssoins-0000000000000000.portal.us-east-1.app.aws', parts],
  ['https://d-1234567890.portal.us-east-1.app.aws', parts],
  ['https://acme.us-east-1.portal.amazonaws.com', parts],
  // Case makes no other directory.
  ['https://start.us-gov-home.awsapps.com/directory/D-0000000000', gov],
  // Partitions share no Identity Center, whatever its ids.
  ['https://start.us-gov-home.awsapps.com/directory/acme', parts],
  ['https://start.home.awsapps.cn/directory/d-1234567890', parts],
  [`https://identitycenter.us-gov.amazonaws.com/${id}`, parts],
  [`https://${id}.portal.us-gov-west-1.app.aws`, parts],
  [`https://${id}.portal.us-east-1.app.aws`, gov],
  ['https://acme.awsapps.com/start', gov],
  ['https://acme.awsapps.com/start', china],
  ['https://99999999-1234-1234-1234-123456789012.awsapps.com/start', withUuid],
])('%s is the portal of another', (url, own) => {
  expect(whosePortal(url, own)).toBe('another')
})

it.each([
  ['https://acme.awsapps.com/start', parts],
  ['https://start.us-gov-home.awsapps.com/directory/acme', gov],
  ['https://start.home.awsapps.cn/directory/acme', china],
  ['https://d-1234567890.awsapps.com/start', withUuid],
  // Written into a file by hand: of an address of one's own nothing is known.
  ['https://sso.example.com', parts],
  ['', parts],
])('of %s nothing can be told', (url, own) => {
  expect(whosePortal(url, own)).toBe('unknown')
})
