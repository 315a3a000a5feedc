import { oneOf } from '../usage/argument.ts'
import { command } from '../usage/command.ts'
import { common, commonOptions, reach } from '../usage/groups.ts'
import { flag, name } from '../usage/option.ts'

const { format: _format, json: _json, ...usual } = common(['text'])

/** `export`: what the manifest declares, for another tool. */
export const exportCommand = command({
  name: 'export',
  summary: 'print what the manifest declares and AWS has, for Terraform',
  arguments: { tool: oneOf('tool', 'the tool that takes it over', ['terraform']) },
  options: {
    ...{ ...usual, ...reach },
    out: name('-o, --out <file>', 'write it to this file, as main.tf, instead of printing it'),
    force: flag('--force', 'replace an existing file'),
  },
  notes: `
What is printed has an import block for each thing, for
Terraform 1.5 or later and version 5 of its AWS provider.
Terraform's first plan shows only imports:
  sso-reconcile export terraform -o main.tf
  terraform init
  terraform plan
Nothing is changed in AWS. Values are those of AWS: where the
manifest has changes that are not applied, a warning says so.
`,
  async run(runtime, given, sources) {
    const { exportTerraform } = await import('../terraform/run/export.ts')
    const { out, force } = given
    const options = { ...commonOptions({ ...given, format: 'text', json: false }), format: 'text' as const, force }
    return exportTerraform(runtime, { ...options, ...(out === undefined ? {} : { out }) }, sources)
  },
})
