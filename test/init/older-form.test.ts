import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { configOf, configPath, newDesk } from '../scenarios/e2e/support/desk.ts'
import { run } from '../support/here.ts'

const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }

const older = (name: string, url: string, rest = '') =>
  `[profile ${name}]\nsso_start_url = ${url}\nsso_region = ap-northeast-1\nsso_account_id = 111122223333\nsso_role_name = Admin\n${rest}`

it('profiles of the old form move to a session when the commented section is taken as it is', async () => {
  const desk = newDesk('http://127.0.0.1:9')
  const manifest = join(desk.work, 'sso.yaml')
  rmSync(manifest)
  mkdirSync(join(desk.home, '.aws'))
  const url = 'https://my-company.awsapps.com/start'
  const aside = '[profile keys]\nregion = eu-west-1\n'
  writeFileSync(
    configPath(desk.home),
    `${older('dev', url, 'region = us-east-1\n')}${older('no', `${url}/`)}${older('other', 'https://client.awsapps.com/start')}${aside}`,
  )
  const begun = await run(desk, ['init', '--only', 'local'], nobody)
  expect(begun).toMatchObject({ code: 0, stderr: '' })
  expect(begun.stdout).toMatch(/uncomment local in sso\.yaml/)
  const text = readFileSync(manifest, 'utf8')
  expect(text).toMatch(/region: ap-northeast-1\n {2}start_url: https:\/\/my-company/)
  const [head = '', tail = ''] = text.split('# local:')
  writeFileSync(manifest, `${head}local:${tail.replaceAll('\n# ', '\n')}`)
  expect(await run(desk, ['validate'], nobody)).toMatchObject({ code: 0 })
  const applied = await run(desk, ['apply', '--only', 'local', '--yes'], nobody)
  expect(applied.code, applied.stdout + applied.stderr).toBe(0)
  const config = configOf(desk.home)
  expect(config).toContain(`[sso-session my-company]\nsso_start_url = ${url}\n`)
  expect(config).toMatch(/\[profile dev\]\n[^[]*sso_session = my-company\n/)
  expect(config).toMatch(/\[profile no\]\n(?:(?!sso_start_url)[^[])*sso_session = my-company\n/)
  expect(config).toContain(older('other', 'https://client.awsapps.com/start'))
  expect(config).toContain(aside)
  const again = await run(desk, ['plan', '--only', 'local', '--check'], nobody)
  expect(again.code, again.stdout).toBe(0)
})
