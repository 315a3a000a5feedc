import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { parse } from 'yaml'
import { newCloud } from '../scenarios/cloud/support/cloud.ts'
import { expectSettled, newOffice } from '../scenarios/cloud/support/office.ts'
import { newMigration } from './support/managed.ts'
import { itNeeds, newConfiguration, noProvider, terraform } from './support/terraform.ts'

vi.setConfig({ testTimeout: 600_000 })

const configuration = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}
provider "aws" { region = "us-east-1" }
data "aws_ssoadmin_instances" "this" {}
locals { arn = tolist(data.aws_ssoadmin_instances.this.arns)[0] }
resource "aws_ssoadmin_trusted_token_issuer" "okta" {
  name                      = "okta"
  instance_arn              = local.arn
  trusted_token_issuer_type = "OIDC_JWT"
  tags                      = { team = "a" }
  trusted_token_issuer_configuration {
    oidc_jwt_configuration {
      claim_attribute_path          = "email"
      identity_store_attribute_path = "emails.value"
      issuer_url                    = "https://example.okta.com"
      jwks_retrieval_option         = "OPEN_ID_DISCOVERY"
    }
  }
}
`

itNeeds(
  noProvider,
  'trusted token issuers come from Terraform, and go back to it: both plans are empty',
  async () => {
    const others = [
      { name: 'Other', issuerUrl: 'https://other.example.com' },
      { name: 'Mine', issuerUrl: 'https://mine.example.com', tags: { 'managed-by': 'sso-reconcile' } },
    ]
    const cloud = await newCloud({ contents: { trustedTokenIssuers: others } })
    const folder = await newConfiguration(configuration)
    await terraform(folder, ['init', '-no-color'])
    await terraform(folder, ['apply', '-no-color', '-auto-approve'], cloud.url)
    expect(await terraform(folder, ['plan', '-no-color'], cloud.url)).toContain('No changes.')

    const state = await terraform(folder, ['show', '-json'])
    const taking = newMigration(cloud.url, state)
    const { code, stdout, stderr } = await taking.run(['init', '--from-terraform', 'state.json'])
    expect(code, stdout + stderr).toBe(0)
    const file = readFileSync(join(taking.desk.work, 'sso.yaml'), 'utf8')
    const okta = { issuer_url: 'https://example.okta.com', claim: 'email', attribute: 'emails.value' }
    // What carries the mark of the file would be deleted if the file left it out.
    expect(parse(file).trusted_token_issuers).toEqual({
      Mine: { ...okta, issuer_url: 'https://mine.example.com' },
      okta: { ...okta, tags: { team: 'a' } },
    })
    expect(stdout).toContain('aws_ssoadmin_trusted_token_issuer.okta')
    await expectSettled(taking)

    const office = newOffice(cloud.url)
    office.writeText(file)
    const exported = await office.run(['export', 'terraform'])
    expect(exported.code, exported.stderr).toBe(0)
    const again = await newConfiguration(exported.stdout)
    await terraform(again, ['fmt', '-check', '-diff', '-no-color'])
    expect(await terraform(again, ['plan', '-no-color', '-input=false'], cloud.url)).toContain(
      'Plan: 2 to import, 0 to add, 0 to change, 0 to destroy.',
    )

    // Its URL cannot be changed in place, as the provider knows too.
    const moved = await newConfiguration(exported.stdout.replace('https://example.okta.com', 'https://new.okta.com'))
    expect(await terraform(moved, ['plan', '-no-color', '-input=false'], cloud.url)).toContain('1 to destroy')

    await terraform(folder, ['destroy', '-no-color', '-auto-approve'], cloud.url)
    const left = Object.values((await cloud.export()).trustedTokenIssuers ?? {})
    expect(left.map(({ name }) => name).sort()).toEqual(['Mine', 'Other'])
  },
  600_000,
)
