import { describe, expect, it } from 'vitest'
import { withContents } from '../../src/sandbox/contents.ts'
import { plant } from '../../src/sandbox/seed.ts'
import { ledger } from '../../src/sandbox/state/state.ts'
import { configuration, control, costCenter, country, department, email } from './access-control.ts'
import { admin, sandbox, seed, temporaryFolder } from './harness.ts'
import { world } from './world.ts'

describe('contents with attributes for access control', () => {
  const accessControlAttributes = { CostCenter: costCenter, Email: email }

  it('hold attributes for access control, and further ones join them', async () => {
    const own = await world({ contents: { accessControlAttributes } })
    const { look } = control(own)
    await admin(own.url, 'POST', 'contents', { accessControlAttributes: { Email: country, Department: department } })
    expect(await look()).toEqual({
      Status: 'ENABLED',
      InstanceAccessControlAttributeConfiguration: configuration({
        CostCenter: costCenter,
        Email: country,
        Department: department,
      }),
    })
  })

  it('are refused as the API would', async () => {
    const own = await world()
    const add = admin(own.url, 'POST', 'contents', { accessControlAttributes: { k: 'Munich' } })
    await expect(add).rejects.toThrow('The source of k is not a user attribute')
  })

  it('outlive the server, and go along in an export', async () => {
    const stateFile = `${await temporaryFolder()}/state.json`
    const first = await sandbox({ stateFile })
    await admin(first.url, 'POST', 'contents', { accessControlAttributes })
    const exported = await admin(first.url, 'GET', 'state')
    await first.close()
    const again = await world({ stateFile })
    expect(await control(again).look()).toMatchObject({ Status: 'ENABLED' })
    const other = await world()
    await admin(other.url, 'PUT', 'state', exported)
    const moved = { ...other, InstanceArn: again.InstanceArn }
    expect((await control(moved).look()).InstanceAccessControlAttributeConfiguration).toEqual(
      configuration(accessControlAttributes),
    )
  })

  it('are planted without a server, too', () => {
    const state = ledger({})
    const random = (bytes: number) => new Uint8Array(bytes)
    plant(state, seed, 0, random)
    const { accessControl = {} } = withContents(state.toJson(), { accessControlAttributes: { A: email } }, 0, random)
    expect(Object.values(accessControl)).toMatchObject([{ attributes: [{ key: 'A', source: email }] }])
  })
})
