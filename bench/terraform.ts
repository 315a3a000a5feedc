import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Center } from './center.ts'
import { latency } from './plans.ts'
import { binary, runNode } from './program.ts'

const run = promisify(execFile)
const mirror = process.env.SSO_RECONCILE_TF_PLUGINS

/** Why Terraform is not measured; undefined where it is. */
export async function noTerraform(): Promise<string | undefined> {
  if (mirror === undefined) return 'SSO_RECONCILE_TF_PLUGINS names no folder with the AWS provider'
  return run('terraform', ['version']).then(
    () => undefined,
    () => 'terraform does not run here',
  )
}

/** What a `terraform plan` takes that finds nothing to change. */
export interface TerraformPlan {
  readonly seconds: number
  readonly calls: number
}

/** Exports everything, takes it over into a state, and plans. */
export async function measureTerraform(center: Center): Promise<TerraformPlan> {
  await center.faults({})
  const folder = join(center.place.folder, 'terraform')
  mkdirSync(folder)
  const { stdout } = await runNode([binary, 'export', 'terraform'], center.place)
  writeFileSync(join(folder, 'main.tf'), stdout)
  const file = join(folder, 'terraformrc')
  writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`)
  const env = { PATH: process.env.PATH, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: file, ...center.place.env }
  const terraform = (...words: string[]) => run('terraform', words, { cwd: folder, env, maxBuffer: 200_000_000 })
  await terraform('init', '-no-color')
  await terraform('apply', '-no-color', '-input=false', '-auto-approve')
  await center.faults({ latency })
  return center.counted(async () => {
    const started = performance.now()
    // It ends with 2, and so fails here, where it finds anything to change.
    await terraform('plan', '-no-color', '-input=false', '-detailed-exitcode')
    return { seconds: (performance.now() - started) / 1000 }
  })
}
