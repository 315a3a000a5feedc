import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { TablesJson } from '../../src/sandbox/state/state.ts'
import { type Cloud, newCloud } from '../scenarios/cloud/support/cloud.ts'
import type { Office } from '../scenarios/cloud/support/office.ts'
import { tree } from '../scenarios/e2e/support/desk.ts'
import { newMigration } from './support/managed.ts'

const recorded = fileURLToPath(new URL('./support/recorded', import.meta.url))
const text = readFileSync(join(recorded, 'state.json'), 'utf8')
const tables = JSON.parse(readFileSync(join(recorded, 'tables.json'), 'utf8')) as TablesJson
const take = ['init', '--from-terraform', 'state.json']
const document = (more: object) => JSON.stringify({ format_version: '1.0', terraform_version: '1.11.4', ...more })
const values = (resources: unknown) => document({ values: { root_module: { resources } } })
const user = { address: 'aws_identitystore_user.x', mode: 'managed', type: 'aws_identitystore_user' }

let cloud: Cloud

beforeAll(async () => {
  cloud = await newCloud()
  await cloud.restore(tables)
})

/** Expects that a run refuses, in these words, and leaves everything as it was. */
async function refused(office: Office, words: readonly string[], told: RegExp, extra = {}): Promise<string> {
  const before = tree(office.desk.work)
  const { code, stdout, stderr } = await office.run(words, extra)
  expect({ code, stdout, files: tree(office.desk.work) }, stderr).toEqual({ code: 1, stdout: '', files: before })
  expect(stderr.replace(/\s+/g, ' ')).toMatch(told)
  return stderr
}

const makes = 'terraform show -json > state\\.json'

describe('a file that is none', () => {
  it.each([
    [
      'nothing',
      '',
      /state\.json:1:1 error the file is not JSON: expected a value.* hint: the file is empty; make it with: terraform show/,
    ],
    [
      'broken JSON',
      '{\n  "format_version": "1.0",\n  "values": {"a": [1,]}\n}\n',
      /state\.json:3:22 error the file is not JSON: expected a value/,
    ],
    ['JSON that ends too early', text.slice(0, 200), /state\.json:\d+:\d+ error the file is not JSON: expected/],
    [
      'text for people',
      '# aws_x.y:\nresource "aws_x" "y" {\n',
      /state\.json:1:1 .*without -json, Terraform prints text for people/,
    ],
    [
      'a control character',
      '{"a": "b\u0001"}',
      /state\.json:1:9 error the file is not JSON: expected no control character/,
    ],
    [
      'a log',
      '{"@level":"info"}\n{"@level":"info"}\n',
      /state\.json:2:1 .*this is the log of terraform plan or apply -json/,
    ],
    ['a list', '[]', /is not what terraform show -json prints: expected an object/],
    [
      'a raw state',
      JSON.stringify({ version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'x', resources: [] }),
      new RegExp(`state\\.json is a raw state file \\(version 4\\).*run: ${makes}`),
    ],
    [
      'an encrypted state of OpenTofu',
      '{"encryption_version":"v0","encrypted_data":"x"}',
      /is an encrypted state file of OpenTofu hint: make it with: tofu show -json/,
    ],
    [
      'a plan',
      document({ planned_values: {}, resource_changes: [], prior_state: {} }),
      new RegExp(`state\\.json is a plan, .* hint: name no plan file: ${makes}`),
    ],
    ['schemas', document({ provider_schemas: {} }), /lists the schemas of providers/],
    ['a validation', document({ valid: true, diagnostics: [] }), /is what terraform validate -json prints/],
    ['a version', '{"terraform_version":"1.11.4","platform":"linux_amd64"}', /is what terraform version -json prints/],
    ['outputs', '{"arn":{"sensitive":false,"type":"string","value":"x"}}', /is what terraform output -json prints/],
    ['something else', '{"a":1}', /it has no format_version/],
    [
      'an empty state',
      document({}),
      /is an empty state: Terraform manages nothing in it hint: .*terraform workspace list/,
    ],
    [
      'an older form',
      JSON.stringify({ format_version: '0.2', values: {} }),
      /has format_version 0\.2; expected 1\.x hint: it comes from Terraform before 1\.0/,
    ],
    [
      'a newer form',
      JSON.stringify({ format_version: '2.0', values: {} }),
      /has format_version 2\.0; expected 1\.x hint: it comes from a newer Terraform/,
    ],
    ['a form with words in it', JSON.stringify({ format_version: 'x\u001b[2J' }), /has format_version of another form/],
    ['values that are none', document({ values: 3 }), /values\.root_module: expected an object/],
    ['resources that are no list', values({}), /values\.root_module\.resources: expected a list/],
    ['a resource that is none', values([null]), /resources\[0\]: expected an object/],
    ['no address', values([{ ...user, address: null }]), /resources\[0\]\.address: expected the address of a resource/],
    [
      'an address that is none',
      values([{ ...user, address: '-state=x' }]),
      /resources\[0\]\.address: expected the address/,
    ],
    [
      'a module that is none',
      document({ values: { root_module: { child_modules: [{ child_modules: 1 }] } } }),
      /child_modules\[0\]\.child_modules: expected a list/,
    ],
    [
      'nothing of Identity Center',
      values([{ address: 'aws_s3_bucket.x', mode: 'managed', type: 'aws_s3_bucket', values: {} }]),
      /nothing in state\.json can be written into sso\.yaml hint: permission sets/,
    ],
    [
      'only what has no section',
      values([
        { address: 'aws_ssoadmin_application.x', mode: 'managed', type: 'aws_ssoadmin_application', values: {} },
      ]),
      /nothing in state\.json can be written into sso\.yaml; sso\.yaml cannot declare aws_ssoadmin_application/,
    ],
    [
      'only data',
      values([{ ...user, mode: 'data', address: 'data.aws_identitystore_user.x' }]),
      /nothing in state\.json can be written/,
    ],
  ])('%s', async (_what, content, told) => {
    const stderr = await refused(newMigration(cloud.url, content), take, told)
    expect(stderr).not.toMatch(/\n>? *\d+ \|/)
  })

  it.each([
    [
      'a file that is not there',
      'other.json',
      /there is no file other\.json, or .* hint: make one with: terraform show -json > state\.json/,
    ],
    ['a folder', 'folder', /there is no file folder, or it is none/],
    ['standard input', '-', /there is no file -, or it is none/],
    ['a pipe', 'pipe', /there is no file pipe, or it is none/],
  ])('%s', async (_what, name, told) => {
    const office = newMigration(cloud.url, text)
    mkdirSync(join(office.desk.work, 'folder'))
    execFileSync('mkfifo', [join(office.desk.work, 'pipe')])
    await refused(office, ['init', '--from-terraform', name], told)
  })

  it('bytes that are no text', async () => {
    await refused(
      newMigration(cloud.url, Buffer.from([0x7b, 0x0a, 0xff])),
      take,
      /state\.json:2:1 error state\.json is not UTF-8 on this line/,
    )
    await refused(
      newMigration(cloud.url, Buffer.from([0xff, 0xfe, 0x7b])),
      take,
      /begins like UTF-16LE and goes on as something else/,
    )
  })

  it('modules nested as deeply as somebody likes', async () => {
    const depth = 20_000
    const deep = `{"format_version":"1.0","values":{"root_module":${'{"child_modules":['.repeat(depth)}{}${']}'.repeat(depth)}}}`
    await refused(newMigration(cloud.url, deep), take, /nothing in state\.json can be written/)
  })
})

