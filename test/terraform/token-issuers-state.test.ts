import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { newCloud } from '../scenarios/cloud/support/cloud.ts'
import { expectSettled } from '../scenarios/cloud/support/office.ts'
import { newMigration } from './support/managed.ts'

const url = 'https://example.okta.com'

/** A resource of an issuer as `terraform show -json` has it. */
function shown(name: string, arn: string, instance_arn: string, more: object = {}) {
  return {
    address: `aws_ssoadmin_trusted_token_issuer.${name}`,
    ...{ mode: 'managed', type: 'aws_ssoadmin_trusted_token_issuer', name },
    values: {
      ...{ arn, id: arn, instance_arn, name, trusted_token_issuer_type: 'OIDC_JWT', tags: {}, tags_all: { team: 'a' } },
      trusted_token_issuer_configuration: [
        {
          oidc_jwt_configuration: [
            {
              ...{ claim_attribute_path: 'email', identity_store_attribute_path: 'emails.value', issuer_url: url },
              jwks_retrieval_option: 'OPEN_ID_DISCOVERY',
            },
          ],
        },
      ],
    },
    ...more,
  }
}

it('an issuer of a state is found by its ARN, with what AWS has otherwise, and what it no longer has', async () => {
  const okta = { issuerUrl: url, tags: { team: 'b' } }
  const cloud = await newCloud({
    contents: {
      trustedTokenIssuers: [
        { ...okta, name: 'renamed', claim: 'upn' },
        { ...okta, name: 'hidden', claim: 'upn' },
        { name: 'Other', issuerUrl: url },
      ],
    },
  })
  const rows = Object.values((await cloud.export()).trustedTokenIssuers ?? {})
  const instance = rows[0]?.instance ?? ''
  const arnOf = (name: string) => rows.find((one) => one.name === name)?.arn ?? ''
  const gone = `${arnOf('Other').slice(0, -4)}0000`
  const secret = { sensitive_values: { trusted_token_issuer_configuration: true, tags_all: true } }
  const state = {
    format_version: '1.0',
    values: {
      root_module: {
        resources: [
          shown('okta', arnOf('renamed'), instance),
          shown('hidden', arnOf('hidden'), instance, secret),
          shown('gone', gone, instance),
        ],
      },
    },
  }
  const here = newMigration(cloud.url, JSON.stringify(state))
  const { code, stdout, stderr } = await here.run(['init', '--from-terraform', 'state.json'])
  expect(code, stdout + stderr).toBe(0)
  const row = { issuer_url: url, claim: 'upn', attribute: 'emails.value', tags: { team: 'b' } }
  expect(parse(readFileSync(join(here.desk.work, 'sso.yaml'), 'utf8')).trusted_token_issuers).toEqual({
    hidden: row,
    renamed: row,
  })
  expect(stdout).toContain(`no trusted token issuer has the ARN ${gone}`)
  expect(stdout).toMatch(/trusted-token-issuer\/renamed.*\n?.*claim.*email.*upn/)
  expect(stdout).toMatch(/trusted-token-issuer\/renamed.*\n?.*name.*okta.*renamed/)
  expect(stdout).toMatch(/trusted-token-issuer\/hidden/)
  expect(stdout).not.toMatch(/trusted-token-issuer\/hidden.*(email|upn)/)
  await expectSettled(here)
})
