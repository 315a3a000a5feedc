import { expect, vi } from 'vitest'
import { newCloud } from '../scenarios/cloud/support/cloud.ts'
import { itNeeds, noProvider, terraform } from './support/terraform.ts'
import { applied, exportedTo, takenFrom } from './support/there-and-back.ts'

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
    const folder = await applied(configuration, cloud)

    const { file, manifest, stdout } = await takenFrom(folder, cloud)
    expect(manifest).toMatchObject({
      identity_center: { delegated_administrator: 'dev' },
      accounts: { dev },
    })
    expect(stdout).toContain('aws_organizations_delegated_administrator.sso')

    await exportedTo(file, cloud, 1)

    await terraform(folder, ['destroy', '-no-color', '-auto-approve'], cloud.url)
    expect(Object.values((await cloud.export()).organization ?? {})).not.toMatchObject([
      { delegate: expect.anything() },
    ])
  },
  600_000,
)
