import { expect, it, vi } from 'vitest'
import { newCloud } from '../cloud/support/cloud.ts'
import { newOffice } from '../cloud/support/office.ts'
import { instanceId } from '../e2e/support/center.ts'

vi.setConfig({ testTimeout: 120_000 })

async function officeAt(start_url: string | undefined) {
  const { url, export: tables } = await newCloud()
  const office = newOffice(url)
  const write = (address: string | undefined) =>
    office.write({
      identity_center: { region: 'us-east-1', ...(address ? { start_url: address } : {}) },
      users: {},
      local: { sso_session: 'corp' },
    })
  write(start_url)
  return { office, write, tables }
}

it.each([
  'https://d-0000000000.awsapps.com/start',
  'https://ssoins-0000000000000000.portal.us-east-1.app.aws',
  'https://identitycenter.amazonaws.com/ssoins-0000000000000000',
  'https://identitycenter.amazonaws.com/ins-0000000000000000',
  'https://acme.portal.us-east-1.app.aws',
  'https://start.us-gov-home.awsapps.com/directory/acme',
])('%s, the portal of another Identity Center, is an error online, and nothing is written', async (address) => {
  const { office } = await officeAt(address)
  const { code, stderr } = await office.apply()
  expect(code).toBe(1)
  expect(stderr).toMatch(/sso\.yaml:2:.*error +start_url: .* belongs to a different Identity Center than ssoins-/)
  expect(stderr).toMatch(/hint: write https:\/\/d-[0-9a-f]{10}\.awsapps\.com\/start/)
  expect((await office.plan('--only', 'local')).complete).toBe(true)
})

it('every address with an id of this one is right', async () => {
  const { office, write } = await officeAt(undefined)
  const [{ fields = [] } = {}] = (await office.plan()).operations
  const own = String(fields.find(({ path }) => path === 'sso_start_url')?.after)
  expect(own).toMatch(/^https:\/\/d-/)
  for (const address of [
    own,
    `${own}/#/`,
    own.toUpperCase().replace('HTTPS', 'https').replace('START', 'start'),
    `https://${instanceId}.portal.us-east-1.app.aws`,
    `https://identitycenter.amazonaws.com/${instanceId}`,
  ]) {
    write(address)
    const { complete, diagnostics } = await office.plan()
    expect([address, complete, diagnostics]).toEqual([address, true, []])
  }
})

it('of a customised one nothing is known, which is said where it would be written', async () => {
  const { office } = await officeAt('https://my-company.awsapps.com/start')
  const [operation] = (await office.plan()).operations
  expect(operation?.effect).toMatch(/my-company\.awsapps\.com\/start, a custom address: check that it is the portal/)
  expect((await office.apply()).code).toBe(0)
  expect((await office.plan()).operations).toEqual([])
})
