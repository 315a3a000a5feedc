import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Cloud } from '../scenarios/cloud/support/cloud.ts'
import { newOffice, type Office, type Sections } from '../scenarios/cloud/support/office.ts'
import { laptop } from '../scenarios/e2e/support/desk.ts'
import { newCenter } from './support/states.ts'

const person = { given_name: 'T', family_name: 'Y' }
const document = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] }
const sections: Sections = {
  accounts: { dev: '222233334444' },
  users: {
    taro: { ...person, email: 't@example.com', website: 'https://t.example' },
    jiro: { ...person, email: 'j@example.com' },
    'idp+user': { external: true },
  },
  groups: { admins: { description: 'old', members: ['taro', 'idp+user'] }, open: {} },
  permission_sets: {
    Admin: {
      description: 'Full',
      managed_policies: ['AdministratorAccess'],
      keep: ['relay_state', 'tags'],
    },
    Kept: { inline_policy: document, protect: true },
    Theirs: { external: true },
  },
  assignments: [
    { users: ['taro', 'jiro'], permission_sets: ['Admin'], accounts: ['dev'], from: '2026-01-01', until: '2099-12-31' },
    { users: ['idp+user'], permission_sets: ['Theirs'], accounts: ['management'], protect: true },
    { users: ['jiro'], permission_sets: ['Kept'], accounts: ['dev'], from: '2099-01-01' },
  ],
  checklist: { activated: { taro: '2026-11-22' } },
  ignore: { groups: ['x*'] },
}

let cloud: Cloud
let office: Office

beforeAll(async () => {
  cloud = await newCenter()
  office = newOffice(cloud.url, sections)
  const { code, stdout, stderr } = await office.apply('--quiet')
  expect(code, stdout + stderr).toBe(0)
}, 60_000)

/** The block with its comments; the resource of an import follows it. */
function block(text: string, head: string): string {
  const blocks = text.split('\n\n').map((one) => one.trimEnd())
  const from = blocks.findIndex((one) => one.includes(head))
  const to = blocks.findIndex((one, index) => index >= from && /^}$/m.test(one))
  return blocks.slice(from, to + 1).join('\n\n')
}

