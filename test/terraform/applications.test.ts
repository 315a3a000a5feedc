import { expect, vi } from 'vitest'
import { newCloud } from '../scenarios/cloud/support/cloud.ts'
import { itNeeds, noProvider, terraform } from './support/terraform.ts'
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
locals {
  arn   = tolist(data.aws_ssoadmin_instances.this.arns)[0]
  store = tolist(data.aws_ssoadmin_instances.this.identity_store_ids)[0]
}
resource "aws_identitystore_user" "taro" {
  identity_store_id = local.store
  display_name      = "Taro Yamada"
  user_name         = "taro"
  name {
    given_name  = "Taro"
    family_name = "Yamada"
  }
  emails {
    value   = "taro@example.com"
    primary = true
  }
}
resource "aws_identitystore_group" "devs" {
  identity_store_id = local.store
  display_name      = "devs"
}
resource "aws_ssoadmin_application" "grafana" {
  name                     = "Grafana"
  description              = "dashboards"
  application_provider_arn = "arn:aws:sso::aws:applicationProvider/custom"
  instance_arn             = local.arn
  tags                     = { team = "a" }
}
resource "aws_ssoadmin_application_assignment_configuration" "grafana" {
  application_arn     = aws_ssoadmin_application.grafana.application_arn
  assignment_required = true
}
resource "aws_ssoadmin_application_assignment" "taro" {
  application_arn = aws_ssoadmin_application.grafana.application_arn
  principal_id    = aws_identitystore_user.taro.user_id
  principal_type  = "USER"
}
resource "aws_ssoadmin_application_assignment" "devs" {
  application_arn = aws_ssoadmin_application.grafana.application_arn
  principal_id    = aws_identitystore_group.devs.group_id
  principal_type  = "GROUP"
}
`

itNeeds(
  noProvider,
  'applications and who is assigned to them come from Terraform, and go back to it: both plans are empty',
  async () => {
    const cloud = await newCloud({ contents: { applications: [{ name: 'Other' }] } })
    const folder = await applied(configuration, cloud)

    const { file, manifest, stdout } = await takenFrom(folder, cloud)
    expect(manifest.applications).toEqual({
      Grafana: { groups: ['devs'], users: ['taro'], assignment_required: true },
    })
    expect(stdout).toContain('aws_ssoadmin_application.grafana: sso.yaml has no section for it')
    expect(stdout).toContain('aws_ssoadmin_application_assignment.taro')

    await exportedTo(file, cloud, 5)

    await terraform(folder, ['destroy', '-no-color', '-auto-approve'], cloud.url)
    const tables = await cloud.export()
    expect(Object.keys(tables.applicationAssignments ?? {})).toEqual([])
    expect(Object.values(tables.applications ?? {})).toMatchObject([{ name: 'Other' }])
  },
  600_000,
)
