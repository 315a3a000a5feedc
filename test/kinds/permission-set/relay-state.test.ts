import { expect, it } from 'vitest'
import { sentElsewhere } from '../../../src/kinds/permission-set/relay-state.ts'

const set = { session_duration: '1h' }

it.each([
  'https://eu-west-1.console.aws.amazon.com/ec2',
  'https://console.aws.amazon.com/',
  'https://console.amazonaws-us-gov.com/iam',
  'https://cn-north-1.console.amazonaws.cn/',
  'https://aws.amazon.com/console',
  '/ec2/home?region=eu-west-1',
])('%s is a page of AWS', (relay_state) => {
  expect(sentElsewhere(undefined, { ...set, relay_state })).toBeUndefined()
})

it.each([
  'https://evil.example/',
  'https://console.aws.amazon.com.evil.example/',
  'https://console.aws.amazon.com@evil.example/',
  'https://evilaws.amazon.com/',
  'https://bucket.s3.amazonaws.com/x.html',
  'http://console.aws.amazon.com/',
  'https://console.aws.amazon.com:8443/',
  'https://console.aws.amazon.com\\@evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  'javascript:alert(1)',
])('%s is told', (relay_state) => {
  expect(sentElsewhere(undefined, { ...set, relay_state })).toContain(
    `sent to ${relay_state}, which is not an AWS page`,
  )
  expect(sentElsewhere({ ...set, relay_state: '/' }, { ...set, relay_state })).toBeDefined()
  expect(sentElsewhere({ ...set, relay_state }, { ...set, relay_state, description: 'x' })).toBeUndefined()
})
