import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { newCloud } from '../scenarios/cloud/support/cloud.ts'
import { expectSettled, newOffice } from '../scenarios/cloud/support/office.ts'
import { itNeeds, newConfiguration, noProvider, terraform } from './support/terraform.ts'

vi.setConfig({ testTimeout: 600_000 })

// The resource knows none of them: hashicorp/terraform-provider-aws 32211 and 39223.
itNeeds(
  noProvider,
  'enterprise attributes and roles are named by an export, and survive what Terraform changes of the user',
  async () => {
    const cloud = await newCloud()
    const person = (name: string, more: object = {}) => ({
      ...{ given_name: name, family_name: name, email: `${name}@example.com` },
      ...more,
    })
    const said = { cost_center: '4130', manager: 'boss', roles: [{ value: 'Lead', type: 'Work' }] }
    const office = newOffice(cloud.url, { users: { ann: person('ann', said), boss: person('boss') } })
    expect((await office.apply()).code).toBe(0)
    const { stdout } = await office.run(['export', 'terraform'])
    expect(stdout.match(/^# Not known.*$/gm)).toEqual(['# Not known to this resource: Roles, Extensions'])

    const folder = await newConfiguration(stdout)
    const main = join(folder, 'main.tf')
    await terraform(folder, ['apply', '-no-color', '-auto-approve'], cloud.url)
    writeFileSync(main, readFileSync(main, 'utf8').replace(/^( *)display_name *= "ann ann"$/m, '$&\n$1title = "Chief"'))
    expect(await terraform(folder, ['apply', '-no-color', '-auto-approve'], cloud.url)).toContain('1 changed')
    await expectSettled(office)
    office.write({
      users: { ann: person('ann', { ...said, cost_center: '4131', title: 'Chief' }), boss: person('boss') },
    })
    expect((await office.apply()).code).toBe(0)
    expect(await terraform(folder, ['plan', '-no-color'], cloud.url)).toContain('No changes.')
  },
  600_000,
)
