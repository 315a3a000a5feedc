import { type Command, InvalidArgumentError, Option } from 'commander'
import { defaultSandboxFolder } from '../session/session.ts'
import type { Wiring } from './program-reports.ts'

/** Adds `sandbox`, the server by itself. */
export function sandboxCommand<F>(root: Command, { runtime, sources, end }: Wiring<F>): void {
  root
    .command('sandbox')
    .description('run the embedded Identity Center as a server, for the AWS CLI, SDKs and other tools')
    .addOption(new Option('--port <n>', 'port on 127.0.0.1').argParser(port).default(0, 'a free one'))
    .option('--state <file>', `file that keeps its state (default: ${defaultSandboxFolder}/identity-center.json)`)
    .option('--fresh', 'a new state is a new AWS account: no organization, no Identity Center')
    .option('--seed <manifest>', 'a new state has the accounts and external principals of this manifest')
    .option('--accounts <file>', 'add accounts from a JSON list: id, name, ou, tags, state')
    .option('--import <file>', 'replace the state by what --export printed')
    .option('--export', 'print the state as JSON and end')
    .option('--faults <json>', 'what is to go wrong, as JSON or a file of it')
    .addOption(new Option('--region <region>', 'home region of a new state').env('AWS_REGION').default('us-east-1'))
    .action(async ({ fresh, export: print, ...flags }) => {
      const { serve } = await import('../commands/sandbox.ts')
      end(await serve(runtime, { ...flags, fresh: Boolean(fresh), export: Boolean(print) }, sources))
    })
}

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text)
  throw new InvalidArgumentError('Expected a port from 0 to 65535.')
}
