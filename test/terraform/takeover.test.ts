import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, vi } from 'vitest'
import { endClouds } from '../scenarios/cloud/support/cloud.ts'
import { expectSettled, newOffice } from '../scenarios/cloud/support/office.ts'
import { tries } from '../support/effort.ts'
import { byHand, configuration, newGround, newMigration, withModule } from './support/managed.ts'
import { newCenter, states } from './support/states.ts'
import { itNeeds, newConfiguration, noProvider, pasted, terraform } from './support/terraform.ts'

vi.setConfig({ testTimeout: 1_200_000 })

/** A folder to write what the other tests of taking over are made of. */
const record = process.env.SSO_RECONCILE_RECORD

const shows = (folder: string, url: string) => terraform(folder, ['plan', '-no-color', '-input=false'], url)
const lists = async (folder: string) => (await terraform(folder, ['state', 'list'])).trim().split('\n').sort()

/** The commands of a report, as a person copies them. */
function commandsOf(report: string): string {
  return report.slice(report.indexOf('   # '), report.indexOf('2. Delete'))
}

/** A configuration with each block of Identity Center as `change` has it. */
function changed(change: (from: string) => string): string {
  const blocks = configuration.split(/\n(?=\w)/)
  return blocks
    .map((block) => {
      const [, type, name] = /^(?:resource "(aws_\w+)"|module) "(\w+)"/.exec(block) ?? []
      return name === undefined ? block : change(`${type ?? 'module'}.${name}`)
    })
    .join('\n')
}

itNeeds(
  noProvider,
  'what Terraform manages becomes the file: both plans are empty, and stay so when Terraform has forgotten it',
  async () => {
    const cloud = await newGround()
    const folder = await newConfiguration(configuration)
    withModule(folder)
    await terraform(folder, ['init', '-no-color'])
    await terraform(folder, ['apply', '-no-color', '-auto-approve'], cloud.url)
    if (record) {
      const told = JSON.stringify(JSON.parse(await terraform(folder, ['show', '-json'])), null, 1)
      writeFileSync(join(record, 'state.json'), `${told}\n`)
      writeFileSync(join(record, 'tables.json'), `${JSON.stringify(await cloud.export(), null, 1)}\n`)
    }
    await cloud.add({ users: [{ userName: 'jiro', givenName: 'J', familyName: 'I', email: 'j@example.com' }] })
    const person = await byHand(cloud.url)
    await person.join('admins', 'jiro')
    await person.assign('Admin', 'jiro', '222233334444')
    await person.attach('Read-Only', 'job-function/Billing')
    await person.provision('Read-Only')

    const office = newMigration(cloud.url, await terraform(folder, ['show', '-json']))
    const { code, stdout, stderr } = await office.run(['init', '--from-terraform', 'state.json'])
    expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' })
    for (const told of ['assignment/Admin:user:jiro@222233334444', 'membership/admins:jiro', 'job-function/Billing'])
      expect(stdout).toContain(told)
    await expectSettled(office)
    const before = await cloud.portrait()
    expect(await shows(folder, cloud.url)).toContain('No changes.')

    const removed = await newConfiguration(
      changed((from) => `removed {\n  from = ${from}\n  lifecycle {\n    destroy = false\n  }\n}\n`),
    )
    copyFileSync(join(folder, 'terraform.tfstate'), join(removed, 'terraform.tfstate'))
    await pasted(folder, commandsOf(stdout))
    writeFileSync(
      join(folder, 'main.tf'),
      changed(() => ''),
    )
    await terraform(removed, ['apply', '-no-color', '-auto-approve'], cloud.url)
    for (const place of [folder, removed]) {
      expect(await lists(place)).toEqual([
        'data.aws_identitystore_group.ext',
        'data.aws_ssoadmin_instances.this',
        'data.aws_ssoadmin_permission_set.theirs',
        'terraform_data.unrelated',
      ])
      expect(await shows(place, cloud.url)).toContain('No changes.')
    }
    await expectSettled(office)
    expect(await cloud.portrait()).toEqual(before)

    const exported = await office.run(['export', 'terraform'])
    const back = await newConfiguration(exported.stdout)
    const count = exported.stdout.match(/^resource /gm)?.length
    expect(await shows(back, cloud.url)).toContain(`Plan: ${count} to import, 0 to add, 0 to change, 0 to destroy.`)
  },
  1_200_000,
)

itNeeds(
  noProvider,
  'whatever was exported comes back, with what people made beside it',
  async () => {
    await fc.assert(
      fc.asyncProperty(states, async (sections) => {
        const cloud = await newCenter()
        const first = newOffice(cloud.url, sections)
        const applied = await first.apply('--quiet')
        expect(applied.code, applied.stdout + applied.stderr).toBe(0)
        const exported = await first.run(['export', 'terraform'])
        if (!/^resource /m.test(exported.stdout)) return
        const folder = await newConfiguration(exported.stdout)
        await terraform(folder, ['apply', '-no-color', '-auto-approve'], cloud.url)
        const person = await byHand(cloud.url)
        const [team, set] = [named(sections.groups, 'members'), named(sections.permission_sets, 'description')]
        if (team) await person.join(team, 'idp+user').catch(unlessThere)
        if (set) await person.assign(set, 'idp+user', '555566667777').catch(unlessThere)

        const office = newMigration(cloud.url, await terraform(folder, ['show', '-json']))
        const { code, stdout, stderr } = await office.run(['init', '--from-terraform', 'state.json'])
        expect(code, stdout + stderr).toBe(0)
        await expectSettled(office)
        expect(await shows(folder, cloud.url)).toContain('No changes.')
        await pasted(folder, commandsOf(stdout))
        const left = await lists(folder).catch(() => [])
        expect(
          left.filter((one) => !stdout.includes(`  ${one}: `) && one !== ''),
          stdout,
        ).toEqual([])
        await expectSettled(office)
        await endClouds()
      }),
      // A smaller example would take minutes more to find.
      { ...tries(3, 10), endOnFailure: true },
    )
  },
  1_200_000,
)

function named(section: unknown, key: string): string | undefined {
  const rows = Object.entries((section ?? {}) as Record<string, Record<string, unknown>>)
  return rows.find(([, row]) => row[key] !== undefined)?.[0]
}

function unlessThere(thrown: unknown): void {
  if (!/Conflict/.test(String((thrown as Error).name))) throw thrown
}
