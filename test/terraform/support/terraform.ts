import { execFile } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { it } from 'vitest'
import { newFolder } from '../../scenarios/e2e/support/desk.ts'
import { isFull } from '../../support/effort.ts'

const run = promisify(execFile)
const mirror = process.env.SSO_RECONCILE_TF_PLUGINS

/** Why Terraform cannot be used here; undefined when it can. */
export const noTerraform: string | undefined = await run('terraform', ['version']).then(
  () => undefined,
  () => 'terraform does not run here',
)

/** Why the AWS provider is not used here: it may have to be downloaded, and is slow. SSO_RECONCILE_TF_PLUGINS names a folder that has it. */
export const noProvider: string | undefined =
  noTerraform ??
  (isFull || mirror !== undefined
    ? undefined
    : 'it takes minutes; SSO_RECONCILE_TESTS=full or SSO_RECONCILE_TF_PLUGINS=FOLDER runs it')

/** A test that is skipped, and says why, where its tool is absent. */
export function itNeeds(reason: string | undefined, name: string, body: () => Promise<void>, timeout = 60_000): void {
  if (reason !== undefined) process.stderr.write(`skipped: ${name}: ${reason}\n`)
  it.skipIf(reason !== undefined)(name, body, timeout)
}

/** Runs Terraform in a folder, at an Identity Center; its error is what it said. */
export function terraform(folder: string, words: readonly string[], url?: string): Promise<string> {
  return runIn(folder, ['terraform', ...words], url)
}

/** Runs commands that a person would paste into a shell in that folder. */
export function pasted(folder: string, commands: string): Promise<string> {
  return runIn(folder, ['sh', '-e', '-c', commands])
}

async function runIn(folder: string, [program = '', ...words]: readonly string[], url?: string): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: newFolder(),
    CHECKPOINT_DISABLE: '1',
    AWS_ACCESS_KEY_ID: 'dummy',
    AWS_SECRET_ACCESS_KEY: 'dummy',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(url === undefined ? {} : { AWS_ENDPOINT_URL: url }),
    ...pluginsFrom(folder),
  }
  const ended = run(program, words, { cwd: folder, env, maxBuffer: 20_000_000 })
  const { stdout } = await ended.catch((thrown: { stdout: string; stderr: string }) => {
    throw new Error(`${program} ${words.join(' ')}: ${thrown.stdout}${thrown.stderr}`)
  })
  return stdout
}

function pluginsFrom(folder: string): NodeJS.ProcessEnv {
  const file = join(folder, 'terraformrc')
  if (mirror === undefined) return {}
  writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`)
  return { TF_CLI_CONFIG_FILE: file }
}

let ready: Promise<string> | undefined

/** A new folder with a configuration, in which Terraform can plan: the provider is set up once for all of them. */
export async function newConfiguration(text: string): Promise<string> {
  ready ??= setUp()
  const [from, folder] = [await ready, newFolder()]
  for (const name of ['.terraform', '.terraform.lock.hcl']) symlinkSync(join(from, name), join(folder, name))
  writeFileSync(join(folder, 'main.tf'), text)
  return folder
}

async function setUp(): Promise<string> {
  const folder = newFolder()
  const aws = '{\n      source  = "hashicorp/aws"\n      version = "~> 5.0"\n    }'
  writeFileSync(join(folder, 'main.tf'), `terraform {\n  required_providers {\n    aws = ${aws}\n  }\n}\n`)
  await terraform(folder, ['init', '-no-color'])
  return folder
}
