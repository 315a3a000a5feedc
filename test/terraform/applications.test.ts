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
    const folder = await newConfiguration(configuration)
    await terraform(folder, ['init', '-no-color'])
    await terraform(folder, ['apply', '-no-color', '-auto-approve'], cloud.url)
    expect(await terraform(folder, ['plan', '-no-color'], cloud.url)).toContain('No changes.')

    const state = await terraform(folder, ['show', '-json'])
    const taking = newMigration(cloud.url, state)
    const { code, stdout, stderr } = await taking.run(['init', '--from-terraform', 'state.json'])
    expect(code, stdout + stderr).toBe(0)
    const file = readFileSync(join(taking.desk.work, 'sso.yaml'), 'utf8')
    expect(parse(file).applications).toEqual({
      Grafana: { groups: ['devs'], users: ['taro'], assignment_required: true },
    })
    expect(stdout).toContain('aws_ssoadmin_application.grafana: sso.yaml has no section for it')
    expect(stdout).toContain('aws_ssoadmin_application_assignment.taro')
    await expectSettled(taking)

    const office = newOffice(cloud.url)
    office.writeText(file)
    const exported = await office.run(['export', 'terraform'])
    expect(exported.code, exported.stderr).toBe(0)
    const again = await newConfiguration(exported.stdout)
    await terraform(again, ['fmt', '-check', '-diff', '-no-color'])
    const count = exported.stdout.match(/^resource /gm)?.length
    expect(count).toBe(5)
    expect(await terraform(again, ['plan', '-no-color', '-input=false'], cloud.url)).toContain(
      `Plan: ${count} to import, 0 to add, 0 to change, 0 to destroy.`,
    )

    await terraform(folder, ['destroy', '-no-color', '-auto-approve'], cloud.url)
    const tables = await cloud.export()
    expect(Object.keys(tables.applicationAssignments ?? {})).toEqual([])
    expect(Object.values(tables.applications ?? {})).toMatchObject([{ name: 'Other' }])
  },
  600_000,
)
