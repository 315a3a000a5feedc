import { expect, vi } from 'vitest'
import { newCloud } from '../scenarios/cloud/support/cloud.ts'
import { itNeeds, newConfiguration, noProvider, terraform } from './support/terraform.ts'
import { applied, exportedTo, takenFrom } from './support/there-and-back.ts'

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
    const folder = await applied(configuration, cloud)

    const { file, manifest, stdout } = await takenFrom(folder, cloud)
    const okta = { issuer_url: 'https://example.okta.com', claim: 'email', attribute: 'emails.value' }
    // What carries the mark of the file would be deleted if the file left it out.
    expect(manifest.trusted_token_issuers).toEqual({
      Mine: { ...okta, issuer_url: 'https://mine.example.com' },
      okta: { ...okta, tags: { team: 'a' } },
    })
    expect(stdout).toContain('aws_ssoadmin_trusted_token_issuer.okta')

    const text = await exportedTo(file, cloud, 2)

    // Its URL cannot be changed in place, as the provider knows too.
    const moved = await newConfiguration(text.replace('https://example.okta.com', 'https://new.okta.com'))
    expect(await terraform(moved, ['plan', '-no-color', '-input=false'], cloud.url)).toContain('1 to destroy')

    await terraform(folder, ['destroy', '-no-color', '-auto-approve'], cloud.url)
    const left = Object.values((await cloud.export()).trustedTokenIssuers ?? {})
    expect(left.map(({ name }) => name).sort()).toEqual(['Mine', 'Other'])
  },
  600_000,
)
