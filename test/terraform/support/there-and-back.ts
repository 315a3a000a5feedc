import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { parse } from 'yaml'
import type { Cloud } from '../../scenarios/cloud/support/cloud.ts'
import { expectSettled, newOffice } from '../../scenarios/cloud/support/office.ts'
import { newMigration } from './managed.ts'
import { newConfiguration, terraform } from './terraform.ts'

/** Applies a configuration of Terraform, after which its plan is empty; the folder it is in. */
export async function applied(configuration: string, cloud: Cloud): Promise<string> {
  const folder = await newConfiguration(configuration)
  await terraform(folder, ['init', '-no-color'])
  await terraform(folder, ['apply', '-no-color', '-auto-approve'], cloud.url)
  expect(await terraform(folder, ['plan', '-no-color'], cloud.url)).toContain('No changes.')
  return folder
}

/** What `init` writes of the state in a folder, after which a plan is empty, and what it says of it. */
export async function takenFrom(folder: string, cloud: Cloud) {
  const taking = newMigration(cloud.url, await terraform(folder, ['show', '-json']))
  const { code, stdout, stderr } = await taking.run(['init', '--from-terraform', 'state.json'])
  expect(code, stdout + stderr).toBe(0)
  await expectSettled(taking)
  const file = readFileSync(join(taking.desk.work, 'sso.yaml'), 'utf8')
  return { file, manifest: parse(file), stdout }
}

/** The configuration that a manifest is exported as: laid out as Terraform's, and its plan shows so many imports and nothing else. */
export async function exportedTo(file: string, cloud: Cloud, count: number): Promise<string> {
  const office = newOffice(cloud.url)
  office.writeText(file)
  const exported = await office.run(['export', 'terraform'])
  expect(exported.code, exported.stderr).toBe(0)
  expect(exported.stdout.match(/^resource /gm)).toHaveLength(count)
  const again = await newConfiguration(exported.stdout)
  await terraform(again, ['fmt', '-check', '-diff', '-no-color'])
  expect(await terraform(again, ['plan', '-no-color', '-input=false'], cloud.url)).toContain(
    `Plan: ${count} to import, 0 to add, 0 to change, 0 to destroy.`,
  )
  return exported.stdout
}
