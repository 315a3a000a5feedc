import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { parse } from 'yaml'
import { newCloud } from '../scenarios/cloud/support/cloud.ts'
import { expectSettled, newOffice } from '../scenarios/cloud/support/office.ts'
import { newMigration } from './support/managed.ts'
import { itNeeds, newConfiguration, noProvider, terraform } from './support/terraform.ts'

vi.setConfig({ testTimeout: 600_000 })

const dev = '222233334444'
const configuration = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}
provider "aws" { region = "us-east-1" }
resource "aws_organizations_delegated_administrator" "sso" {
  account_id        = "${dev}"
  service_principal = "sso.amazonaws.com"
}
`

itNeeds(
  noProvider,
  'the delegated administrator comes from Terraform, and goes back to it: both plans are empty',
  async () => {
    const cloud = await newCloud()
    const folder = await newConfiguration(configuration)
    await terraform(folder, ['init', '-no-color'])
    await terraform(folder, ['apply', '-no-color', '-auto-approve'], cloud.url)
    expect(await terraform(folder, ['plan', '-no-color'], cloud.url)).toContain('No changes.')

    const taking = newMigration(cloud.url, await terraform(folder, ['show', '-json']))
    const { code, stdout, stderr } = await taking.run(['init', '--from-terraform', 'state.json'])
    expect(code, stdout + stderr).toBe(0)
    const file = readFileSync(join(taking.desk.work, 'sso.yaml'), 'utf8')
    expect(parse(file)).toMatchObject({
      identity_center: { delegated_administrator: 'dev' },
      accounts: { dev },
    })
    expect(stdout).toContain('aws_organizations_delegated_administrator.sso')
    await expectSettled(taking)

    const office = newOffice(cloud.url)
    office.writeText(file)
    const exported = await office.run(['export', 'terraform'])
    expect(exported.code, exported.stderr).toBe(0)
    const again = await newConfiguration(exported.stdout)
    await terraform(again, ['fmt', '-check', '-diff', '-no-color'])
    expect(await terraform(again, ['plan', '-no-color', '-input=false'], cloud.url)).toContain(
      'Plan: 1 to import, 0 to add, 0 to change, 0 to destroy.',
    )

    await terraform(folder, ['destroy', '-no-color', '-auto-approve'], cloud.url)
    expect(Object.values((await cloud.export()).organization ?? {})).not.toMatchObject([
      { delegate: expect.anything() },
    ])
  },
  600_000,
)
