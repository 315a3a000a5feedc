import { defaultSandboxFolder } from '../session/sandbox-folder.ts'
import { command } from '../usage/command.ts'
import { variablesOf } from '../usage/groups.ts'
import { flag, parsed, repeatable, text } from '../usage/option.ts'

/** `sandbox`: the embedded Identity Center by itself. */
export const sandbox = command({
  name: 'sandbox',
  summary: 'run the embedded Identity Center as a server, for the AWS CLI, SDKs and other tools',
  options: {
    port: {
      ...parsed('--port <n>', 'port on 127.0.0.1', port, 'Expected a port from 0 to 65535.'),
      fallback: { value: 0, told: 'a free one' },
    },
    state: text('--state <file>', `file that keeps its state (default: ${defaultSandboxFolder}/identity-center.json)`),
    fresh: flag('--fresh', 'start new state as a new AWS account: no organization, no Identity Center'),
    seed: text('--seed <manifest>', 'start new state with the accounts and external principals of this manifest'),
    env: repeatable('--env <name>', 'let the --seed manifest use this environment variable, besides SSO_*'),
    accounts: text('--accounts <file>', 'add accounts from a JSON list: id, name, ou, tags, state'),
    import: text('--import <file>', 'replace the state with what --export printed'),
    export: flag('--export', 'print the state as JSON and exit'),
    faults: text('--faults <json>', 'faults to inject, as JSON or a JSON file'),
    region: text(
      '--region <region>',
      "home region of new state (default: the manifest's, else AWS_REGION, else us-east-1)",
    ),
  },
  async run(runtime, given, sources) {
    const { serve } = await import('../serve/serve.ts')
    return serve(runtime, { port: 0, ...given, ...variablesOf(given.env) }, sources)
  },
})

function port(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) < 65_536 ? Number(text) : undefined
}
