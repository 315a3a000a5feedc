import { expect, it } from 'vitest'
import { newCloud } from '../cloud/support/cloud.ts'
import { newOffice } from '../cloud/support/office.ts'
import { json } from '../e2e/support/relay.ts'

const team = '$' + '{path:userName}'
const described = 'DescribeInstanceAccessControlAttributeConfiguration'

it.each([
  ['CREATION_FAILED', 'creation failed'],
  ['CREATION_IN_PROGRESS', 'creation in progress'],
])('attributes whose status is %s are not offered to be adopted', async (Status, status) => {
  const cloud = await newCloud({ contents: { accessControlAttributes: { Team: team } } })
  const relay = await cloud.relay()
  relay.pass = async (call, forward) => {
    const answer = await forward()
    return call.operation === described ? json({ ...JSON.parse(answer.body), Status }) : answer
  }
  const office = newOffice(relay.url, { access_control_attributes: { Team: team, Title: '$' + '{path:title}' } })
  const told = await office.run(['plan'])
  expect(told.stdout).toContain('access-control-attributes/instance')
  expect(told.stdout).not.toContain('sso-reconcile adopt')
  const { code, stderr } = await office.run(['adopt', 'access-control-attributes/instance'])
  expect([code, stderr.replace(/\s+/g, ' ')]).toEqual([1, expect.stringContaining(`its status is ${status}`)])
})