describe('export terraform', () => {
  it('says in comments what has no place in Terraform', async () => {
    const { stdout } = await office.run(['export', 'terraform'])
    expect(
      stdout.slice(0, stdout.indexOf('terraform {')),
    ).toBe(`# What sso.yaml declares and AWS has, for Terraform. Once it is applied, the import
# blocks can be deleted. Where your configuration has a terraform or provider block, delete these.
#
# Not in here:
# - from 2099-01-01, Kept for jiro: Terraform does not begin it; what is not there yet is left out.
# - until 2099-12-31, Admin for taro, jiro: Terraform does not end it; delete the assignment then.
# - protect of Kept, 1 rule: consider lifecycle { prevent_destroy = true }.
# - members of open: the manifest does not list them.
# - checklist, ignore: only sso-reconcile knows these sections.

`)
    expect(stdout).toContain('# Not known to this resource: Website\nimport {\n  to = aws_identitystore_user.taro\n')
    expect(stdout).toContain('# taro: Admin in dev\nimport {\n')
  })

  it('refers to what others manage by the id, and makes no resource of it', async () => {
    const { stdout } = await office.run(['export', 'terraform'])
    expect(block(stdout, 'locals {')).toMatch(
      /^locals {\n {2}instance_arn += "arn:aws:sso:::instance\/ssoins-\w+"\n {2}identity_store_id = "d-\w+"\n {2}other_users = {\n {4}"idp\+user" = "[\w-]+"\n {2}}\n {2}other_permission_sets = {\n {4}Theirs = "arn:[^"]+"\n {2}}\n}$/,
    )
    expect(stdout).toContain('member_id         = local.other_users["idp+user"]\n')
    expect(stdout).toContain('permission_set_arn = local.other_permission_sets["Theirs"]\n')
    expect(stdout).not.toMatch(/^resource "aws_(?:identitystore_user" "idp|ssoadmin_permission_set" "Theirs)/m)
  })

  it('leaves to AWS what the manifest keeps', async () => {
    const { stdout } = await office.run(['export', 'terraform'])
    expect(block(stdout, 'resource "aws_ssoadmin_permission_set" "Admin"')).toMatch(
      /ignore_changes = \[relay_state, tags\]\n {2}}\n}$/,
    )
    office.write({
      ...sections,
      permission_sets: { ...(sections.permission_sets as object), Kept: { keep: ['inline_policy'] } },
    })
    const { stdout: kept } = await office.run(['export', 'terraform'])
    office.write(sections)
    expect(kept).toContain(
      '# Left as in AWS, under keep in the manifest: inline_policy\nimport {\n  to = aws_ssoadmin_permission_set.Kept\n',
    )
    expect(kept).not.toContain('aws_ssoadmin_permission_set_inline_policy')
  })

  it('says what AWS has where the manifest was not applied, and how much that is', async () => {
    const groups = { ...(sections.groups as object), admins: { description: 'new', members: ['taro'] } }
    const users = { ...(sections.users as object), new: { ...person, email: 'n@example.com' } }
    office.write({ ...sections, users, groups })
    const { code, stdout, stderr } = await office.run(['export', 'terraform'])
    office.write(sections)
    expect({ code, stderr: stderr.replace(/\s+/g, ' ') }).toEqual({
      code: 0,
      stderr:
        'warning sso.yaml has 3 changes that are not applied; what was exported is what AWS has now hint: see them with: sso-reconcile plan --only cloud ',
    })
    expect(stdout).toContain('description       = "old"\n')
    expect(stdout).not.toMatch(/aws_identitystore_user" "new"|admins_idp_user/)
  })
})

describe('the file that it writes', () => {
  it('is written once, and replaced only when asked to', async () => {
    const own = newOffice(cloud.url, sections)
    const path = join(own.desk.work, 'main.tf')
    const first = await own.run(['export', 'terraform', '-o', 'main.tf'])
    expect({ code: first.code, stdout: first.stdout }).toEqual({ code: 0, stdout: '' })
    expect(first.stderr).toMatch(
      /Wrote \d+ resources to \S*main\.tf\. Next, in its folder: terraform init, then terraform plan/,
    )
    const text = readFileSync(path, 'utf8')
    expect(text).toBe((await own.run(['export', 'terraform'])).stdout)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    writeFileSync(path, '# mine\n')
    const second = await own.run(['export', 'terraform', '-o', 'main.tf'])
    expect({ code: second.code, text: readFileSync(path, 'utf8') }).toEqual({ code: 1, text: '# mine\n' })
    expect(second.stderr).toMatch(
      /main\.tf exists; it was not overwritten\s+hint: name another file with --out, or add --force/,
    )
    expect((await own.run(['export', 'terraform', '-o', 'main.tf', '--force', '--quiet'])).stderr).toBe('')
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('is not written where something is wrong', async () => {
    const own = newOffice(cloud.url, { users: { nobody: { external: true } } })
    const { code, stdout, stderr } = await own.run(['export', 'terraform', '-o', 'main.tf'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('nobody')
    expect(existsSync(join(own.desk.work, 'main.tf'))).toBe(false)
  })
})

describe('what cannot be exported', () => {
  it.each([
    ['a manifest of this machine', laptop, /sso\.yaml declares nothing in Identity Center/],
    [
      'what does not exist yet',
      'version: 1\nidentity_center: { region: us-east-1 }\ngroups: { later: {} }\n',
      /nothing that sso\.yaml declares exists[\s\S]*create it first: sso-reconcile apply/,
    ],
  ])('%s', async (_what, text, told) => {
    const own = newOffice(cloud.url)
    own.writeText(text)
    const { code, stdout, stderr } = await own.run(['export', 'terraform'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(told)
  })

  it.each([
    ['a tool that nobody knows', ['export', 'pulumi'], /Allowed choices are terraform/],
    ['no tool', ['export'], /missing required argument 'tool'/],
  ])('for %s', async (_what, words, told) => {
    const { code, stdout, stderr } = await office.run(words)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(told)
  })
})

it('writes denials of a revocation as they are, so that Terraform leaves them', async () => {
  const own = newOffice(cloud.url, sections)
  expect((await own.run(['revoke', 'jiro', '--yes'])).code).toBe(0)
  const { stdout, stderr } = await own.run(['export', 'terraform'])
  expect(stderr).not.toContain('not applied')
  expect(stdout).toContain('# - revoked jiro: the denials that are in inline policies now stay there.')
  expect(block(stdout, '"aws_ssoadmin_permission_set_inline_policy" "Admin"')).toMatch(/Sid += "SsoReconcile/)
  expect(stdout).not.toContain('Admin_jiro_222233334444')
})