describe('a state of another place', () => {
  const of = (change: (all: string) => string) => newMigration(cloud.url, change(text))

  it('another instance', async () => {
    const other = of((all) =>
      all
        .replaceAll('ssoins-0123456789abcdef', 'ssoins-fedcba9876543210')
        .replaceAll(/d-[0-9a-f]{10}/g, 'd-0000000000'),
    )
    await refused(
      other,
      take,
      /the state is about arn:aws:sso:::instance\/ssoins-fedcba9876543210, d-0000000000; what was read is arn:aws:sso:::instance\/ssoins-0123456789abcdef \(identity store d-[0-9a-f]{10}\) in us-east-1 hint: use credentials of the organization/,
    )
  })

  it('another partition', async () => {
    const china = of((all) => all.replaceAll('arn:aws:', 'arn:aws-cn:').replaceAll(/d-[0-9a-f]{10}/g, 'd-0000000000'))
    await refused(china, take, /in partition aws-cn; what was read is/)
  })

  it('a Region without Identity Center, which is no reason for an empty start', async () => {
    await refused(
      newMigration(cloud.url, text),
      [...take, '--region', 'eu-west-1'],
      /error IAM Identity Center is not enabled in eu-west-1/,
    )
  })

  it('no credentials', async () => {
    const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }
    await refused(newMigration(cloud.url, text), take, /error .*no usable AWS credentials/, nobody)
  })

  it('things that are all gone', async () => {
    const gone = values([{ ...user, values: { user_id: 'lost' } }])
    await refused(
      newMigration(cloud.url, gone),
      take,
      /nothing that the state manages can be written into sso\.yaml: aws_identitystore_user\.x \(no user has the id lost\)/,
    )
  })
})

describe('options that do not go together', () => {
  it.each([
    [
      ['--portal', 'https://acme.awsapps.com/start'],
      /--from-terraform looks up in AWS .* cannot be combined with --portal, which reads nothing from AWS/,
    ],
    [['--only', 'local'], /cannot be combined with --only local, and Terraform manages nothing of this machine/],
    [['--only', 'cloud'], /--only: init supports only local, not cloud/],
  ])('%j', async (words, told) => {
    await refused(newMigration(cloud.url, text), [...take, ...words], told)
  })

  it('a file that revokes somebody is not replaced', async () => {
    const office = newMigration(cloud.url, text)
    writeFileSync(
      join(office.desk.work, 'sso.yaml'),
      'version: 1\nidentity_center: { region: us-east-1 }\nrevoked: { taro: 2026-01-01T00:00:00Z }\n',
    )
    await refused(office, [...take, '--force'], /sso\.yaml revokes the access of taro/)
  })
})
